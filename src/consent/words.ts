import type { Locale, ScopeName } from '#kernel';

/** Version of the platform's own wording around a notice, kept with each consent (제17조: what was shown). */
export const WORDING = '1';

/** What the user is told that a scope allows. Korean: the words of the platform contract, section 1, unchanged. */
const ALLOWS: Readonly<Record<Locale, Readonly<Record<ScopeName, string>>>> = {
  ko: {
    DRIVE: 'Medbiz 드라이브에서 파일 보기 및 관리',
    DRIVE_READONLY: 'Medbiz 드라이브 파일 보기',
    PROFILE: '아이디, 이메일주소, 이름, 성별, 생일 보기',
    DEVICE: '사용중인 디바이스 정보 보기',
    APPLICATION: '사용중인 어플리케이션 보기',
    GROUP: '속해져있는 그룹 보기',
    GROUP_PROFILE: '사용자 기본 그룹 정보 보기',
    HEALTH: '개인 의료 데이터 읽기',
  },
  en: {
    DRIVE: 'See and manage files in your Medbiz drive',
    DRIVE_READONLY: 'See files in your Medbiz drive',
    PROFILE: 'See your login ID, e-mail address, name, gender and birthday',
    DEVICE: 'See the devices that you use',
    APPLICATION: 'See the applications that you use',
    GROUP: 'See the groups that you belong to',
    GROUP_PROFILE: 'See your default group',
    HEALTH: 'Read your personal health data',
  },
};

/** Where the developer gave no words, the plainest true ones: they promise nothing. */
const PURPOSES: Readonly<Record<Locale, Readonly<Record<ScopeName, string>>>> = {
  ko: {
    PROFILE: '회원 확인과 로그인',
    DRIVE: '드라이브 파일을 앱에서 보고 고치기',
    DRIVE_READONLY: '드라이브 파일을 앱에서 보기',
    DEVICE: '내 디바이스를 앱에서 보고 사용하기',
    APPLICATION: '사용 중인 앱을 보여 주기',
    GROUP: '속한 그룹을 앱에서 보여 주기',
    GROUP_PROFILE: '기본 그룹을 앱에서 보여 주기',
    HEALTH: '건강정보를 앱에서 보여 주고 서비스에 이용하기',
  },
  en: {
    PROFILE: 'To recognise you and log you in',
    DRIVE: 'To show and change your drive files in the app',
    DRIVE_READONLY: 'To show your drive files in the app',
    DEVICE: 'To show and use your devices in the app',
    APPLICATION: 'To show the applications you use',
    GROUP: 'To show your groups in the app',
    GROUP_PROFILE: 'To show your default group in the app',
    HEALTH: 'To show your health data in the app and use it for the service',
  },
};

const RETENTION: Readonly<Record<Locale, string>> = {
  ko: '연결을 해제하거나 서비스를 탈퇴할 때까지',
  en: 'Until you disconnect the app or leave the service',
};

const REFUSAL: Readonly<Record<Locale, { required: string; optional: string }>> = {
  ko: {
    required: '거부하면 이 앱에 로그인할 수 없습니다.',
    optional: '거부해도 이 앱에 로그인할 수 있으며, 이 정보를 쓰는 기능만 이용할 수 없습니다.',
  },
  en: {
    required: 'If you refuse, you can not log in to this app.',
    optional: 'If you refuse, you can still log in; only features that use this information are not available.',
  },
};

export const scopeAllows = (scope: ScopeName, locale: Locale): string => ALLOWS[locale][scope];
export const defaultPurpose = (scope: ScopeName, locale: Locale): string => PURPOSES[locale][scope];
export const defaultRetention = (locale: Locale): string => RETENTION[locale];
export const defaultRefusal = (required: boolean, locale: Locale): string =>
  required ? REFUSAL[locale].required : REFUSAL[locale].optional;
