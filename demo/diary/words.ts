import type { Mood, Notice } from './sessions.ts';

export type Language = 'ko' | 'en';

export interface Words {
  readonly title: string;
  readonly promise: string;
  readonly lead: string;
  readonly login: string;
  readonly loginNote: string;
  readonly points: readonly (readonly [title: string, text: string])[];
  readonly greeting: (name: string) => string;
  readonly today: string;
  readonly mood: string;
  readonly moods: Readonly<Record<Mood, string>>;
  readonly slept: string;
  readonly hours: (hours: number) => string;
  readonly text: string;
  readonly save: string;
  readonly entries: string;
  readonly noEntries: string;
  readonly profile: string;
  readonly fields: readonly [name: string, id: string, email: string, birthday: string, gender: string];
  readonly genders: Readonly<Record<'MALE' | 'FEMALE' | 'UNKNOWN', string>>;
  readonly none: string;
  readonly connection: string;
  readonly connectedUntil: (time: string) => string;
  readonly refresh: string;
  readonly logout: string;
  readonly logoutNote: string;
  readonly notices: Readonly<Record<Notice, string>>;
  readonly notFound: string;
  readonly otherLanguage: string;
  readonly sample: string;
}

const ko: Words = {
  title: '건강 일기',
  promise: '오늘 몸은 어떠셨습니까',
  lead: '하루에 한 줄이면 됩니다. 기분과 잠, 몸의 변화를 적어 두면 다음 진료 때 잊지 않습니다.',
  login: 'MEDBIZ로 로그인',
  loginNote: '비밀번호는 MEDBIZ에만 입력합니다. 건강 일기는 알 수 없습니다.',
  points: [
    ['한 줄이면 됩니다', '기분을 고르고 한 줄 적으면 끝납니다.'],
    ['내 것만 봅니다', 'MEDBIZ에서 동의한 정보만 받습니다.'],
    ['언제든 끊습니다', '로그아웃하면 받은 토큰을 모두 끝냅니다.'],
  ],
  greeting: (name) => `${name} 님의 일기`,
  today: '오늘',
  mood: '몸 상태',
  moods: { good: '좋음', 'so-so': '보통', bad: '나쁨' },
  slept: '잠잔 시간',
  hours: (hours) => `${hours}시간 잤습니다`,
  text: '한 줄',
  save: '적기',
  entries: '지난 일기',
  noEntries: '아직 적은 일기가 없습니다. 위에서 오늘을 적어 보십시오.',
  profile: 'MEDBIZ에서 받은 내 정보',
  fields: ['이름', '아이디', '이메일', '생일', '성별'],
  genders: { MALE: '남성', FEMALE: '여성', UNKNOWN: '밝히지 않음' },
  none: '없음',
  connection: '연결',
  connectedUntil: (time) => `지금 토큰은 ${time}까지 쓸 수 있습니다. 지나면 저절로 새로 받습니다.`,
  refresh: '토큰 새로 받기',
  logout: '로그아웃',
  logoutNote: '건강 일기가 받은 토큰을 끝냅니다. MEDBIZ에서는 로그인된 그대로입니다.',
  notices: {
    refreshed: '토큰을 새로 받았습니다.',
    'logged-out': '로그아웃했습니다. 건강 일기가 받은 토큰은 모두 끝났습니다.',
    refused: '동의하지 않으셨습니다. 건강 일기는 아무 정보도 받지 않았습니다.',
    failed: '로그인하지 못했습니다. 다시 시작해 주십시오.',
    ended: 'MEDBIZ와의 연결이 끝났습니다. 계속 쓰려면 다시 로그인해 주십시오.',
    saved: '적었습니다.',
  },
  notFound: '여기에는 아무것도 없습니다.',
  otherLanguage: 'English',
  sample: 'MEDBIZ를 써 보기 위한 예시 앱입니다. 적은 내용은 프로그램을 끄면 사라집니다.',
};

const en: Words = {
  title: 'Health diary',
  promise: 'How did you feel today?',
  lead: 'One line a day is enough. Note how you felt and slept, and nothing is forgotten at the next appointment.',
  login: 'Log in with MEDBIZ',
  loginNote: 'You type your password at MEDBIZ alone. The diary never sees it.',
  points: [
    ['One line', 'Choose how you feel, write a line, done.'],
    ['Only what is yours', 'It gets what you agreed to at MEDBIZ, and no more.'],
    ['Ends when you say so', 'Logging out ends every token that it got.'],
  ],
  greeting: (name) => `${name}’s diary`,
  today: 'Today',
  mood: 'How you feel',
  moods: { good: 'Good', 'so-so': 'So-so', bad: 'Bad' },
  slept: 'Hours slept',
  hours: (hours) => `slept ${hours} h`,
  text: 'One line',
  save: 'Write',
  entries: 'Earlier days',
  noEntries: 'Nothing written yet. Start with today, above.',
  profile: 'What MEDBIZ told us about you',
  fields: ['Name', 'ID', 'E-mail', 'Birthday', 'Gender'],
  genders: { MALE: 'male', FEMALE: 'female', UNKNOWN: 'not said' },
  none: 'none',
  connection: 'Connection',
  connectedUntil: (time) => `The token holds until ${time}. A new one is fetched by itself after that.`,
  refresh: 'Get a new token',
  logout: 'Log out',
  logoutNote: 'Ends the tokens that the diary got. You stay logged in at MEDBIZ.',
  notices: {
    refreshed: 'There is a new token.',
    'logged-out': 'You are logged out. Every token that the diary got has ended.',
    refused: 'You did not agree. The diary received nothing.',
    failed: 'The login did not work. Please start again.',
    ended: 'The connection with MEDBIZ has ended. Log in again to go on.',
    saved: 'Written down.',
  },
  notFound: 'There is nothing here.',
  otherLanguage: '한국어',
  sample: 'A sample application for trying MEDBIZ. What you write is gone when the program ends.',
};

export const wordsIn = (language: Language): Words => (language === 'ko' ? ko : en);
