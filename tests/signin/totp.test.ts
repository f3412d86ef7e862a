import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '#kernel';
import { formOf, type Page } from '../support/browser.ts';
import { isLoggedIn, keyOn, passwordStep, press, totpCode, userWithTotp, wrongCode } from '../support/factors.ts';
import { onBoth } from '../support/suite.ts';

onBoth('The authenticator app', (world) => {
  test('is asked for after the password, and only then there is a session', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const browser = w.browser();
    const page = await passwordStep(browser, user);
    assert.equal(page.status, 200);
    assert.match(page.text, /\sid="verify"/);
    assert.equal(browser.cookies.has('medbiz'), false, 'no session cookie, not even a half-valid one');
    assert.equal(browser.cookies.has('medbiz-login'), true);
    assert.equal(await isLoggedIn(browser), false);

    const done = await press(browser, page, 'verify', { code: totpCode(key, w.app.clock.now()) });
    assert.equal(done.status, 303);
    assert.match(done.location ?? '', /\/account$/);
    assert.equal(browser.cookies.has('medbiz-login'), false, 'the begun login is gone');
    assert.equal(await isLoggedIn(browser), true);
  });

  test('brings the person back to the application that asked', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const client = await w.client();
    const browser = w.browser();
    const first = await browser.follow(await browser.get(w.authorizeUrl(client)));
    const page = await browser.follow(
      await press(browser, first, 'login', { username: user.loginId, password: user.password }),
    );
    assert.match(page.text, /\sid="verify"/);
    assert.match(page.headers.get('content-security-policy') ?? '', /form-action 'self' https:\/\/app\.example\.com/);
    const consent = await browser.follow(
      await press(browser, page, 'verify', { code: totpCode(key, w.app.clock.now()) }),
    );
    const end = await press(browser, consent, 'allow', { decision: 'allow' });
    assert.match((await browser.follow(end)).location ?? '', /^https:\/\/app\.example\.com\/cb\?.*\bcode=/);
  });

  test('AC-21: takes the code of this step and of its neighbours, by the server’s clock, and no other', async () => {
    const w = world();
    for (const [steps, right] of [
      [-2, false],
      [-1, true],
      [0, true],
      [1, true],
      [2, false],
    ] as const) {
      const { user, key } = await userWithTotp(w);
      const browser = w.browser();
      const page = await passwordStep(browser, user);
      const answer = await press(browser, page, 'verify', { code: totpCode(key, w.app.clock.now(), steps) });
      assert.equal(answer.status, right ? 303 : 400, `step ${steps}`);
    }
  });

  test('AC-21, R2: takes each code once, the one that confirmed the app included', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const [one, other] = [w.browser(), w.browser()];
    const code = totpCode(key, w.app.clock.now());
    const [first, second] = [await passwordStep(one, user), await passwordStep(other, user)];
    const answers = await Promise.all([
      press(one, first, 'verify', { code }),
      press(other, second, 'verify', { code }),
    ]);
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 400],
    );
    assert.match(answers.find(({ status }) => status === 400)?.text ?? '', /이미 쓴 숫자입니다/);
    const third = w.browser();
    const again = await press(third, await passwordStep(third, user), 'verify', { code });
    assert.equal(again.status, 400);

    const fresh = await w.user();
    const enrolling = w.browser();
    await w.login(enrolling, fresh);
    const setup = await enrolling.get('/account/security/totp');
    const confirming = totpCode(keyOn(setup), w.app.clock.now());
    assert.equal((await press(enrolling, setup, 'confirm-totp', { code: confirming })).status, 200);
    const login = await press(third, await passwordStep(third, fresh, '/login?other=1'), 'verify', {
      code: confirming,
    });
    assert.equal(login.status, 400, 'the one that confirmed it');
  });

  test('takes a code as keyboards give it', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const browser = w.browser();
    const code = totpCode(key, w.app.clock.now());
    const wide = [...code].map((digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0)).join('');
    const page = await passwordStep(browser, user);
    const answer = await press(browser, page, 'verify', { code: ` ${wide.slice(0, 3)} ${wide.slice(3)} ` });
    assert.equal(answer.status, 303);
  });

  test('AC-22: five tries for one begun login; the sixth begins with the password again', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const browser = w.browser();
    const page = await passwordStep(browser, user);
    const code = wrongCode(key, w.app.clock.now());
    for (let i = 0; i < 4; i++) assert.equal((await press(browser, page, 'verify', { code })).status, 400);
    const fifth = await press(browser, page, 'verify', { code });
    assert.match(fifth.location ?? '', /\/login\?.*over=1/);
    const start = await browser.follow(fifth);
    assert.match(start.text, /\sid="login"/);
    assert.match(start.text, /처음부터 다시 로그인/);
    const right = await press(browser, page, 'verify', { code: totpCode(key, w.app.clock.now()) });
    assert.equal(right.status, 303);
    assert.equal(await isLoggedIn(browser), false);
  });

  test('AC-22: a burst over many begun logins is counted for the account, and a right code waits as well', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const browsers = Array.from({ length: 6 }, () => w.browser());
    const pages: Page[] = [];
    for (const browser of browsers) pages.push(await passwordStep(browser, user));
    const code = wrongCode(key, w.app.clock.now());
    const tries = browsers.flatMap((browser, at) =>
      Array.from({ length: 4 }, () => press(browser, pages[at] as Page, 'verify', { code })),
    );
    const answers = await Promise.all(tries);
    assert.equal(answers.filter(({ status }) => status === 400).length, 5, 'five in all, not five each');
    assert.equal(answers.filter(({ status }) => status === 429).length, 19);
    const [browser, page] = [browsers[5], pages[5]];
    assert.ok(browser && page);
    const blocked = await press(browser, page, 'verify', { code: totpCode(key, w.app.clock.now()) });
    assert.equal(blocked.status, 429);
    assert.ok(Number(blocked.headers.get('retry-after')) > 0);
    w.app.clock.advance(HOUR);
    const later = await passwordStep(browser, user);
    const right = await press(browser, later, 'verify', { code: totpCode(key, w.app.clock.now()) });
    assert.equal(right.status, 303);
  });

  test('CS-20: a begun login belongs to one browser, one request and ten minutes, and opens nothing', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const browser = w.browser();
    const page = await passwordStep(browser, user);
    const form = formOf(page, 'verify');
    const code = totpCode(key, w.app.clock.now());

    const thief = w.browser();
    const theirs = formOf(await thief.get('/login'), 'login');
    thief.cookies.set('medbiz-login', browser.cookies.get('medbiz-login') ?? '');
    await thief.post('/login/code', { csrf: theirs.fields['csrf'] ?? '', code });
    assert.equal(await isLoggedIn(thief), false, 'another browser');

    browser.cookies.set('medbiz', browser.cookies.get('medbiz-login') ?? '');
    assert.equal(await isLoggedIn(browser), false, 'as a session');
    browser.cookies.delete('medbiz');

    const client = await w.client();
    const asked = await browser.follow(await browser.get(w.authorizeUrl(client)));
    assert.match(asked.text, /\sid="login"/, 'another request asks for the password');
    const ticket = formOf(asked, 'login').fields['ticket'] ?? '';
    const other = await browser.post('/login/code', { csrf: form.fields['csrf'] ?? '', ticket, code });
    assert.match(other.location ?? '', /\/signin\?ticket=.*over=1/);

    w.app.clock.advance(10 * MINUTE);
    const late = await browser.post(form.action, { ...form.fields, code: totpCode(key, w.app.clock.now()) });
    assert.match(late.location ?? '', /over=1/);
    assert.equal(await isLoggedIn(browser), false, 'too late');
  });

  test('CS-20: steps posted out of turn, or empty, skip nothing', async () => {
    const w = world();
    const { user, key } = await userWithTotp(w);
    const browser = w.browser();
    const csrf = formOf(await browser.get('/login'), 'login').fields['csrf'] ?? '';
    const code = totpCode(key, w.app.clock.now());
    for (const [path, fields] of [
      ['/login/code', { csrf, code }],
      ['/login/code', { csrf }],
      ['/login/enrol', { csrf, code }],
      ['/login/enrol/passkey', { csrf, credential: '{}' }],
      ['/login/passkey', { csrf, credential: '' }],
      ['/login/cancel', { csrf }],
    ] as const) {
      const answer = await browser.post(path, fields);
      assert.ok([303, 400].includes(answer.status), `${path}: ${answer.status}`);
      assert.equal(await isLoggedIn(browser), false, path);
    }
    const page = await passwordStep(browser, user);
    // Whoever has a factor can not make another one in its place, and so pass by it.
    const enrol = await browser.post('/login/enrol', { ...formOf(page, 'verify').fields, code });
    assert.equal(enrol.status, 303);
    assert.equal(await isLoggedIn(browser), false);
    assert.equal((await browser.post('/login/code', { code })).status, 403, 'and nothing without the hidden field');
  });

  test('CS-14: prompt=login asks for both steps again, and the second decides when', async () => {
    const w = world();
    const { user, key, browser } = await userWithTotp(w);
    const client = await w.client();
    const page = await browser.follow(await browser.get(w.authorizeUrl(client, { prompt: 'login' })));
    assert.match(page.text, /\sid="login"/);
    const second = await browser.follow(
      await press(browser, page, 'login', { username: user.loginId, password: user.password }),
    );
    assert.match(second.text, /\sid="verify"/, 'the session from before does not stand in for it');
    const consent = await browser.follow(
      await press(browser, second, 'verify', { code: totpCode(key, w.app.clock.now()) }),
    );
    assert.match(consent.text, /\sid="allow"/);
  });

  test('gives the password grant invalid_grant, like a wrong password', async () => {
    const w = world();
    const { user } = await userWithTotp(w);
    const client = await w.client({ allow: ['password'] });
    const asked = { grant_type: 'password', username: user.loginId };
    const right = await w.token(client, { ...asked, password: user.password });
    const wrong = await w.token(client, { ...asked, password: 'wrong-password-1' });
    assert.equal(right.status, 400);
    assert.equal(right.body['error'], 'invalid_grant');
    assert.deepEqual(right.body, wrong.body);
  });

  test('a password that is changed meanwhile ends the begun login', async () => {
    const w = world();
    const { user, key, browser: mine } = await userWithTotp(w);
    const browser = w.browser();
    const page = await passwordStep(browser, user);
    w.app.clock.advance(1000);
    const form = formOf(await mine.get('/account/password'), 'change');
    const changed = await mine.post(form.action, {
      ...form.fields,
      'old-password': user.password,
      'new-password': 'gyeoul-saebyeok-83',
    });
    assert.equal(changed.status, 303);
    await press(browser, page, 'verify', { code: totpCode(key, w.app.clock.now()) });
    assert.equal(await isLoggedIn(browser), false);
  });

  test('is sealed in the database: neither its key nor a recovery code stands there', async () => {
    const w = world();
    const { user, key, codes } = await userWithTotp(w);
    const kept = await w.app.storage.factors.totpOf(user.muid);
    const bare = key.replaceAll(' ', '');
    assert.ok(kept);
    assert.equal(Buffer.from(kept.sealed).includes(bare), false);
    assert.match(kept.keyId, /^.{12}$/);
    const held = JSON.stringify(await w.app.storage.closing.held(user.muid));
    for (const secret of [bare, ...codes]) assert.equal(held.includes(secret), false);
  });
});
