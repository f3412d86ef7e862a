import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel';
import { formOf } from '../support/browser.ts';
import { isLoggedIn, keyOn, passwordStep, press, totpCode, userWithPasskey, userWithTotp } from '../support/factors.ts';
import { onBoth } from '../support/suite.ts';

onBoth('The 보안 page', (world) => {
  test('needs a login of the last ten minutes, asks for it, and comes back', async () => {
    const w = world();
    const { user, key, browser } = await userWithTotp(w);
    const page = await browser.get('/account/security');
    assert.equal(page.status, 200);
    w.app.clock.advance(10 * MINUTE);
    const away = await browser.get('/account/security');
    assert.match(away.location ?? '', /\/login\?next=%2Faccount%2Fsecurity&fresh=1$/);
    const login = await browser.follow(away);
    assert.match(login.text, /본인인지 다시 확인합니다/);
    assert.match(login.text, new RegExp(`value="${user.loginId}"`));
    const second = await browser.follow(
      await press(browser, login, 'login', { username: user.loginId, password: user.password }),
    );
    assert.match(second.text, /\sid="verify"/, 'both steps again');
    const back = await press(browser, second, 'verify', { code: totpCode(key, w.app.clock.now()) });
    assert.match(back.location ?? '', /\/account\/security$/);
    assert.equal((await browser.follow(back)).status, 200);
  });

  test('carries out no change that was posted by an old login', async () => {
    const w = world();
    const { user, browser } = await userWithTotp(w);
    const page = await browser.get('/account/security');
    w.app.clock.advance(10 * MINUTE);
    for (const button of ['remove-totp', 'make-codes', 'add-passkey']) {
      const answer = await press(browser, page, button);
      assert.match(answer.location ?? '', /fresh=1$/, button);
    }
    assert.match((await browser.get('/account/export')).location ?? '', /fresh=1$/);
    assert.match((await browser.get('/account/close')).location ?? '', /fresh=1$/);
    assert.notEqual((await w.app.storage.factors.of(user.muid)).totp, null);
    assert.equal((await browser.get('/account')).status, 200, 'what changes nothing stays open');
  });

  test('CS-01: takes no form without its hidden field', async () => {
    const w = world();
    const { browser } = await userWithTotp(w);
    for (const path of [
      '/account/security/totp',
      '/account/security/totp/remove',
      '/account/security/passkeys',
      '/account/security/passkeys/options',
      '/account/security/passkeys/name',
      '/account/security/passkeys/remove',
      '/account/security/recovery-codes',
      '/account/security/sessions/end',
      '/account/security/sessions/end-others',
      '/account/close',
    ]) {
      assert.equal((await browser.post(path, {})).status, 403, path);
    }
  });

  test('lists where somebody is logged in, ends one of them, and then all others', async () => {
    const w = world();
    const user = await w.user();
    const agents = ['Firefox/140.0 (Windows)', 'Chrome/141.0 (Android)', 'Safari/605 (Macintosh)'];
    const others = await Promise.all(
      agents.map(async (agent) => {
        const browser = w.browser();
        const page = await browser.get('/login');
        const form = formOf(page, 'login');
        const fields = { ...form.fields, username: user.loginId, password: user.password };
        await browser.post(form.action, fields, { 'user-agent': agent });
        return browser;
      }),
    );
    w.app.clock.advance(1000);
    const browser = w.browser();
    await w.login(browser, user);
    const page = await browser.get('/account/security');
    for (const name of ['Firefox, Windows', 'Chrome, Android', 'Safari, Mac', '이 브라우저']) {
      assert.match(page.text, new RegExp(name));
    }
    const rows = await w.app.modules.identity.listSessions(user.muid);
    assert.equal(rows.length, 4);
    const android = rows.find(({ userAgent }) => userAgent?.includes('Android'))?.lookupId ?? '';
    const csrf = formOf(page, 'end-others').fields['csrf'] ?? '';
    const one = await browser.post('/account/security/sessions/end', { csrf, session: android });
    assert.match(one.location ?? '', /done=ended$/);
    assert.deepEqual(await Promise.all(others.map(isLoggedIn)), [true, false, true]);
    const gone = await browser.post('/account/security/sessions/end', { csrf, session: android });
    assert.equal(gone.status, 400);

    await press(browser, await browser.get('/account/security'), 'end-others');
    assert.deepEqual(await Promise.all(others.map(isLoggedIn)), [false, false, false]);
    assert.equal(await isLoggedIn(browser), true);
    assert.doesNotMatch((await browser.get('/account/security')).text, /\sid="end-others"/);
  });

  test('ends nobody else’s session', async () => {
    const w = world();
    const [victim, browser] = [w.browser(), w.browser()];
    const user = await w.user();
    await w.login(victim, user);
    await w.login(browser, await w.user());
    const session = (await w.app.modules.identity.listSessions(user.muid))[0]?.lookupId ?? '';
    const csrf = formOf(await browser.get('/account'), 'logout').fields['csrf'] ?? '';
    assert.equal((await browser.post('/account/security/sessions/end', { csrf, session })).status, 400);
    assert.equal(await isLoggedIn(victim), true);
  });

  test('CS-17: a new factor, and a removed one, end every other session and every begun login at once', async () => {
    const w = world();
    const user = await w.user();
    const [mine, other] = [w.browser(), w.browser()];
    await w.login(mine, user);
    await w.login(other, user);
    const setup = await mine.get('/account/security/totp');
    const key = keyOn(setup);
    await press(mine, setup, 'confirm-totp', { code: totpCode(key, w.app.clock.now()) });
    assert.equal(await isLoggedIn(other), false, 'it was made without the factor');
    assert.equal(await isLoggedIn(mine), true);

    w.app.clock.advance(60_000);
    const second = await press(other, await passwordStep(other, user), 'verify', {
      code: totpCode(key, w.app.clock.now()),
    });
    assert.equal(second.status, 303);
    const begun = w.browser();
    const page = await passwordStep(begun, user);
    await press(mine, await mine.get('/account/security'), 'remove-totp');
    assert.equal(await isLoggedIn(other), false);
    assert.equal(await isLoggedIn(mine), true);
    await press(begun, page, 'verify', { code: totpCode(key, w.app.clock.now(), 1) });
    assert.equal(await isLoggedIn(begun), false);
    assert.equal(
      (await w.app.storage.factors.of(user.muid)).recoveryCodes,
      0,
      'nothing is left for them to stand in for',
    );
  });

  test('CS-17: a session by the password that is made beside an enrolment does not live either', async () => {
    const w = world();
    for (let round = 0; round < 5; round++) {
      const user = await w.user();
      const [mine, beside] = [w.browser(), w.browser()];
      await w.login(mine, user);
      const setup = await mine.get('/account/security/totp');
      const code = totpCode(keyOn(setup), w.app.clock.now());
      await Promise.all([press(mine, setup, 'confirm-totp', { code }), w.login(beside, user)]);
      assert.equal(await isLoggedIn(beside), false);
      assert.equal(await isLoggedIn(mine), true);
    }
  });

  test('another app takes the place of the first, whose codes are nothing then', async () => {
    const w = world();
    const { user, key, codes, browser } = await userWithTotp(w);
    const setup = await browser.get('/account/security/totp');
    assert.match(setup.text, /전에 등록한 인증 앱은 더 쓸 수 없게 됩니다/);
    const next = keyOn(setup);
    assert.notEqual(next, key);
    const done = await press(browser, setup, 'confirm-totp', { code: totpCode(next, w.app.clock.now()) });
    assert.match(done.location ?? '', /done=added$/, 'the recovery codes stay as they are');
    w.app.clock.advance(60_000);
    const other = w.browser();
    const page = await passwordStep(other, user);
    assert.equal((await press(other, page, 'verify', { code: totpCode(key, w.app.clock.now()) })).status, 400);
    assert.equal((await press(other, page, 'use-recovery', { 'recovery-code': codes[0] ?? '' })).status, 303);
  });

  test('an app that is not confirmed in fifteen minutes was never there', async () => {
    const w = world();
    const user = await w.user();
    const browser = w.browser();
    await w.login(browser, user);
    const first = await browser.get('/account/security/totp');
    w.app.clock.advance(9 * MINUTE);
    const again = await browser.get('/account/security/totp');
    assert.equal(keyOn(again), keyOn(first));
    w.app.clock.advance(6 * MINUTE);
    const late = await press(browser, first, 'confirm-totp', { code: totpCode(keyOn(first), w.app.clock.now()) });
    assert.match(late.location ?? '', /fresh=1/);
    const back = await passwordStep(browser, user, late.location ?? '');
    assert.notEqual(keyOn(back), keyOn(first), 'a new key in a new session');
    assert.equal((await w.app.storage.factors.of(user.muid)).totp, null);
  });

  test('names passkeys, and nobody else’s', async () => {
    const w = world();
    const { user, browser, passkey } = await userWithPasskey(w);
    const page = await browser.get('/account/security');
    const named = await press(browser, page, 'rename-1', { 'name-1': '집 컴퓨터' });
    assert.match(named.location ?? '', /done=renamed$/);
    assert.match((await browser.get('/account/security')).text, /<bdi>집 컴퓨터<\/bdi>/);
    const bad = await press(browser, page, 'rename-1', { 'name-1': 'a\u202Eb' });
    assert.equal(bad.status, 400);
    const thief = w.browser();
    await w.login(thief, await w.user());
    const csrf = formOf(await thief.get('/account'), 'logout').fields['csrf'] ?? '';
    const passkeyId = passkey.credentialId;
    await thief.post('/account/security/passkeys/name', { csrf, passkey: passkeyId, 'name-1': '내 것' });
    await thief.post('/account/security/passkeys/remove', { csrf, passkey: passkeyId });
    const kept = await w.app.storage.factors.of(user.muid);
    assert.equal(kept.passkeys[0]?.name, '집 컴퓨터');
  });

  test('leaves its record: who added and removed what, and every login with how it was proven', async () => {
    const w = world();
    const { user, key, browser } = await userWithTotp(w);
    const other = w.browser();
    await press(other, await passwordStep(other, user), 'verify', { code: totpCode(key, w.app.clock.now()) });
    await press(browser, await browser.get('/account/security'), 'remove-totp');
    const rows = await w.app.storage.audit.list({ subject: user.muid, limit: 20 });
    const said = rows.map(({ action, reason }) => `${action} ${reason ?? ''}`.trim()).toSorted();
    assert.deepEqual(said, [
      'factor.enrolled totp',
      'factor.removed totp',
      'login.succeeded password',
      'login.succeeded password totp',
      'recovery-codes.made',
      'user.created',
    ]);
  });
});
