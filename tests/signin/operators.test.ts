import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemAct } from '../../src/main/act.ts';
import { type CreationOptions, softAuthenticator } from '../support/authenticator.ts';
import { formOf } from '../support/browser.ts';
import { challengeFor, codesOn, isLoggedIn, keyOn, passwordStep, press, totpCode } from '../support/factors.ts';
import { onBoth } from '../support/suite.ts';

const required = { config: { operatorSecondFactor: 'required' } } as const;

onBoth(
  'An operator',
  (world) => {
    test('without a second factor is led to make one, and can do nothing else before', async () => {
      const w = world();
      // As `medbiz user create --role operator` makes one.
      const operator = await w.user({ roles: ['operator'] });
      const browser = w.browser();
      const page = await passwordStep(browser, operator);
      assert.match(page.text, /운영자는 비밀번호만으로는 로그인할 수 없습니다/);
      assert.equal(browser.cookies.has('medbiz'), false);
      for (const path of [
        '/account',
        '/account/security',
        '/account/password',
        '/account/security/totp',
        '/account/export',
      ]) {
        const answer = await browser.get(path);
        assert.equal(answer.status, 303, path);
        assert.match(answer.location ?? '', /\/login/, path);
      }
      const key = keyOn(page);
      assert.equal(keyOn(await browser.get('/login')), key, 'the same key when the page is loaded again');
      const wrong = await press(browser, page, 'confirm-totp', { code: 'abc' });
      assert.equal(wrong.status, 400);
      assert.equal(keyOn(wrong), key);
      const done = await press(browser, page, 'confirm-totp', { code: totpCode(key, w.app.clock.now()) });
      assert.equal(done.status, 200);
      assert.equal(codesOn(done).length, 10);
      assert.equal(await isLoggedIn(browser), true, 'which completes the login');

      w.app.clock.advance(60_000);
      const again = w.browser();
      const second = await passwordStep(again, operator);
      assert.match(second.text, /\sid="verify"/);
      const inside = await press(again, second, 'verify', { code: totpCode(key, w.app.clock.now()) });
      assert.equal(inside.status, 303);
    });

    test('makes a passkey just as well', async () => {
      const w = world();
      const operator = await w.user({ roles: ['operator'] });
      const browser = w.browser();
      const page = await passwordStep(browser, operator);
      const options = await challengeFor<CreationOptions>(browser, page, 'add-passkey');
      const credential = softAuthenticator(w.url).create(options);
      const done = await press(browser, page, 'add-passkey', { credential });
      assert.equal(done.status, 200);
      assert.equal(codesOn(done).length, 10);
      assert.equal(await isLoggedIn(browser), true);
    });

    test('in the middle of an application’s request makes it there and goes on', async () => {
      const w = world();
      const operator = await w.user({ roles: ['operator'] });
      const client = await w.client();
      const browser = w.browser();
      const first = await browser.follow(await browser.get(w.authorizeUrl(client)));
      const page = await browser.follow(
        await press(browser, first, 'login', { username: operator.loginId, password: operator.password }),
      );
      const code = totpCode(keyOn(page), w.app.clock.now());
      const done = await press(browser, page, 'confirm-totp', { code });
      const onward = /id="codes-kept"[^>]*href="([^"]+)"/.exec(done.text)?.[1]?.replaceAll('&amp;', '&') ?? '';
      assert.match((await browser.get(onward)).text, /\sid="allow"/);
    });

    test('gets nothing by the password grant, with a factor or without', async () => {
      const w = world();
      const operator = await w.user({ roles: ['operator'] });
      const client = await w.client({ owner: operator, allow: ['password'] });
      const answer = await w.token(client, {
        grant_type: 'password',
        username: operator.loginId,
        password: operator.password,
      });
      assert.equal(answer.body['error'], 'invalid_grant');
    });

    test('made so while logged in is logged out, and enrols at the next login', async () => {
      const w = world();
      const user = await w.user();
      const browser = w.browser();
      await w.login(browser, user);
      assert.equal(await isLoggedIn(browser), true);
      await w.app.storage.users.grantRole(systemAct(w.app.clock.now()), user.muid, 'operator', null);
      assert.equal(await isLoggedIn(browser), false);
      assert.match((await passwordStep(browser, user)).text, /\sid="confirm-totp"/);
    });

    test('keeps at least one factor, and is led to make one again when all were taken at the terminal', async () => {
      const w = world();
      const operator = await w.user({ roles: ['operator'] });
      const browser = w.browser();
      const page = await passwordStep(browser, operator);
      await press(browser, page, 'confirm-totp', { code: totpCode(keyOn(page), w.app.clock.now()) });
      const refused = await press(browser, await browser.get('/account/security'), 'remove-totp');
      assert.equal(refused.status, 400);
      assert.match(refused.text, /2단계 인증이 하나는 있어야 합니다/);

      assert.equal(await w.app.modules.identity.removeAllFactors(w.app.act(), operator.muid), true);
      assert.equal(await isLoggedIn(browser), false);
      assert.match((await passwordStep(w.browser(), operator)).text, /\sid="confirm-totp"/);
    });

    test('AC-22: whoever has a factor can not make another one on the way in, whatever is posted', async () => {
      const w = world();
      const operator = await w.user({ roles: ['operator'] });
      const [mine, thief] = [w.browser(), w.browser()];
      // Both know the password, and both are shown a key while there is none yet.
      const theirs = await passwordStep(thief, operator);
      const page = await passwordStep(mine, operator);
      await press(mine, page, 'confirm-totp', { code: totpCode(keyOn(page), w.app.clock.now()) });
      const late = await press(thief, theirs, 'confirm-totp', { code: totpCode(keyOn(theirs), w.app.clock.now()) });
      assert.notEqual(late.status, 200);
      assert.equal(await isLoggedIn(thief), false);
      assert.equal(await isLoggedIn(mine), true);
    });

    test('of two who make the first factor at once, one is logged in', async () => {
      const w = world();
      const operator = await w.user({ roles: ['operator'] });
      const browsers = [w.browser(), w.browser()];
      const pages = await Promise.all(browsers.map((browser) => passwordStep(browser, operator)));
      await Promise.all(
        browsers.map((browser, at) => {
          const page = pages[at];
          assert.ok(page);
          return press(browser, page, 'confirm-totp', { code: totpCode(keyOn(page), w.app.clock.now()) });
        }),
      );
      const inside = await Promise.all(browsers.map(isLoggedIn));
      assert.equal(inside.filter(Boolean).length, 1);
    });
  },
  required,
);

