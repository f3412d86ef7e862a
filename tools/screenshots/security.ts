import type { Factors, ListedSession, User } from '#identity';
import { DAY, HOUR, type UserMuid } from '#kernel';
import { recoveryCodesPage, wordsFor } from '#signin';
import { type ClosePage, closedPage, closePage } from '../../src/account/pages/close.ts';
import { type SecurityPage, securityPage } from '../../src/account/pages/security.ts';
import { totpPage } from '../../src/account/pages/totp.ts';
import { securityWords } from '../../src/account/words/security.ts';
import { enrolPage } from '../../src/signin/pages/enrol.ts';
import { type FactorPage, factorPage } from '../../src/signin/pages/factor.ts';
import type { Sample } from './samples.ts';

/** The second factor, 보안, and closing the account. */
const NOW = Date.UTC(2026, 2, 2, 9, 30);
const CHROME = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0.0.0 Safari/537.36';
const IPHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1';

const user: User = {
  id: '0f9c2a77b1d84e5c9a3b6d7e8f901234' as UserMuid,
  loginId: 'haneul.kim',
  name: '김하늘',
  email: 'haneul.kim@example.com',
  gender: 'FEMALE',
  birthday: '1990-01-31',
  status: 'ACTIVE',
  roles: ['user'],
  createdAt: NOW,
  updatedAt: NOW,
};
const totp = {
  key: 'JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP',
  uri: 'otpauth://totp/MEDBIZ:haneul.kim?issuer=MEDBIZ&secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&algorithm=SHA1&digits=6&period=30',
};
const CODES = Array.from({ length: 10 }, (_, at) => `k7q${at}-9xfd-3mwp`);

const factors: Factors = {
  totp: { createdAt: NOW - 40 * DAY, lastUsedAt: NOW - DAY },
  passkeys: [
    {
      credentialId: 'AAAA',
      name: 'Safari, iPhone',
      transports: ['internal'],
      synced: true,
      createdAt: NOW - 30 * DAY,
      lastUsedAt: NOW - HOUR,
    },
    {
      credentialId: 'BBBB',
      name: 'YubiKey 5 NFC, the blue one in the upper drawer of the desk, from work',
      transports: ['usb'],
      synced: false,
      createdAt: NOW - 3 * DAY,
      lastUsedAt: null,
    },
  ],
  recoveryCodes: 8,
};
const NONE: Factors = { totp: null, passkeys: [], recoveryCodes: 0 };

const session = (lookupId: string, userAgent: string, ip: string, ago: number): ListedSession => ({
  lookupId,
  userAgent,
  ip,
  createdAt: NOW - ago,
  authenticatedAt: NOW - ago,
  lastSeenAt: NOW - ago / 2,
  expiresAt: NOW + HOUR,
  methods: ['password'],
});

const factor =
  (more: Partial<FactorPage>): Sample =>
  (pages, locale) => {
    const { factor: words } = wordsFor(locale);
    const page: FactorPage = {
      words,
      hidden: {},
      user,
      totp: true,
      passkeys: true,
      recovery: true,
      problem: null,
      ...more,
    };
    const failed = page.problem !== null;
    return pages.page({ locale, title: words.title, self: '/login', failed, passkeys: true, main: factorPage(page) });
  };

const security =
  (more: Partial<SecurityPage>): Sample =>
  (pages, locale) => {
    const { security: words } = securityWords(locale);
    const main = securityPage({
      words,
      passkeyWords: wordsFor(locale).factor.passkey,
      locale,
      csrf: '',
      factors,
      passkeysPossible: true,
      sessions: [session('a', CHROME, '203.0.113.7', HOUR), session('b', IPHONE, '2001:db8:1:2::3', 9 * HOUR)],
      current: 'a',
      deviceName: 'Chrome, Windows',
      done: null,
      problem: null,
      ...more,
    });
    return pages.page({ locale, title: words.title, self: '/account/security', width: 'wide', passkeys: true, main });
  };

const close =
  (more: (words: ClosePage['words']) => Partial<ClosePage>): Sample =>
  (pages, locale) => {
    const { close: words } = securityWords(locale);
    const main = closePage({
      words,
      csrf: '',
      works: [],
      lastOperator: false,
      errors: {},
      alarm: null,
      typed: { kept: false, loginId: '' },
      ...more(words),
    });
    return pages.page({ locale, title: words.title, self: '/account/close', main });
  };

export const SECURITY_SAMPLES: Readonly<Record<string, Sample>> = {
  'factor-all': factor({}),
  'factor-code': factor({ passkeys: false }),
  'factor-code-wrong': (pages, locale) =>
    factor({ passkeys: false, problem: { at: 'code', sentence: wordsFor(locale).factor.wrong.code } })(pages, locale),
  'factor-passkey': factor({ totp: false }),
  'factor-recovery-wrong': (pages, locale) =>
    factor({ passkeys: false, problem: { at: 'recovery', sentence: wordsFor(locale).factor.wrong.recovery } })(
      pages,
      locale,
    ),
  enrol: (pages, locale) => {
    const { factor: words } = wordsFor(locale);
    const of = { words, hidden: {}, user, totp, passkeys: true, deviceName: 'Chrome, Windows', error: null };
    return pages.page({ locale, title: words.enrol.title, self: '/login', passkeys: true, main: enrolPage(of) });
  },
  'recovery-codes': (pages, locale) => {
    const { codes: words } = wordsFor(locale).factor;
    const main = recoveryCodesPage({ words, codes: CODES, onward: '/account/security' });
    return pages.page({ locale, title: words.title, self: null, main });
  },
  'security-account-on': security({}),
  'security-account-off': security({ factors: NONE, sessions: [session('a', CHROME, '203.0.113.7', HOUR)] }),
  'security-account-problem': (pages, locale) =>
    security({ problem: securityWords(locale).security.problems.last })(pages, locale),
  'totp-account': (pages, locale) => {
    const words = securityWords(locale).totp;
    const { factor: of } = wordsFor(locale);
    const main = totpPage({ words, setupWords: of.totp, totp, csrf: '', replaces: true, error: of.wrong.code });
    return pages.page({ locale, title: words.title, self: '/account/security/totp', failed: true, main });
  },
  'close-account': close(() => ({})),
  'close-account-wrong': close((words) => ({
    alarm: words.check,
    errors: { kept: words.problems.kept, loginId: words.problems.loginId, password: words.problems.password },
    typed: { kept: false, loginId: 'haneul' },
  })),
  'close-account-clients': close(() => ({
    works: [{ id: 'a'.repeat(32), name: '건강수첩' }],
    lastOperator: true,
  })),
  closed: (pages, locale) => {
    const { closed: words } = securityWords(locale);
    return pages.page({ locale, title: words.title, self: '/closed', main: closedPage(words) });
  },
};
