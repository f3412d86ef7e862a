import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import type { Locale } from '#kernel';
import { DAY, HOUR, MINUTE } from '#kernel';
import { type Browser, formOf, type Page } from '../support/browser.ts';
import { assertOwnErrorPage } from '../support/expect.ts';
import { type ReceivedMail, type SmtpReceiver, startSmtp } from '../support/smtp.ts';
import { onBoth } from '../support/suite.ts';
import type { TestUser, World } from '../support/world.ts';

const FRESH = 'sae-bimil-beonho-83';
const smtp: SmtpReceiver = await startSmtp();
after(() => smtp.close());
const config = { smtpUrl: smtp.url, mailFrom: 'no-reply@example.com' };

/** Each person asks from a place of his or her own, as a trusted proxy tells it: three mails an hour are soon used up. */
let places = 0;
const place = (): Record<string, string> => ({ 'x-forwarded-for': `198.51.${++places >> 8}.${places & 255}` });

/** Without those that tell a developer of a decision: they come when they come. */
const sentSoFar = (): number =>
  smtp.mails.filter((mail) => !mail.headers.get('subject')?.includes('About your app')).length;

const linkIn = (mail: ReceivedMail): string => {
  const [link] = /http\S+link=\S+/.exec(mail.text) ?? [];
  if (link === undefined) throw new Error(`no link in the mail:\n${mail.text}`);
  return link;
};

async function ask(
  browser: Browser,
  what: 'password' | 'login-id',
  typed: string,
  headers = place(),
  lang: Locale = 'ko',
): Promise<Page> {
  const page = await browser.get(`/recover/${what}?lang=${lang}`);
  const form = formOf(page, 'send');
  const name = what === 'password' ? 'account' : 'email';
  return browser.post(form.action, { ...form.fields, [name]: typed }, headers);
}

/** Asks for a link that sets a password, and reads it in the mail. */
async function resetLink(world: World, user: TestUser): Promise<string> {
  await ask(world.browser(), 'password', user.loginId);
  return linkIn(await smtp.next(user.email));
}

async function open(browser: Browser, link: string): Promise<Page> {
  return browser.follow(await browser.get(link));
}

async function choose(browser: Browser, page: Page, password: string): Promise<Page> {
  const form = formOf(page, 'change');
  return browser.post(form.action, { ...form.fields, 'new-password': password });
}

async function logsIn(world: World, user: TestUser, password: string): Promise<boolean> {
  const browser = world.browser();
  await world.login(browser, { ...user, password });
  return browser.cookies.has('medbiz');
}

const isDead = (page: Page): void => {
  assert.equal(page.status, 410, page.text.slice(0, 400));
  assert.match(page.text, /쓸 수 없는 링크입니다/);
  assert.match(page.text, /id="onward"/);
};

/** Nothing that differs by itself: tokens of forms, ids of requests. */
const plain = (page: Page): string => page.text.replaceAll(/value="[^"]*"/g, '');

