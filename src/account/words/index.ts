import type { Gender, Locale, Role } from '#kernel';

const genders: Readonly<Record<Locale, Record<Gender, string>>> = {
  ko: { FEMALE: '여성', MALE: '남성', UNKNOWN: '밝히지 않음' },
  en: { FEMALE: 'Female', MALE: 'Male', UNKNOWN: 'Not given' },
};
const roles: Readonly<Record<Locale, Record<Role, string>>> = {
  ko: { user: '회원', developer: '개발자', operator: '운영자' },
  en: { user: 'Member', developer: 'Developer', operator: 'Operator' },
};

const ko = {
  front: {
    title: '건강 앱에 로그인하는 하나의 아이디',
    lead: (brand: string) =>
      `${brand} 아이디 하나로 여러 건강 앱에 로그인합니다. 비밀번호는 이곳에서만 입력하고, 앱에는 넘기지 않습니다.`,
    points: [
      ['직접 정합니다', '어떤 정보를 어느 앱에 줄지 항목마다 묻고, 동의한 것만 제공합니다.'],
      ['건강정보는 따로 묻습니다', '혈압이나 혈당 같은 건강정보는 다른 항목과 나누어 동의를 받습니다.'],
      ['기록이 남습니다', '로그인하고 동의한 일을 모두 기록합니다.'],
    ],
    login: '로그인',
    signup: '회원가입',
  },
  account: {
    title: '내 정보',
    held: '보관된 정보',
    connections: '연결된 앱',
    connectionsHow: '제공하는 정보를 보고 연결을 해제합니다.',
    consents: '동의 기록',
    consentsHow: '동의 화면에서 보고 답한 내용을 그대로 봅니다.',
    health: '내 건강정보',
    healthHow: '모인 건강정보를 내려받거나 지웁니다.',
    reads: '누가 내 건강정보를 봤나',
    readsHow: '앱이 언제 무엇을 몇 건 보았는지 봅니다.',
    devices: '내 디바이스',
    devicesHow: '디바이스를 추가하고 해제합니다.',
    sharing: '건강정보 공유',
    sharingHow: '다른 회원에게 종류와 기한을 정해 보여 줍니다.',
    loginId: '아이디',
    name: '이름',
    email: '이메일',
    verified: '확인한 주소입니다.',
    unverified: '아직 확인하지 않은 주소입니다. 메일로 받은 링크를 열면 확인됩니다.',
    verify: '확인 메일 받기',
    verifySent: '확인 메일을 보냅니다. 메일에 있는 링크를 24시간 안에 열어 주세요.',
    birthday: '생년월일',
    gender: '성별',
    roles: '구분',
    joined: '가입일',
    member: '회원 식별번호',
    memberHow: '동의한 앱에서 회원님을 구분하는 번호입니다.',
    none: '없음',
    security: '보안',
    securityHow: '비밀번호, 패스키, 2단계 인증, 로그인된 곳, 데이터 내려받기와 탈퇴',
    developer: '개발자 되기',
    developerHow: '내가 만든 앱에 로그인을 붙입니다.',
    logout: '로그아웃',
  },
  password: {
    title: '비밀번호 바꾸기',
    lead: '바꾸면 다른 기기에서는 로그아웃됩니다. 이 브라우저는 로그인한 채로 있습니다.',
    current: '지금 비밀번호',
    next: '새 비밀번호',
    nextHint: '8자 이상입니다. 긴 문장도 좋습니다. 흔한 비밀번호와 아이디, 이름이 든 비밀번호는 쓸 수 없습니다.',
    everywhere: '다른 기기와 연결된 앱에서도 모두 로그아웃',
    everywhereHow: '누가 비밀번호를 알아냈다면 표시해 주세요. 연결된 앱은 다시 로그인해야 합니다.',
    button: '비밀번호 바꾸기',
    back: '내 정보',
    done: '비밀번호를 바꿨습니다. 다른 기기에서는 로그아웃했습니다.',
    doneEverywhere: '비밀번호를 바꿨습니다. 다른 기기와 연결된 앱에서 모두 로그아웃했습니다.',
    wrongOld: '지금 비밀번호가 맞지 않습니다. 다시 입력해 주세요.',
    changedMeanwhile: '그사이 비밀번호가 바뀌었습니다. 바뀐 비밀번호로 다시 해 주세요.',
    same: '지금 비밀번호와 같습니다. 다른 비밀번호를 입력해 주세요.',
  },
  developer: {
    title: '개발자 되기',
    lead: '내가 만든 앱에 로그인을 붙이고 검수를 요청할 수 있습니다. 아래 약관을 읽고 동의해 주세요.',
    termsHeading: '개발자 약관',
    terms: [
      ['받은 목적대로만 씁니다', '사용자가 동의한 항목과 목적, 기간 안에서만 정보를 씁니다.'],
      ['다시 넘기지 않습니다', '받은 정보를 사용자의 동의 없이 다른 곳에 제공하지 않습니다.'],
      ['안전하게 지킵니다', '클라이언트 시크릿과 토큰을 공개된 곳에 두지 않고, 새어 나갔다면 바로 바꾸고 알립니다.'],
      ['끝나면 지웁니다', '사용자가 동의를 거두거나 연결을 해제하면 받은 정보를 바로 파기합니다.'],
      [
        '검수를 받습니다',
        '앱은 운영자의 검수를 통과한 뒤 다른 사용자에게 열립니다. 거짓으로 등록하면 이용이 정지됩니다.',
      ],
      [
        '연락이 닿아야 합니다',
        '이메일로 보낸 운영자의 물음에 답합니다. 법이 정한 통지와 삭제 요청은 10일 안에 처리합니다.',
      ],
    ],
    agree: '[필수] 개발자 약관에 동의합니다',
    needed: '개발자로 등록하려면 약관에 동의해 주세요.',
    button: '동의하고 개발자 되기',
    done: '개발자로 등록했습니다.',
    back: '내 정보',
  },
  genders: genders.ko,
  roles: roles.ko,
};

