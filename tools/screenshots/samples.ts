import { type ConsentClient, noticeFor } from '#consent';
import type { HttpAnswer } from '#http';
import type { User } from '#identity';
import { type ClientId, type Locale, SCOPES, type ScopeName, type UserMuid } from '#kernel';
import { type Pages, wordsFor } from '#signin';
import { accountPage } from '../../src/account/pages/account.ts';
import { developerPage } from '../../src/account/pages/developer.ts';
import { frontPage } from '../../src/account/pages/front.ts';
import { passwordPage } from '../../src/account/pages/password.ts';
import { accountWords } from '../../src/account/words/index.ts';
import { type ConsentPage, consentPage } from '../../src/signin/pages/consent.ts';
import { formPostPage } from '../../src/signin/pages/form-post.ts';
import { type LoginPage, loginPage } from '../../src/signin/pages/login.ts';
import { CONNECTION_SAMPLES } from './connections.ts';
import { setupPage } from '../../src/signin/pages/setup.ts';
import { signupPage, type SignupPage } from '../../src/signin/pages/signup.ts';
import { SECURITY_SAMPLES } from './security.ts';

import { recoverySamples } from './recovery.ts';

/** Every page in every state worth looking at, with people and applications that are hard to fit in. */
export type Sample = (pages: Pages, locale: Locale) => HttpAnswer;

const LONG_NAME = '서울특별시 국민건강 통합관리 혈압·혈당 기록수첩 프리미엄 에디션 이천이십육년도 개정판 모바일';
/** Right-to-left and an override in the middle: it must neither turn the line round nor hide anything. */
const TRICKY_NAME = 'دفتر الصحة \u202Egnp.exe\u202C app';

const user: User = {
  id: '0f9c2a77b1d84e5c9a3b6d7e8f901234' as UserMuid,
  loginId: 'haneul.kim',
  name: '김하늘',
  email: 'haneul.kim@example.com',
  gender: 'FEMALE',
  birthday: '1990-01-31',
  status: 'ACTIVE',
  roles: ['user'],
  createdAt: Date.UTC(2026, 2, 2),
  updatedAt: Date.UTC(2026, 2, 2),
};
const longUser: User = {
  ...user,
  name: '선우황보제갈독고남궁사공서문하늘별님구름바다',
  loginId: 'a-very-long-login-id.with_parts32',
  roles: ['user', 'developer'],
  birthday: null,
};

const client = (name: string, ownerName: string, written: boolean): ConsentClient => ({
  id: 'a'.repeat(32) as ClientId,
  name,
  ownerId: user.id,
  ownerName,
  status: 'ACTIVE',
  scopes: SCOPES.map((scope) => ({
    scope,
    level: ['PROFILE', 'DEVICE'].includes(scope) ? ('REQUIRED' as const) : ('OPTIONAL' as const),
    purpose: written ? '혈압과 혈당 변화를 그래프로 보여 주고, 정해진 범위를 벗어나면 회원님과 보호자에게 알리기' : '',
    retention: written ? '서비스를 탈퇴한 날부터 30일까지' : '',
    refusalEffect: written ? '거부하면 변화 그래프와 알림을 쓸 수 없습니다.' : '',
  })),
});

const login =
  (more: Partial<LoginPage>, failed = false): Sample =>
  (pages, locale) => {
    const { login: words, factor } = wordsFor(locale);
    const page: LoginPage = {
      words,
      passkeyWords: factor.passkey,
      notice: null,
      action: '/signin/login',
      hidden: {},
      asker: null,
      current: null,
      other: false,
      username: '',
      problem: null,
      signupHref: '/signup',
      forgot: { passwordHref: '/recover/password', loginIdHref: '/recover/login-id' },
      ...more,
    };
    return pages.page({ locale, title: words.title, self: '/login', failed, passkeys: true, main: loginPage(page) });
  };

const consent =
  (
    of: ConsentClient,
    scopes: readonly ScopeName[],
    more: Partial<ConsentPage> = {},
    required: readonly ScopeName[] = [],
  ): Sample =>
  (pages, locale) => {
    const { consent: words } = wordsFor(locale);
    const asked = of.scopes.filter(({ scope }) => scopes.includes(scope));
    const levelled = asked.map((each) =>
      required.includes(each.scope) ? { ...each, level: 'REQUIRED' as const } : each,
    );
    const page: ConsentPage = {
      words,
      locale,
      hidden: {},
      client: { name: of.name, ownerName: of.ownerName, inReview: false },
      user,
      otherHref: '/signin?other=1',
      destination: 'app.example.com',
      notices: levelled.map((each) => noticeFor(of, each, locale)),
      hasBefore: false,
      refreshes: true,
      healthDays: 365,
      problem: null,
      ticked: new Set(),
      ...more,
    };
    return pages.page({
      locale,
      title: words.title,
      self: '/signin',
      failed: page.problem !== null,
      main: consentPage(page),
    });
  };

const signup =
  (more: Partial<SignupPage>): Sample =>
  (pages, locale) => {
    const { signup: words } = wordsFor(locale);
    const typed = { loginId: '', email: '', name: '', birthday: '', gender: null };
    const page: SignupPage = {
      words,
      hidden: {},
      typed,
      agreed: false,
      problems: {},
      minimumAge: 14,
      loginHref: '/login',
      ...more,
    };
    const failed = Object.keys(page.problems).length > 0;
    return pages.page({ locale, title: words.title, self: '/signup', width: 'wide', failed, main: signupPage(page) });
  };

