import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '#kernel';
import {
  type CreationOptions,
  PRESENT_ONLY,
  type RequestOptions,
  softAuthenticator,
  type Wrong,
} from '../support/authenticator.ts';
import { challengeFor, isLoggedIn, passwordStep, press, showPasskey, userWithPasskey } from '../support/factors.ts';
import { onBoth } from '../support/suite.ts';
import type { World } from '../support/world.ts';

/** A new person's 보안 page with the options of a registration that has begun. */
async function registering(w: World) {
  const user = await w.user();
  const browser = w.browser();
  await w.login(browser, user);
  const page = await browser.get('/account/security');
  return { user, browser, page, options: await challengeFor<CreationOptions>(browser, page, 'add-passkey') };
}

const hasPasskey = async (w: World, user: { muid: Parameters<World['app']['storage']['factors']['of']>[0] }) =>
  (await w.app.storage.factors.of(user.muid)).passkeys.length > 0;

onBoth('A passkey', (world) => {
  test('is a second factor after the password', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    const browser = w.browser();
    const page = await passwordStep(browser, user);
    assert.match(page.text, /\sid="passkey"/);
    assert.equal((await showPasskey(browser, page, passkey)).status, 303);
    assert.equal(await isLoggedIn(browser), true);
  });

  test('is the whole login, without a login id or a password', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    const browser = w.browser();
    assert.equal((await showPasskey(browser, await browser.get('/login'), passkey)).status, 303);
    assert.match((await browser.get('/account')).text, new RegExp(user.loginId));
    const client = await w.client();
    const other = w.browser();
    const page = await other.follow(await other.get(w.authorizeUrl(client)));
    const consent = await other.follow(await showPasskey(other, page, passkey));
    assert.match(consent.text, /\sid="allow"/);
  });

  test('names nobody’s credentials before a password was right', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    const browser = w.browser();
    const before = await challengeFor<RequestOptions & { allowCredentials: unknown[] }>(
      browser,
      await browser.get('/login'),
      'passkey',
    );
    assert.deepEqual(before.allowCredentials, []);
    const after = await challengeFor<RequestOptions & { allowCredentials: { id: string }[] }>(
      browser,
      await passwordStep(browser, user),
      'passkey',
    );
    assert.deepEqual(
      after.allowCredentials.map(({ id }) => id),
      [passkey.credentialId],
    );
  });

  const WRONG_GET: readonly [name: string, wrong: (w: World) => Wrong][] = [
    ['another origin', () => ({ origin: 'https://medbiz.example' })],
    ['our origin on another port', (w) => ({ origin: w.url.replace(/\d+$/, '1') })],
    ['another RP id', () => ({ rpId: 'example.com' })],
    ['the user not verified', () => ({ flags: PRESENT_ONLY })],
    ['nobody present', () => ({ flags: 0 })],
    ['a frame of another site', () => ({ crossOrigin: true })],
    ['a frame of another site that says where', () => ({ crossOrigin: true, topOrigin: 'https://evil.example' })],
    ['a top origin without a frame', () => ({ topOrigin: 'https://evil.example' })],
    ['a challenge of its own', () => ({ challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })],
    ['the answer to a registration', () => ({ type: 'webauthn.create' })],
    ['another user’s handle', () => ({ userHandle: 'AAAAAAAAAAAAAAAAAAAAAA' })],
    ['a credential that nobody has', () => ({ credentialId: 'AAAA' })],
    ['a wrong signature', () => ({ signature: Buffer.from('3006020101020101', 'hex') })],
    ['an endless signature', () => ({ signature: Buffer.alloc(40_000) })],
  ];

  for (const [name, wrong] of WRONG_GET) {
    test(`AC-25: logs nobody in with ${name}, alone or after the password`, async () => {
      const w = world();
      const { user, passkey } = await userWithPasskey(w);
      const alone = w.browser();
      const first = await showPasskey(alone, await alone.get('/login'), passkey, wrong(w));
      assert.equal(first.status, 400);
      assert.match(first.text, /\sid="login"/);
      assert.equal(await isLoggedIn(alone), false);
      const second = w.browser();
      const answer = await showPasskey(second, await passwordStep(second, user), passkey, wrong(w));
      assert.equal(answer.status, 400);
      assert.equal(await isLoggedIn(second), false);
    });
  }

  test('AC-25: without the handle of its user is a second factor and no login by itself', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    const alone = w.browser();
    const refused = await showPasskey(alone, await alone.get('/login'), passkey, { userHandle: null });
    assert.equal(refused.status, 400);
    const second = w.browser();
    const taken = await showPasskey(second, await passwordStep(second, user), passkey, { userHandle: null });
    assert.equal(taken.status, 303);
  });

  test('AC-25: a challenge works once, in its own browser, for its own purpose, for five minutes', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    const browser = w.browser();
    const page = await browser.get('/login');
    const options = await challengeFor<RequestOptions>(browser, page, 'passkey');
    const credential = passkey.get(options);
    assert.equal((await press(browser, page, 'passkey', { credential })).status, 303);
    const again = w.browser();
    const theirs = await again.get('/login');
    assert.equal((await press(again, theirs, 'passkey', { credential })).status, 400, 'replayed');

    const stolen = await challengeFor<RequestOptions>(again, theirs, 'passkey');
    const victim = w.browser();
    const other = await press(victim, await victim.get('/login'), 'passkey', { credential: passkey.get(stolen) });
    assert.equal(other.status, 400, 'of another browser');

    const second = w.browser();
    const plain = await second.get('/login');
    const anybody = await challengeFor<RequestOptions>(second, plain, 'passkey');
    const after = await passwordStep(second, user);
    const mixed = await press(second, after, 'passkey', { credential: passkey.get(anybody) });
    assert.equal(mixed.status, 400, 'of a login without a password');

    const slow = await challengeFor<RequestOptions>(second, after, 'passkey');
    w.app.clock.advance(5 * MINUTE);
    assert.equal((await press(second, after, 'passkey', { credential: passkey.get(slow) })).status, 400, 'too late');
    assert.equal(await isLoggedIn(second), false);
  });

  test('AC-25: a failed answer has used up its challenge', async () => {
    const w = world();
    const { passkey } = await userWithPasskey(w);
    const browser = w.browser();
    const page = await browser.get('/login');
    const options = await challengeFor<RequestOptions>(browser, page, 'passkey');
    const bad = passkey.get(options, { flags: PRESENT_ONLY });
    assert.equal((await press(browser, page, 'passkey', { credential: bad })).status, 400);
    assert.equal((await press(browser, page, 'passkey', { credential: passkey.get(options) })).status, 400);
  });

  test('AC-25: whose counter goes back, or stands still, is a copy and logs nobody in', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    const login = async (): Promise<number> => {
      const browser = w.browser();
      return (await showPasskey(browser, await browser.get('/login'), passkey)).status;
    };
    passkey.counter = 40;
    assert.equal(await login(), 303);
    passkey.counter = 40;
    assert.equal(await login(), 400, 'stands still');
    passkey.counter = 7;
    assert.equal(await login(), 400, 'goes back');
    const rows = await w.app.storage.audit.list({ subject: user.muid, action: 'factor.failed', limit: 5 });
    assert.equal(rows[0]?.reason, 'passkey counter went back');
    passkey.counter = 41;
    assert.equal(await login(), 303);
  });

  test('AC-25: of parallel answers with one counter one logs in; a key that counts nothing may be used at once', async () => {
    const w = world();
    const { passkey } = await userWithPasskey(w);
    const both = async (counter: number): Promise<number[]> => {
      const browsers = [w.browser(), w.browser()];
      const answers: (() => Promise<{ status: number }>)[] = [];
      for (const browser of browsers) {
        const page = await browser.get('/login');
        const options = await challengeFor<RequestOptions>(browser, page, 'passkey');
        passkey.counter = counter - 1;
        const credential = passkey.get(options);
        answers.push(() => press(browser, page, 'passkey', { credential }));
      }
      return (await Promise.all(answers.map((answer) => answer())))
        .map(({ status }) => status)
        .toSorted((a, b) => a - b);
    };
    assert.deepEqual(await both(0), [303, 303]);
    assert.deepEqual(await both(9), [303, 400]);
  });

  const WRONG_CREATE: readonly [name: string, wrong: (w: World) => Wrong][] = [
    ['another origin', () => ({ origin: 'https://medbiz.example' })],
    ['another RP id', () => ({ rpId: 'example.com' })],
    ['the user not verified', () => ({ flags: PRESENT_ONLY })],
    ['a frame of another site', () => ({ crossOrigin: true })],
    ['a challenge of its own', () => ({ challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' })],
    ['the answer to a login', () => ({ type: 'webauthn.get' })],
    ['RSA with SHA-1', () => ({ algorithm: -65_535 })],
    ['an attestation that nobody asked for', () => ({ format: 'tpm' })],
    ['a statement where none belongs', () => ({ padding: 16 })],
    ['huge CBOR', () => ({ padding: 30_000 })],
  ];

  for (const [name, wrong] of WRONG_CREATE) {
    test(`AC-25: is not registered with ${name}`, async () => {
      const w = world();
      const { user, browser, page, options } = await registering(w);
      const credential = softAuthenticator(w.url).create(options, wrong(w));
      assert.equal((await press(browser, page, 'add-passkey', { credential })).status, 400);
      assert.equal(await hasPasskey(w, user), false);
    });
  }

  test('AC-25: is not registered for somebody else, in another session, twice, or too late', async () => {
    const w = world();
    const mine = await registering(w);
    const theirs = await registering(w);
    const stolen = softAuthenticator(w.url).create(mine.options);
    const other = await press(theirs.browser, theirs.page, 'add-passkey', { credential: stolen });
    assert.equal(other.status, 400);
    assert.equal(await hasPasskey(w, theirs.user), false);

    const passkey = softAuthenticator(w.url);
    const done = await press(mine.browser, mine.page, 'add-passkey', { credential: passkey.create(mine.options) });
    assert.equal(done.status, 200);
    const owned = await press(theirs.browser, theirs.page, 'add-passkey', {
      credential: passkey.create(theirs.options),
    });
    assert.equal(owned.status, 400);
    assert.match(owned.text, /이미 등록된 패스키입니다/);
    assert.equal(await hasPasskey(w, theirs.user), false, 'a credential has one owner');

    const late = await challengeFor<CreationOptions>(theirs.browser, theirs.page, 'add-passkey');
    w.app.clock.advance(5 * MINUTE);
    const slow = await press(theirs.browser, theirs.page, 'add-passkey', {
      credential: softAuthenticator(w.url).create(late),
    });
    assert.equal(slow.status, 400);
  });

  test('AC-25: what it says about its make is not believed and not kept', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    const kept = JSON.stringify(await w.app.storage.factors.of(user.muid));
    assert.equal(kept.includes('ee882879'), false);
    assert.match(kept, new RegExp(passkey.credentialId));
  });

  test('AC-27: no part of a ceremony stands in a page; options come as JSON that no browser takes for a page', async () => {
    const w = world();
    const user = await w.user({ name: '</script><script>alert(1)//' });
    const browser = w.browser();
    await w.login(browser, user);
    const page = await browser.get('/account/security');
    assert.doesNotMatch(page.text, /challenge|<\/script><script>/);
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const options = await browser.post('/account/security/passkeys/options', { csrf });
    assert.match(options.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(options.headers.get('x-content-type-options'), 'nosniff');
    assert.match(options.headers.get('content-security-policy') ?? '', /^default-src 'none'/);
    const policy = page.headers.get('content-security-policy') ?? '';
    assert.match(policy, new RegExp(`script-src ${w.url}/assets/passkey\\.[0-9a-f]{16}\\.js;`));
    assert.doesNotMatch(policy, /unsafe|script-src 'self'/);
    assert.doesNotMatch((await browser.get('/account')).headers.get('content-security-policy') ?? '', /script-src/);
  });

  test('garbage in its place is a wrong answer and no fault of ours', async () => {
    const w = world();
    const browser = w.browser();
    const page = await browser.get('/login');
    for (const credential of ['', '{}', '[]', 'null', '{"id":1}', '{"response":{}}', '\u0000', '9'.repeat(20_000)]) {
      const answer = await press(browser, page, 'passkey', { credential });
      assert.equal(answer.status, 400, credential.slice(0, 20));
    }
    const real = JSON.parse(softAuthenticator(w.url).get({ challenge: 'x', rpId: 'localhost' })) as {
      response: Record<string, string>;
    };
    for (const name of Object.keys(real.response)) {
      const credential = JSON.stringify({ ...real, response: { ...real.response, [name]: 'e30' } });
      assert.equal((await press(browser, page, 'passkey', { credential })).status, 400, name);
    }
  });

  test('of a suspended person logs nobody in', async () => {
    const w = world();
    const { user, passkey } = await userWithPasskey(w);
    await w.app.storage.users.setStatus(w.app.act(), user.muid, 'SUSPENDED');
    const browser = w.browser();
    assert.equal((await showPasskey(browser, await browser.get('/login'), passkey)).status, 403);
    assert.equal(await isLoggedIn(browser), false);
  });

  test('that was removed logs nobody in', async () => {
    const w = world();
    const { user, passkey, browser: mine } = await userWithPasskey(w);
    assert.equal((await press(mine, await mine.get('/account/security'), 'remove-passkey-1')).status, 303);
    const browser = w.browser();
    assert.equal((await showPasskey(browser, await browser.get('/login'), passkey)).status, 400);
    await w.login(browser, user);
    assert.equal(await isLoggedIn(browser), true, 'the password is enough again');
  });

  test('begun too often by one address has to wait', async () => {
    const w = world();
    const browser = w.browser();
    const page = await browser.get('/login');
    const csrf = /name="csrf" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    let last = 200;
    for (let i = 0; i < 400 && last === 200; i++) {
      last = (await browser.post('/login/passkey/options', { csrf })).status;
    }
    assert.equal(last, 429);
    w.app.clock.advance(60 * MINUTE);
  });
});