export type AccountWords = typeof ko;

const en: AccountWords = {
  front: {
    title: 'One login ID for your health apps',
    lead: (brand) =>
      `Log in to many health apps with one ${brand} ID. You enter your password here alone; apps never see it.`,
    points: [
      ['You decide', 'We ask item by item what each app may have, and share only what you agreed to.'],
      ['Health data is asked for apart', 'Blood pressure, glucose and the like need a consent of their own.'],
      ['It is on record', 'Every login and every consent is recorded.'],
    ],
    login: 'Log in',
    signup: 'Sign up',
  },
  account: {
    title: 'Your information',
    held: 'What we hold about you',
    connections: 'Connected apps',
    connectionsHow: 'See what each app gets, and disconnect it.',
    consents: 'Consent records',
    consentsHow: 'What you were shown on consent pages, and how you answered.',
    health: 'Your health data',
    healthHow: 'Download or erase what has been collected.',
    reads: 'Who has seen my health data',
    readsHow: 'When apps read what, and how much.',
    devices: 'Your devices',
    devicesHow: 'Add and remove devices.',
    sharing: 'Sharing health data',
    sharingHow: 'Show it to another member, by kind and until a day.',
    loginId: 'Login ID',
    name: 'Name',
    email: 'E-mail',
    verified: 'You confirmed this address.',
    unverified: 'Not confirmed yet. Open the link in the mail to confirm it.',
    verify: 'Send confirmation mail',
    verifySent: 'The mail is on its way. Open the link in it within 24 hours.',
    birthday: 'Date of birth',
    gender: 'Gender',
    roles: 'Kind',
    joined: 'Joined',
    member: 'Member identifier',
    memberHow: 'Apps you agreed to know you by this number.',
    none: 'None',
    security: 'Security',
    securityHow: 'Password, passkeys, two-step verification, where you are logged in, your data and leaving',
    developer: 'Become a developer',
    developerHow: 'Add this login to an app of your own.',
    logout: 'Log out',
  },
  password: {
    title: 'Change password',
    lead: 'This logs you out on other devices. You stay logged in in this browser.',
    current: 'Current password',
    next: 'New password',
    nextHint: 'At least 8 characters; a long phrase is good. No common passwords, none with your login ID or name.',
    everywhere: 'Log out of all other devices and connected apps, too',
    everywhereHow: 'Tick this if somebody may know your password. Connected apps will have to log in again.',
    button: 'Change password',
    back: 'Your information',
    done: 'Your password is changed. Other devices are logged out.',
    doneEverywhere: 'Your password is changed. Other devices and connected apps are logged out.',
    wrongOld: 'That is not your current password. Enter it again.',
    changedMeanwhile: 'The password was changed in the meantime. Try again with the new one.',
    same: 'That is your current password. Choose another one.',
  },
  developer: {
    title: 'Become a developer',
    lead: 'You can add this login to an app of your own and ask for review. Read the terms and agree.',
    termsHeading: 'Terms for developers',
    terms: [
      [
        'Only for the stated purpose',
        'You use information within the items, the purpose and the time that the user agreed to.',
      ],
      ['Not passed on', 'You give it to nobody else without the user’s consent.'],
      [
        'Kept safe',
        'Client secrets and tokens stay out of public places; if one leaks, you replace it at once and tell us.',
      ],
      ['Destroyed at the end', 'When a user withdraws or disconnects, you destroy what you received without delay.'],
      ['Reviewed', 'Apps open to other users after an operator’s review. False registrations are suspended.'],
      ['Within reach', 'You answer the operator’s e-mail, and handle notices and erasure requests within 10 days.'],
    ],
    agree: '[Required] I agree to the terms for developers',
    needed: 'To register as a developer, agree to the terms.',
    button: 'Agree and become a developer',
    done: 'You are now registered as a developer.',
    back: 'Your information',
  },
  genders: genders.en,
  roles: roles.en,
};

export const accountWords = (locale: Locale): AccountWords => (locale === 'ko' ? ko : en);

/** The terms for developers, for whoever else asks people to agree to them (the console). */
export function developerTerms(locale: Locale): { terms: { title: string; text: string }[]; agree: string } {
  const { terms, agree } = accountWords(locale).developer;
  return { terms: terms.map(([title = '', text = '']) => ({ title, text })), agree };
}