const account =
  (of: User, done: boolean, verified: boolean | null = null): Sample =>
  (pages, locale) => {
    const words = accountWords(locale);
    const said = done ? words.password.doneEverywhere : null;
    const main = accountPage({ words, locale, user: of, verified, csrf: '', done: said });
    return pages.page({ locale, title: words.account.title, self: '/account', main });
  };

const error =
  (kind: string, retryAfter?: number): Sample =>
  (pages, locale) => ({
    status: 200,
    body: pages.renderPageError({ kind, status: 400, retryAfter }, { locale, requestId: 'r7k2m-9xq4t-c3vwp' }),
  });

const plain = client('건강수첩', '한빛소프트', false);
const written = client('건강수첩', '주식회사 한빛헬스케어', true);

export const SAMPLES: Readonly<Record<string, Sample>> = {
  'login-plain': login({}),
  'login-no-mail': login({ forgot: { contact: '02-123-4567' } }),
  'login-app': login({ asker: { name: '건강수첩' } }),
  'login-app-unnamed': login({ asker: 'unnamed' }),
  'login-long-name': login({ asker: { name: LONG_NAME } }),
  'login-wrong': (pages, locale) =>
    login({ asker: { name: '건강수첩' }, username: 'haneul.kim', problem: wordsFor(locale).login.wrong }, true)(
      pages,
      locale,
    ),
  'login-later': (pages, locale) =>
    login({ username: 'haneul.kim', problem: wordsFor(locale).login.later(120) }, true)(pages, locale),
  'login-again': login({
    asker: { name: '건강수첩' },
    username: user.loginId,
    current: { ...user, fresh: false, otherHref: '#' },
  }),
  'login-fresh': login({ username: user.loginId, current: { ...user, fresh: true, otherHref: '#' } }),
  'login-other': login({ asker: { name: '건강수첩' }, other: true }),
  'consent-profile': consent(plain, ['PROFILE']),
  'consent-all': consent(written, SCOPES),
  'consent-health-required': consent(written, ['HEALTH'], { problem: 'health-needed', hasBefore: true }, ['HEALTH']),
  'consent-nothing': consent(plain, ['DEVICE', 'GROUP'], { problem: 'nothing' }),
  'consent-in-review': consent(plain, ['PROFILE'], { client: { ...plain, inReview: true }, destination: 'localhost' }),
  'consent-long-name': consent(client(LONG_NAME, LONG_NAME, true), ['PROFILE', 'DRIVE'], {
    user: longUser,
    destination: 'a-very-long-subdomain-of-some-hospital.health-records.service.example.com:8443',
  }),
  'consent-tricky-name': consent(client(TRICKY_NAME, TRICKY_NAME, false), ['PROFILE', 'GROUP']),
  signup: signup({}),
  'signup-problems': signup({
    typed: { loginId: 'admin', email: 'nobody', name: '', birthday: '2020-01-01', gender: 'UNKNOWN' },
    problems: {
      loginId: 'reserved',
      password: 'common',
      name: 'empty',
      email: 'shape',
      birthday: 'too-young',
      agree: 'missing',
    },
  }),
  ...recoverySamples,
  setup: (pages, locale) => {
    const words = wordsFor(locale);
    const typed = { loginId: '', email: '', name: '' };
    return pages.page({
      locale,
      title: words.setup.title,
      self: '/setup',
      width: 'wide',
      main: setupPage({ words, hidden: {}, typed, errors: {} }),
    });
  },
  'form-post': (pages, locale) => {
    const { formPost: words } = wordsFor(locale);
    const main = formPostPage({
      words,
      action: 'https://app.example.com/cb',
      destination: 'app.example.com',
      fields: [],
    });
    return pages.page({ locale, title: words.title, self: null, main });
  },
  front: (pages, locale) => {
    const { front: words } = accountWords(locale);
    return pages.page({ locale, title: words.title, self: '/', main: frontPage(words, pages.brand.name) });
  },
  account: account(user, true),
  'account-unverified': account(user, false, false),
  'account-long-name': account(longUser, false, true),
  ...CONNECTION_SAMPLES,
  password: (pages, locale) => {
    const { password: words } = accountWords(locale);
    const main = passwordPage({
      words,
      loginId: user.loginId,
      csrf: '',
      errors: { old: words.wrongOld },
      alarm: null,
      everywhere: false,
    });
    return pages.page({ locale, title: words.title, self: '/account/password', failed: true, main });
  },
  developer: (pages, locale) => {
    const { developer: words } = accountWords(locale);
    const main = developerPage({ words, csrf: '', missing: true });
    return pages.page({ locale, title: words.title, self: '/account/developer', failed: true, main });
  },
  ...SECURITY_SAMPLES,
  'error-redirect-uri': error('bad-redirect-uri'),
  'error-in-review': error('client-in-review'),
  'error-already-done': error('already-done'),
  'error-too-many': error('too-many-tries', 90),
  'error-broken': error('broken'),
};
