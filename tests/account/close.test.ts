import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { DAY, SECOND } from '#kernel';
import { type Browser, formOf, type Page } from '../support/browser.ts';
import { makeDevice, makeProduct, post } from '../support/devices.ts';
import { isLoggedIn, passwordStep, press, userWithTotp } from '../support/factors.ts';
import { share } from '../support/health.ts';
import { onBoth } from '../support/suite.ts';
import type { TestUser, World } from '../support/world.ts';

async function closing(w: World, user: TestUser, more: Record<string, string> = {}, given?: Browser): Promise<Page> {
  const browser = given ?? w.browser();
  if (given === undefined) await w.login(browser, user);
  const page = await browser.get('/account/close');
  return press(browser, page, 'close-account', {
    kept: 'on',
    'login-id': user.loginId,
    password: user.password,
    ...more,
  });
}

onBoth('Closing the account', (world) => {
  test('ends everything at once: sessions, grants, tokens, consents, factors', async () => {
    const w = world();
    const { user, browser } = await userWithTotp(w);
    const client = await w.client();
    const end = await w.walk(browser, await browser.get(w.authorizeUrl(client)), user);
    const code = new URL(end.location ?? '').searchParams.get('code') ?? '';
    const tokens = (await w.redeem(client, code)).body;
    const spare = await w.walk(browser, await browser.get(w.authorizeUrl(client)), user);
    const unused = new URL(spare.location ?? '').searchParams.get('code') ?? '';
    assert.equal((await w.me(String(tokens['access_token']))).status, 200);

    const closed = await closing(w, user, {}, browser);
    assert.match(closed.location ?? '', /\/closed$/);
    assert.equal(closed.headers.get('clear-site-data'), '"storage"');
    assert.match((await browser.follow(closed)).text, /탈퇴했습니다/);
    assert.equal(await isLoggedIn(browser), false);
    assert.equal((await w.me(String(tokens['access_token']))).status, 401);
    assert.equal((await w.refresh(client, String(tokens['refresh_token']))).body['error'], 'invalid_grant');
    assert.equal((await w.redeem(client, unused)).body['error'], 'invalid_grant');
    const again = await passwordStep(w.browser(), user);
    assert.equal(again.status, 400, 'like an unknown login id');
  });

  test('removes what told who it was, and keeps what proves that consent was given', async () => {
    const w = world();
    const user = await w.user({ name: '남궁하늘빛' });
    const client = await w.client();
    await w.tokens(client, user);
    assert.equal((await closing(w, user)).status, 303);
    const held = await w.app.storage.closing.held(user.muid);
    const text = JSON.stringify(held);
    for (const secret of [user.name, user.email, user.loginId, '1990-05-17']) {
      assert.equal(text.includes(secret), false, secret);
    }
    const events = held?.['consents'] as { action: string }[];
    assert.deepEqual(events.map(({ action }) => action).toSorted(), ['GRANT', 'WITHDRAW']);
    const kept = held?.['profile'] as { status: string; userMuid: string };
    assert.equal(kept.status, 'CLOSED');
    assert.deepEqual(held?.['sessions'], []);
    const chain = await w.app.storage.audit.sealPending(w.app.clock.now()).then(() => w.app.storage.audit.verify());
    assert.deepEqual(chain.broken, []);
  });

  test('AC-30: the login id is never given to anybody again, in no spelling, and nothing is inherited', async () => {
    const w = world();
    const user = await w.user();
    const client = await w.client();
    await w.tokens(client, user);
    await closing(w, user);
    for (const loginId of [user.loginId, user.loginId.toUpperCase()]) {
      const taken = await w.app.modules.identity.createUser(w.app.act(), {
        loginId,
        email: 'new@example.com',
        name: '김하늘',
        birthday: '1990-05-17',
        gender: 'FEMALE',
        password: 'gyeoul-saebyeok-83',
        roles: [],
      });
      assert.deepEqual(taken, { ok: false, problem: { loginId: 'taken' } });
    }
    const browser = w.browser();
    const page = await browser.get('/signup');
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const answer = await browser.post('/signup', {
      csrf,
      username: user.loginId,
      password: 'gyeoul-saebyeok-83',
      email: 'new@example.com',
      name: '김하늘',
      birthday: '1990-05-17',
      agree: 'on',
    });
    assert.match(answer.text, /이미 쓰였던 아이디입니다/);
  });

  test('needs the box, the login id and the password, and counts the password like any other try', async () => {
    const w = world();
    const user = await w.user();
    const browser = w.browser();
    await w.login(browser, user);
    const page = await browser.get('/account/close');
    const close = (fields: Record<string, string>) => press(browser, page, 'close-account', fields);
    const all = { kept: 'on', 'login-id': user.loginId, password: user.password };
    assert.match((await close({ ...all, kept: '' })).text, /내려받았는지 확인하고 표시해 주세요/);
    assert.match((await close({ ...all, 'login-id': 'somebody' })).text, /아이디와 다릅니다/);
    for (let i = 0; i < 5; i++) {
      assert.match((await close({ ...all, password: 'wrong-password-1' })).text, /비밀번호가 맞지 않습니다/);
    }
    assert.equal((await close(all)).status, 429);
    assert.equal(await isLoggedIn(browser), true);
  });

  test('is refused to the owner of a living application, who is told which; others of theirs go along', async () => {
    const w = world();
    const owner = await w.user({ roles: ['developer'] });
    const client = await w.client({ owner, name: '살아있는 앱' });
    const pending = await w.client({ owner, status: 'PENDING' });
    const browser = w.browser();
    await w.login(browser, owner);
    const page = await browser.get('/account/close');
    assert.match(page.text, /살아있는 앱/);
    assert.doesNotMatch(page.text, /\sid="close-account"/);
    const csrf = formOf(await browser.get('/account'), 'logout').fields['csrf'] ?? '';
    const forced = { csrf, kept: 'on', 'login-id': owner.loginId, password: owner.password };
    assert.equal((await browser.post('/account/close', forced)).status, 409);
    assert.equal(await isLoggedIn(browser), true);

    await w.app.review(client.id, 'suspend');
    assert.equal((await closing(w, owner, {}, browser)).status, 303);
    for (const { id } of [client, pending]) {
      const answer = await w.browser().get(w.authorizeUrl({ ...client, id }));
      assert.equal(answer.status, 400, 'nobody can use it any more');
      assert.equal(answer.location, null);
    }
  });

  test('of two closings at once one closes; a login beside it does not live', async () => {
    const w = world();
    const user = await w.user();
    const [one, two, beside] = [w.browser(), w.browser(), w.browser()];
    await w.login(one, user);
    await w.login(two, user);
    const answers = await Promise.all([closing(w, user, {}, one), closing(w, user, {}, two), w.login(beside, user)]);
    const closed = answers.filter((answer) => answer?.location?.endsWith('/closed'));
    assert.equal(closed.length, 1);
    assert.equal(await isLoggedIn(beside), false);
  });

  test('the export holds everything about the person, and no secret', async () => {
    const w = world();
    const { user, key, codes, browser } = await userWithTotp(w);
    const client = await w.client();
    await w.walk(browser, await browser.get(w.authorizeUrl(client)), user);
    const file = await browser.get('/account/export');
    assert.equal(file.status, 200);
    assert.match(file.headers.get('content-type') ?? '', /^application\/json/);
    assert.match(
      file.headers.get('content-disposition') ?? '',
      /^attachment; filename="medbiz-\d{4}-\d\d-\d\d\.json"$/,
    );
    const held = JSON.parse(file.text) as Record<string, unknown>;
    assert.deepEqual(Object.keys(held), [
      'exportedAt',
      'profile',
      'contacts',
      'agreements',
      'security',
      'sessions',
      'connections',
      'devices',
      'shares',
      'consents',
      'clients',
      'records',
    ]);
    const [consent] = held['consents'] as { notice: { recipient: string; items: string[] } }[];
    assert.equal(consent?.notice.recipient, '김하늘');
    assert.ok((consent?.notice.items.length ?? 0) > 0);
    assert.match(file.text, new RegExp(user.email));
    assert.match(file.text, /"authenticatorApp"/);
    assert.match(file.text, /"user\.exported"/);
    const secrets = [key.replaceAll(' ', ''), ...codes, browser.cookies.get('medbiz') ?? '', user.password];
    for (const secret of secrets) assert.equal(file.text.includes(secret), false);
    assert.doesNotMatch(file.text, /argon2|digest|sealed/);
  });

  test('erases what devices measured, lets the devices go, and ends shares from both sides', async () => {
    const w = world();
    const [user, friend] = [await w.user(), await w.user()];
    const device = await makeDevice(w, await makeProduct(w));
    const wish = { device: device.muid, id: `holding-${device.muid.slice(0, 17)}`, nickname: '거실 혈압계' };
    await w.app.storage.ownDevices.add(w.app.act(), user.muid, wish);
    for (let i = 0; i < 3; i++) {
      w.app.clock.advance(SECOND);
      const values = { systolic: 120 + i, diastolic: 80, map: 93, pulse: 60 };
      assert.equal((await post(w, device.muid, device.secret, 'bloodpressure', values)).status, 201);
    }
    await share(w, user, friend, null);
    await share(w, friend, user, null);
    assert.equal((await w.app.storage.ownHealth.summary(user.muid))[0]?.count, 3);

    assert.equal((await closing(w, user)).status, 303);
    const others = { systolic: 99, diastolic: 80, map: 93, pulse: 60 };
    await post(w, device.muid, device.secret, 'bloodpressure', others);
    const held = await w.app.storage.closing.held(user.muid);
    assert.equal(JSON.stringify(held).includes('거실 혈압계'), false);
    const shares = held?.['shares'] as { endedAt: string | null }[];
    assert.ok(shares.length > 0 && shares.every(({ endedAt }) => endedAt !== null));
    const theirs = (await w.app.storage.closing.held(friend.muid))?.['shares'] as { with: string; endedAt: string }[];
    assert.ok(theirs.every(({ with: name, endedAt }) => name === '' && endedAt !== null));
    // The job runs by itself, a quarter of a second later at most.
    for (let wait = 0; wait < 100; wait++) {
      if ((await w.app.storage.ownHealth.summary(user.muid)).length === 0) break;
      await delay(50);
    }
    assert.deepEqual(await w.app.storage.ownHealth.summary(user.muid), []);
  });

  test('the reference of a closed account is forgotten after two years, and the chain stays whole', async () => {
    const w = world();
    const user = await w.user();
    await closing(w, user);
    await w.app.storage.audit.sealPending(w.app.clock.now());
    const about = () => w.app.storage.audit.list({ subject: user.muid, limit: 5 });
    await w.app.storage.grants.sweep(w.app.clock.now() + 700 * DAY, 500);
    assert.notEqual((await about()).length, 0);
    await w.app.storage.grants.sweep(w.app.clock.now() + 740 * DAY, 500);
    assert.deepEqual(await about(), []);
    assert.deepEqual((await w.app.storage.audit.verify()).broken, []);
  });
});

onBoth('The last operator', (world) => {
  test('can not leave the platform without one', async () => {
    const w = world();
    const { user, browser } = await userWithTotp(w);
    await w.app.storage.users.grantRole(w.app.act(), user.muid, 'operator', null);
    const page = await browser.get('/account/close');
    assert.match(page.text, /\sid="last-operator"/);
    const csrf = formOf(await browser.get('/account'), 'logout').fields['csrf'] ?? '';
    const forced = { csrf, kept: 'on', 'login-id': user.loginId, password: user.password };
    assert.equal((await browser.post('/account/close', forced)).status, 409);
    await w.user({ roles: ['operator'] });
    assert.equal((await browser.post('/account/close', forced)).status, 303);
  });
});