onBoth(
  'A forgotten password',
  (w) => {
    test('is set anew by a mailed link; every session, token and older password is over', async () => {
      const world = w();
      const user = await world.user();
      const client = await world.client();
      const tokens = await world.tokens(client, user);
      const elsewhere = world.browser();
      await world.login(elsewhere, user);

      const browser = world.browser();
      const answer = await ask(browser, 'password', user.loginId.toUpperCase());
      assert.equal(answer.status, 303);
      const told = await browser.follow(answer);
      assert.match(told.text, /메일을 확인해 주세요/);
      const mail = await smtp.next(user.email);
      assert.equal(mail.headers.get('subject'), '[MEDBIZ] 비밀번호 새로 정하기');
      assert.ok(mail.text.includes(user.loginId));
      assert.equal(mail.text.includes(user.name), false, 'nothing that somebody typed');

      const page = await open(browser, linkIn(mail));
      assert.ok(page.text.includes(user.loginId));
      const weak = await choose(browser, page, 'password1');
      assert.equal(weak.status, 400);
      assert.match(weak.text, /쉽게 알아낼 수 있습니다/);
      const done = await choose(browser, weak, FRESH);
      assert.equal(done.status, 303);
      assert.match((await browser.follow(done)).text, /비밀번호를 바꿨습니다/);

      assert.equal(browser.cookies.has('medbiz-reset'), false);
      assert.equal(browser.cookies.has('medbiz'), false, 'nobody is logged in by a link');
      assert.equal((await world.me(tokens.access_token)).status, 401);
      assert.equal((await elsewhere.get('/account')).status, 303);
      assert.equal(await logsIn(world, user, user.password), false);
      assert.equal(await logsIn(world, user, FRESH), true);
      const actions = (await world.app.storage.audit.list({ subject: user.muid, limit: 20 })).map((row) => row.action);
      for (const action of ['recovery.mailed', 'password.reset', 'user.signed-out-everywhere'] as const)
        assert.ok(actions.includes(action), action);
      const [asked] = await world.app.storage.audit.list({ action: 'recovery.asked', limit: 1 });
      assert.equal(asked?.subject, null, 'whoever asked has proven nothing');
      assert.equal(asked.reason, 'reset');
    });

    test('AC-01, AC-03: whether there is such an account changes nothing in the answer, and no mail goes to nobody', async () => {
      const world = w();
      const user = await world.user();
      const before = sentSoFar();
      const answers: string[] = [];
      for (const typed of [
        user.loginId,
        'nobody-of-that-name',
        `nobody${places}@example.com`,
        user.email,
        "' or 1=1 --",
      ]) {
        const browser = world.browser();
        const answer = await ask(browser, 'password', typed);
        const shown = await browser.follow(answer);
        answers.push(`${answer.status} ${answer.location} ${shown.status} ${plain(shown)}`);
      }
      assert.equal(new Set(answers).size, 1);
      const ids: string[] = [];
      for (const typed of [user.email, 'somebody.else@example.com']) {
        const browser = world.browser();
        const answer = await ask(browser, 'login-id', typed);
        ids.push(`${answer.status} ${answer.location} ${plain(await browser.follow(answer))}`);
      }
      assert.equal(new Set(ids).size, 1);
      for (let i = 0; i < 3; i++) await smtp.next(user.email);
      assert.equal(sentSoFar() - before, 3);
    });

    test('AC-01: the answer takes the same time, since nobody is looked up for it: not even whether there are accounts', async () => {
      const world = w();
      const user = await world.user();
      const tables = ['user_email', 'login_id', 'user_account'];
      for (const table of tables) await world.app.breakTable(table);
      try {
        for (const typed of [user.loginId, 'nobody-of-that-name', user.email])
          assert.equal((await ask(world.browser(), 'password', typed)).status, 303, typed);
        assert.equal((await ask(world.browser(), 'login-id', user.email)).status, 303);
      } finally {
        for (const table of tables) await world.app.mendTable(table);
      }
      // The jobs failed meanwhile, and are tried again.
      await new Promise((resolve) => setTimeout(resolve, 600));
      world.app.clock.advance(10 * MINUTE);
      await smtp.next(user.email);
    });

    test('AC-12: the link names the public address, whatever Host and its friends say', async () => {
      const world = w();
      const user = await world.user();
      const hostile: Record<string, string>[] = [
        { host: 'evil.example' },
        { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
        { forwarded: 'host=evil.example', 'x-original-host': 'evil.example' },
      ];
      for (const headers of hostile) {
        await ask(world.browser(), 'password', user.loginId, { ...place(), ...headers });
        const mail = await smtp.next(user.email);
        assert.ok(linkIn(mail).startsWith(`${world.url}/recover/reset?link=`), linkIn(mail));
        assert.doesNotMatch(mail.raw + mail.text + mail.html, /evil/);
      }
    });

    test('AC-13: a link works once, and of 20 who use it at once one wins', async () => {
      const world = w();
      const user = await world.user();
      const link = await resetLink(world, user);
      const browser = world.browser();
      const page = await open(browser, link);
      const outcomes = await Promise.all(Array.from({ length: 20 }, (_, i) => choose(browser, page, `${FRESH}-${i}`)));
      assert.equal(outcomes.filter((each) => each.status === 303).length, 1);
      for (const lost of outcomes.filter((each) => each.status !== 303)) isDead(lost);
      isDead(await open(world.browser(), link));
      const winner = outcomes.findIndex((each) => each.status === 303);
      assert.equal(await logsIn(world, user, `${FRESH}-${winner}`), true);
    });

    test('AC-13: a link is over after 15 minutes, after a newer one, after a change of password, and when the account is suspended', async () => {
      const world = w();
      const late = await world.user();
      const link = await resetLink(world, late);
      world.app.clock.advance(15 * MINUTE - 1);
      assert.equal((await open(world.browser(), link)).status, 200);
      world.app.clock.advance(1);
      isDead(await open(world.browser(), link));

      const twice = await world.user();
      const first = await resetLink(world, twice);
      const second = await resetLink(world, twice);
      isDead(await open(world.browser(), first));
      assert.equal((await open(world.browser(), second)).status, 200);

      const changed = await world.user();
      const beforeChange = await resetLink(world, changed);
      const member = world.browser();
      await world.login(member, changed);
      const form = formOf(await member.get('/account/password'), 'change');
      const passwords = { 'old-password': changed.password, 'new-password': FRESH };
      assert.equal((await member.post(form.action, { ...form.fields, ...passwords })).status, 303);
      isDead(await open(world.browser(), beforeChange));

      const suspended = await world.user();
      const beforeEnd = await resetLink(world, suspended);
      await world.app.storage.users.setStatus(world.app.act(), suspended.muid, 'SUSPENDED');
      isDead(await open(world.browser(), beforeEnd));
      await world.app.storage.users.setStatus(world.app.act(), suspended.muid, 'ACTIVE');
      isDead(await open(world.browser(), beforeEnd));
    });

    test('AC-13: a page that was open when its link died changes nothing', async () => {
      const world = w();
      const user = await world.user();
      const browser = world.browser();
      const page = await open(browser, await resetLink(world, user));
      await resetLink(world, user);
      isDead(await choose(browser, page, FRESH));
      assert.equal(await logsIn(world, user, user.password), true);
    });

    test('AC-13: one person’s link is nothing for another, nor is one that proves an address', async () => {
      const world = w();
      const [mine, other] = [await world.user(), await world.user()];
      const browser = world.browser();
      const page = await open(browser, await resetLink(world, mine));
      const form = formOf(page, 'change');
      await browser.post(form.action, { ...form.fields, username: other.loginId, 'new-password': FRESH });
      assert.equal(await logsIn(world, other, other.password), true);
      assert.equal(await logsIn(world, mine, FRESH), true);

      await world.app.modules.identity.recovery.askVerification(
        { ...world.app.act(), actor: { ...world.app.act().actor, ip: '203.0.113.9' } },
        mine.muid,
        'ko',
      );
      for (const bad of [
        '',
        'x',
        'mbp_',
        `mbp_${'0'.repeat(26)}_${'A'.repeat(43)}`,
        'a'.repeat(5000),
        '%0d%0aSet-Cookie:x=1',
      ])
        isDead(await open(world.browser(), `/recover/reset?link=${bad}`));
    });

    test('AC-15: the link’s value is out of the address before a page is shown, and goes nowhere else', async () => {
      const world = w();
      const user = await world.user();
      const link = await resetLink(world, user);
      const secret = new URL(link).searchParams.get('link') ?? '';
      assert.match(secret, /^mbp_/);
      const browser = world.browser();
      const moved = await browser.get(link);
      assert.equal(moved.status, 303);
      assert.equal(moved.location, `${world.url}/recover/reset`);
      assert.equal(moved.headers.get('referrer-policy'), 'no-referrer');
      assert.equal(moved.headers.get('cache-control'), 'no-store');
      const [cookie = ''] = moved.headers.getSetCookie().filter((each) => each.startsWith('medbiz-reset='));
      for (const part of ['HttpOnly', 'SameSite=Lax', 'Max-Age=900']) assert.ok(cookie.includes(part), part);
      const page = await browser.follow(moved);
      assert.equal(page.text.includes(secret), false);
      assert.doesNotMatch(page.text, /(?:src|href|action)="(?:https?:)?\/\//);
      assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      assert.equal(page.headers.get('referrer-policy'), 'same-origin');
      assert.equal(JSON.stringify(world.app.logged).includes(secret), false);
    });

    test('opening a link uses nothing up: what scans mail does no harm', async () => {
      const world = w();
      const user = await world.user();
      const link = await resetLink(world, user);
      for (let i = 0; i < 3; i++) assert.equal((await open(world.browser(), link)).status, 200);
      const browser = world.browser();
      assert.equal((await choose(browser, await open(browser, link), FRESH)).status, 303);
    });

    test('CS-01: every form needs its own token', async () => {
      const world = w();
      const user = await world.user();
      const browser = world.browser();
      await open(browser, await resetLink(world, user));
      for (const [path, fields] of [
        ['/recover/password', { account: user.loginId }],
        ['/recover/login-id', { email: user.email }],
        ['/recover/reset', { 'new-password': FRESH }],
        ['/recover/email', {}],
      ] as const) {
        assertOwnErrorPage(await browser.post(path, { ...fields, csrf: 'x' }), 403);
        assertOwnErrorPage(await world.browser().post(path, fields), 403);
      }
      assert.equal(await logsIn(world, user, user.password), true);
    });

    test('AC-19: an address gets three mails in an hour, whoever asks for what; then nothing, silently', async () => {
      const world = w();
      const user = await world.user();
      const before = sentSoFar();
      await ask(world.browser(), 'password', user.loginId);
      await ask(world.browser(), 'login-id', user.email);
      await ask(world.browser(), 'password', user.email);
      for (let i = 0; i < 3; i++) await smtp.next(user.email);
      for (const [what, typed] of [
        ['password', user.loginId],
        ['login-id', user.email.toUpperCase()],
      ] as const) {
        const browser = world.browser();
        assert.match((await browser.follow(await ask(browser, what, typed))).text, /메일을 확인해 주세요/);
      }
      // A mail that goes out later shows that these two were seen and dropped.
      const other = await world.user();
      await resetLink(world, other);
      assert.equal(sentSoFar() - before, 4);
      world.app.clock.advance(HOUR);
      await resetLink(world, user);
    });

    test('AC-19: one place may ask for three mails in an hour; the fourth is told to wait, whoever it asks about', async () => {
      const world = w();
      const from = place();
      const user = await world.user();
      for (const typed of [user.loginId, 'nobody-here', 'nobody@example.com'])
        assert.equal((await ask(world.browser(), 'password', typed, from)).status, 303);
      for (const [what, typed] of [
        ['password', user.loginId],
        ['login-id', 'nobody@example.com'],
      ] as const) {
        const refused = await ask(world.browser(), what, typed, from);
        assertOwnErrorPage(refused, 429);
        assert.equal(refused.headers.get('retry-after'), '3600');
      }
      world.app.clock.advance(HOUR);
      assert.equal((await ask(world.browser(), 'password', user.loginId, from)).status, 303);
    });

    test('HT-13: while the mail server hangs, asking and logging in go on; the mail comes when it is back, and is not counted twice', async () => {
      const world = w();
      const user = await world.user();
      smtp.mood = 'silent';
      const calls = smtp.calls;
      const began = performance.now();
      assert.equal((await ask(world.browser(), 'password', user.loginId)).status, 303);
      assert.equal(await logsIn(world, user, user.password), true);
      assert.ok(performance.now() - began < 2500, 'nobody waited for it');
      for (let tries = 1; tries <= 4; tries++) {
        while (smtp.calls < calls + tries) await new Promise((resolve) => setTimeout(resolve, 20));
        const noted = (): number =>
          world.app.logged.filter((line) => line.details['job'] === 'mail-reset' && line.level === 'warn').length;
        const had = noted();
        if (tries === 1) while (noted() === had) await new Promise((resolve) => setTimeout(resolve, 20));
        if (tries === 1) smtp.mood = 'later';
        else while (noted() < had) await new Promise((resolve) => setTimeout(resolve, 20));
        await new Promise((resolve) => setTimeout(resolve, 100));
        world.app.clock.advance(10 * MINUTE);
        if (tries === 3) smtp.mood = 'well';
      }
      await open(world.browser(), linkIn(await smtp.next(user.email)));
      // Four tries that failed or were counted once: two more mails fit into the hour.
      await resetLink(world, user);
      await resetLink(world, user);
      assert.doesNotMatch(JSON.stringify(world.app.logged), new RegExp(user.email));
    });

    test('by an e-mail address with several accounts, one mail has a link for each, and using one ends no other', async () => {
      const world = w();
      const email = 'family@example.com';
      const make = async (loginId: string) =>
        world.app.createUser({ loginId, name: '김하늘', email, password: 'bom-gwa-yeoreum-47', roles: [] });
      await make(`family-a-${places}`);
      await make(`family-b-${places}`);
      await ask(world.browser(), 'password', 'Family@Example.com', place(), 'en');
      const mail = await smtp.next(email);
      assert.equal(mail.headers.get('subject'), '[MEDBIZ] Set a new password');
      const links = [...mail.text.matchAll(/http\S+link=\S+/g)].map(([link]) => link);
      assert.equal(links.length, 2);
      for (const link of links) {
        const browser = world.browser();
        assert.equal((await choose(browser, await open(browser, link), FRESH)).status, 303);
      }
    });

    test('what is typed is checked as a form is: empty, no address, two addresses', async () => {
      const world = w();
      const from = place();
      const calls: readonly (readonly ['password' | 'login-id', string])[] = [
        ['password', '  '],
        ['login-id', ''],
        ['login-id', 'nobody'],
        ['login-id', 'a@example.com,b@example.com'],
        ['login-id', 'a@example.com\r\nBcc: b@example.com'],
      ];
      for (const [what, typed] of calls) {
        const page = await ask(world.browser(), what, typed, from);
        assert.equal(page.status, 400, typed);
        assert.match(page.text, /aria-invalid="true"/);
      }
    });

    test('CLOSED and unknown links, and a browser that goes back after it is done, see a page that leads on', async () => {
      const world = w();
      const browser = world.browser();
      isDead(await browser.get('/recover/reset'));
      const page = await browser.get('/recover/email');
      assert.equal(page.status, 410);
      assert.match(page.text, /href="\/account"/);
    });
  },
  { config: { ...config, trustedProxies: 1 } },
);

onBoth(
  'A login id and an address',
  (w) => {
    test('login ids are told to their address alone, all of them', async () => {
      const world = w();
      const email = 'two@example.com';
      for (const loginId of ['two-a', 'two-b']) {
        world.app.clock.advance(1);
        await world.app.createUser({ loginId, name: '김하늘', email, password: 'bom-gwa-yeoreum-47', roles: [] });
      }
      await ask(world.browser(), 'login-id', ' Two@example.com ');
      const mail = await smtp.next(email);
      assert.match(mail.text, /- two-a\n- two-b/);
      assert.ok(mail.text.includes(`${world.url}/login`));
    });

    test('an address is proven by the link that sign-up mails, once, within 24 hours', async () => {
      const world = w();
      const browser = world.browser();
      const form = formOf(await browser.get('/signup?lang=en'), 'signup');
      const typed = { username: 'newcomer', password: FRESH, name: 'Visit evil.example', email: 'new@example.com' };
      const born = { birthday: '1990-01-31', agree: 'on' };
      const made = await browser.post(form.action, { ...form.fields, ...typed, ...born }, place());
      assert.equal(made.status, 303);
      assert.match((await browser.get('/account')).text, /Not confirmed yet/);
      const mail = await smtp.next('new@example.com');
      assert.equal(mail.headers.get('subject'), '[MEDBIZ] Confirm your e-mail address');
      assert.doesNotMatch(
        mail.text + mail.html + mail.raw,
        /evil/,
        'nobody’s own words go to an address that is not proven',
      );

      const opened = world.browser();
      const page = await open(opened, `${linkIn(mail)}&lang=en`);
      assert.match(page.text, /new@example\.com/);
      assert.doesNotMatch(page.url, /link=/);
      const confirm = formOf(page, 'verify');
      const both = await Promise.all([
        opened.post(confirm.action, confirm.fields),
        opened.post(confirm.action, confirm.fields),
      ]);
      assert.deepEqual(
        both.map((each) => each.status).toSorted((a, b) => a - b),
        [303, 410],
      );
      assert.match((await browser.get('/account')).text, /You confirmed this address/);
      const [row] = await world.app.storage.audit.list({ action: 'email.verified', limit: 1 });
      assert.ok(row?.subject);
    });

    test('the mail can be asked for again from the account page; the older link is dead then, and a day ends it', async () => {
      const world = w();
      const user = await world.user();
      const browser = world.browser();
      await world.login(browser, user);
      const again = async (): Promise<ReceivedMail> => {
        const form = formOf(await browser.get('/account'), 'verify-email');
        const answer = await browser.post(form.action, form.fields, place());
        assert.match((await browser.follow(answer)).text, /24시간 안에/);
        return smtp.next(user.email);
      };
      const first = linkIn(await again());
      const second = linkIn(await again());
      assert.equal((await open(world.browser(), first)).status, 410);
      world.app.clock.advance(DAY - 1);
      assert.equal((await open(world.browser(), second)).status, 200);
      world.app.clock.advance(1);
      assert.equal((await open(world.browser(), second)).status, 410);
      assert.equal((await world.browser().post('/account/email', {})).location, `${world.url}/login?next=%2Faccount`);
    });

    test('setting a password by mail proves the address, too', async () => {
      const world = w();
      const user = await world.user();
      const link = await resetLink(world, user);
      const browser = world.browser();
      await choose(browser, await open(browser, link), FRESH);
      assert.deepEqual(await world.app.modules.identity.recovery.addressOf(user.muid), {
        email: user.email,
        verified: true,
      });
    });

    test('AC-19: signing up for many makes accounts, and three mails', async () => {
      const world = w();
      const from = place();
      const before = sentSoFar();
      for (let i = 0; i < 4; i++) {
        const browser = world.browser();
        const form = formOf(await browser.get('/signup'), 'signup');
        const typed = { username: `crowd${i}`, password: FRESH, name: '김하늘', email: 'crowd@example.com' };
        const born = { birthday: '1990-01-31', agree: 'on' };
        assert.equal((await browser.post(form.action, { ...form.fields, ...typed, ...born }, from)).status, 303);
      }
      for (let i = 0; i < 3; i++) await smtp.next('crowd@example.com');
      await resetLink(world, await world.user());
      assert.equal(sentSoFar() - before, 4);
    });

    test('the login page leads to both questions', async () => {
      const page = await w().browser().get('/login?lang=ko');
      assert.match(page.text, /id="forgot-password" href="\/recover\/password\?lang=ko"/);
      assert.match(page.text, /id="forgot-login-id" href="\/recover\/login-id\?lang=ko"/);
    });
  },
  { config: { ...config, trustedProxies: 1 } },
);

onBoth(
  'Without a mail server',
  (w) => {
    test('pages say whom to ask, nothing is asked for, and nobody is promised mail', async () => {
      const world = w();
      const browser = world.browser();
      const login = await browser.get('/login');
      assert.match(login.text, /아래로 연락해 주세요.<br><strong>02-123-4567/);
      assert.doesNotMatch(login.text, /\/recover\//);
      for (const what of ['password', 'login-id']) {
        for (const path of [`/recover/${what}`, `/recover/${what}/sent`]) {
          const page = await browser.get(path);
          assert.match(page.text, /메일을 보내지 않아/);
          assert.doesNotMatch(page.text, /<form/);
        }
      }
      const { csrf } = formOf(login, 'login').fields;
      const posted = await browser.post('/recover/password', { csrf: csrf ?? '', account: 'somebody' });
      assert.match(posted.text, /메일을 보내지 않아/);
      assert.deepEqual(await world.app.storage.audit.list({ action: 'recovery.asked', limit: 1 }), []);

      const form = formOf(await browser.get('/signup'), 'signup');
      const typed = { username: 'nomail', password: FRESH, name: '김하늘', email: 'nomail@example.com' };
      const born = { birthday: '1990-01-31', agree: 'on' };
      assert.equal((await browser.post(form.action, { ...form.fields, ...typed, ...born })).status, 303);
      assert.doesNotMatch((await browser.get('/account')).text, /verify-email/);
      const wish = { kinds: ['mail-verify', 'mail-reset'] as const, lease: 'x', now: world.app.clock.now() };
      assert.deepEqual(await world.app.storage.jobs.lease({ ...wish, until: wish.now + 1, most: 5 }), []);
    });
  },
  { config: { privacyContact: '02-123-4567' } },
);

describe('The mail server of these tests', () => {
  test('got nothing but one mail for one recipient each time', () => {
    for (const mail of smtp.mails) assert.equal(mail.to.length, 1);
  });
});