onBoth(
  'The first operator',
  (world) => {
    test('is led from the one-time link to the second factor', async () => {
      const w = world();
      const link = /\/setup\?link=\S+/.exec(w.app.announced.join('\n'))?.[0] ?? '';
      const browser = w.browser();
      const page = await browser.get(link);
      const form = formOf(page, 'claim');
      const claimed = await browser.post(form.action, {
        ...form.fields,
        username: 'seojun',
        email: 'seojun@example.com',
        name: '이서준',
        password: 'gyeoul-saebyeok-83',
      });
      const enrol = await browser.follow(claimed);
      assert.match(enrol.text, /\sid="confirm-totp"/);
      assert.equal(await isLoggedIn(browser), false);
      const done = await press(browser, enrol, 'confirm-totp', {
        code: totpCode(keyOn(enrol), w.app.clock.now()),
      });
      assert.equal(done.status, 200);
      assert.equal(await isLoggedIn(browser), true);
    });
  },
  required,
);

onBoth(
  'An operator where the second factor is optional',
  (world) => {
    test('logs in by the password; it is said at every start that this is insecure', async () => {
      const w = world();
      const operator = await w.user({ roles: ['operator'] });
      const browser = w.browser();
      await w.login(browser, operator);
      assert.equal(await isLoggedIn(browser), true);
      assert.match(w.app.announced.join('\n'), /MEDBIZ_OPERATOR_SECOND_FACTOR optional/);
    });
  },
  { config: { operatorSecondFactor: 'optional' } },
);
