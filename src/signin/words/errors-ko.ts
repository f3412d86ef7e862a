import type { PageErrorKind } from '#kernel';

export interface PageErrorWords {
  readonly title: string;
  readonly what: string;
  /** Whose turn it is. */
  readonly turn: 'you' | 'app' | 'us';
  readonly now: string;
}

/** The same sentence wherever only the maker of the app can help. */
const TELL_APP = '앱으로 돌아가 다시 시도해 주세요. 그래도 같으면 앱을 만든 곳에 아래 요청 번호를 알려 주세요.';

const kinds: Readonly<Record<PageErrorKind, PageErrorWords>> = {
  'bad-request': {
    title: '요청을 읽을 수 없습니다',
    what: '주소에 든 값이 빠졌거나, 두 번 들었거나, 모양이 맞지 않습니다.',
    turn: 'app',
    now: TELL_APP,
  },
  'unknown-client': {
    title: '등록되지 않은 앱입니다',
    what: '로그인을 요청한 앱을 찾을 수 없습니다. 아무 정보도 제공하지 않았습니다.',
    turn: 'app',
    now: TELL_APP,
  },
  'bad-redirect-uri': {
    title: '돌아갈 주소가 등록되어 있지 않습니다',
    what: '로그인한 뒤 돌아갈 주소가 앱이 등록한 주소와 다릅니다. 다른 곳으로 정보가 새지 않도록 여기서 멈췄습니다.',
    turn: 'app',
    now: TELL_APP,
  },
  'client-unavailable': {
    title: '지금은 쓸 수 없는 앱입니다',
    what: '이 앱은 로그인을 쓸 수 없는 상태입니다. 아무 정보도 제공하지 않았습니다.',
    turn: 'app',
    now: '언제 다시 쓸 수 있는지는 앱을 만든 곳에 물어봐 주세요.',
  },
  'client-in-review': {
    title: '검수 중인 앱입니다',
    what: '검수가 끝날 때까지는 이 앱을 등록한 사람만 로그인할 수 있습니다. 아무 정보도 제공하지 않았습니다.',
    turn: 'app',
    now: '이 앱을 등록한 분이라면 등록한 계정으로 로그인한 뒤 다시 시도해 주세요. 아니라면 앱이 검수를 마칠 때까지 기다려 주세요.',
  },
  expired: {
    title: '시간이 지난 화면입니다',
    what: '로그인을 시작하고 시간이 지났거나, 다른 브라우저에서 시작한 화면입니다.',
    turn: 'you',
    now: '앱으로 돌아가 로그인을 처음부터 다시 해 주세요.',
  },
  'already-done': {
    title: '이미 끝난 로그인입니다',
    what: '이 화면에서 할 일은 이미 끝났습니다. 두 번 처리하지 않았습니다.',
    turn: 'you',
    now: '앱으로 돌아가 확인해 주세요. 로그인되어 있지 않으면 앱에서 다시 시작해 주세요.',
  },
  'forged-form': {
    title: '이 화면에서 보낸 것인지 확인할 수 없습니다',
    what: '화면을 연 뒤 로그인 상태가 바뀌었거나, 브라우저가 쿠키를 막고 있을 수 있습니다.',
    turn: 'you',
    now: '쿠키를 허용하고, 앞 화면을 새로 연 다음 다시 해 주세요.',
  },
  'not-found': {
    title: '없는 화면입니다',
    what: '주소가 바뀌었거나 잘못 적혔습니다.',
    turn: 'you',
    now: '주소를 확인하거나 첫 화면에서 다시 찾아 주세요.',
  },
  'wrong-method': {
    title: '이렇게는 열 수 없는 화면입니다',
    what: '이 주소는 다른 방법으로 써야 합니다.',
    turn: 'you',
    now: '첫 화면에서 다시 시작해 주세요.',
  },
  'too-many-tries': {
    title: '잠시 뒤에 다시 해 주세요',
    what: '짧은 시간에 여러 번 시도해서 잠시 막았습니다.',
    turn: 'you',
    now: '조금 기다렸다가 다시 해 주세요.',
  },
  'too-large': {
    title: '보낸 내용이 너무 큽니다',
    what: '한 번에 받을 수 있는 크기를 넘었습니다. 저장한 것은 없습니다.',
    turn: 'you',
    now: '내용을 줄여 다시 보내 주세요.',
  },
  'login-first': {
    title: '로그인이 필요합니다',
    what: '로그인하지 않았거나 오래 쓰지 않아 로그아웃되었습니다.',
    turn: 'you',
    now: '로그인한 뒤 다시 해 주세요.',
  },
  'not-allowed': {
    title: '권한이 없습니다',
    what: '지금 로그인한 계정으로는 할 수 없는 일입니다.',
    turn: 'you',
    now: '권한이 있는 계정으로 로그인해 주세요.',
  },
  prefetch: {
    title: '미리 열지 않는 화면입니다',
    what: '브라우저가 이 주소를 미리 열려고 했습니다. 아무 일도 하지 않았습니다.',
    turn: 'you',
    now: '앱에서 로그인을 직접 눌러 주세요.',
  },
  'setup-link-dead': {
    title: '쓸 수 없는 주소입니다',
    what: '첫 운영자를 만드는 이 주소는 이미 쓰였거나 시간이 지났습니다.',
    turn: 'you',
    now: '운영자가 아직 없으면 서버를 다시 시작해 주세요. 새 주소가 나옵니다.',
  },
  overloaded: {
    title: '지금 이용하는 사람이 많습니다',
    what: '요청이 몰려 잠시 받지 못했습니다. 저장한 것은 없습니다.',
    turn: 'us',
    now: '잠시 뒤 같은 화면에서 다시 해 주세요.',
  },
  broken: {
    title: '저희 쪽에서 문제가 생겼습니다',
    what: '요청을 끝내지 못했습니다. 문제는 기록해 두었습니다.',
    turn: 'us',
    now: '잠시 뒤 다시 해 주세요. 그래도 같으면 아래 요청 번호를 알려 주세요.',
  },
};

export const errorsKo = {
  kinds,
  happened: '무슨 일인지',
  turn: '누구 차례인지',
  turns: { you: '회원님', app: '앱을 만든 곳', us: '저희' },
  now: '이제 할 일',
  requestId: '요청 번호',
  wait: (seconds: number) =>
    seconds < 60 ? `${seconds}초 뒤에 다시 해 주세요.` : `${Math.ceil(seconds / 60)}분 뒤에 다시 해 주세요.`,
  home: '첫 화면으로',
  login: '로그인',
};
