import type { Locale, ScopeName } from './terms.ts';

/** What the user is told that each scope allows: the platform contract's own words in Korean. */
export const SCOPE_ALLOWS: Readonly<Record<Locale, Readonly<Record<ScopeName, string>>>> = {
  ko: {
    PROFILE: '아이디, 이메일주소, 이름, 성별, 생일 보기',
    DRIVE: 'Medbiz 드라이브에서 파일 보기 및 관리',
    DRIVE_READONLY: 'Medbiz 드라이브 파일 보기',
    DEVICE: '사용중인 디바이스 정보 보기',
    APPLICATION: '사용중인 어플리케이션 보기',
    GROUP: '속해져있는 그룹 보기',
    GROUP_PROFILE: '사용자 기본 그룹 정보 보기',
    HEALTH: '개인 의료 데이터 읽기',
  },
  en: {
    PROFILE: 'See your login ID, e-mail address, name, gender and birthday',
    DRIVE: 'See and manage files in your Medbiz drive',
    DRIVE_READONLY: 'See files in your Medbiz drive',
    DEVICE: 'See the devices that you use',
    APPLICATION: 'See the applications that you use',
    GROUP: 'See the groups that you belong to',
    GROUP_PROFILE: 'See your default group',
    HEALTH: 'Read your personal health data',
  },
};
