import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Form, formOf, type Page } from '../support/browser.ts';
import { assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { CALLBACK, type World } from '../support/world.ts';

/** The login form of a browser that nobody has logged in with. */
async function loginForm(
  w: World,
  browser = w.browser(),
): Promise<{ form: Form; browser: ReturnType<World['browser']> }> {
  return { browser, form: formOf(await browser.get('/login'), 'login') };
}

async function tryLogin(w: World, username: string, password: string): Promise<Page> {
  const { form, browser } = await loginForm(w);
  return browser.post(form.action, { ...form.fields, username, password });
}

/** What a page says, without what stands in every answer anew and without the name that was typed. */
const sayingOf = (page: Page, typed: string): string =>
  page.text
    .replaceAll(/value="[A-Za-z0-9_-]{43}"/g, '')
    .replaceAll(typed, '')
    .replaceAll(/[0-9a-f]{32}/g, '');

onBoth('The login page', (world) => {
  test('CS-08: takes a form from the browser that it was given to, and from no other', async () => {
    const w = world();
    const [attacker, user] = [await w.user(), await w.user()];
    // The attacker's own form, with his own password, posted from the victim's browser.
    const { form } = await loginForm(w);
    const victim = w.browser();
    const credentials = { username: attacker.loginId, password: attacker.password };
    assert.equal((await victim.post(form.action, { ...form.fields, ...credentials })).status, 403);
    await victim.get('/login');
    assert.equal((await victim.post(form.action, { ...form.fields, ...credentials })).status, 403);
    assert.equal(victim.cookies.has('medbiz'), false);
    // Without the field, and from another site with it.
    const { form: own, browser } = await loginForm(w);
    const right = { username: user.loginId, password: user.password };
    assert.equal((await browser.post(own.action, right)).status, 403);
    const foreign = await browser.post(own.action, { ...own.fields, ...right }, { origin: 'https://evil.example' });
    assert.equal(foreign.status, 403);
    assert.equal((await browser.post(own.action, { ...own.fields, ...right })).status, 303);
  });

  test('AC-01, AC-03: answers an unknown login id, a wrong password and every dressed-up name alike, in words and in work', async () => {
    const w = world();
    const user = await w.user();
    const password = 'not-the-right-one-7';
    const cases = [
      user.loginId,
      'nobody-of-this-name',
      `${user.loginId.toUpperCase()} `,
      'ａｄｍｉｎ',
      'admin',
      'аdmin',
    ];
    const sayings = new Set<string>();
    const work: number[] = [];
    for (const name of cases) {
      const before = process.cpuUsage();
      const page = await tryLogin(w, name, password);
      const { user: busy, system } = process.cpuUsage(before);
      work.push((busy + system) / 1000);
      assert.equal(page.status, 400, name);
      sayings.add(sayingOf(page, name));
    }
    assert.equal(sayings.size, 1);
    // Somebody who is not there costs a whole hash, too: one that was skipped would show as next to nothing.
    assert.ok(Math.min(...work) > 8 && Math.min(...work) > Math.max(...work) / 6, JSON.stringify(work));
  });

  test('AC-09: refuses a password that nobody can have before it is hashed, like any wrong one', async () => {
    const w = world();
    const user = await w.user();
    for (const password of ['x'.repeat(1025), '한'.repeat(400), 'a\0b']) {
      const before = process.cpuUsage();
      const page = await tryLogin(w, user.loginId, password.replaceAll('\0', '\u0001\0'.slice(1)));
      assert.equal(page.status, 400);
      const { user: busy } = process.cpuUsage(before);
      assert.ok(busy < 200_000);
    }
    const { form, browser } = await loginForm(w);
    const huge = await browser.post(form.action, {
      ...form.fields,
      username: user.loginId,
      password: 'x'.repeat(1 << 20),
    });
    assert.equal(huge.status, 413);
    assert.equal((await tryLogin(w, user.loginId, user.password)).status, 303);
  });

  test('CS-13: takes no session from the URL', async () => {
    const w = world();
    const browser = w.browser();
    await w.login(browser, await w.user());
    const session = browser.cookies.get('medbiz') ?? '';
    const stranger = w.browser();
    for (const path of [`/account?medbiz=${session}`, `/account?sid=${session}`, `/account;jsessionid=${session}`]) {
      const page = await stranger.get(path);
      assert.ok(page.status === 404 || (page.location ?? '').includes('/login'), path);
    }
  });

  test('a new login gets a new session, and the one before ends (session fixation)', async () => {
    const w = world();
    const [first, second] = [await w.user(), await w.user()];
    const browser = w.browser();
    await w.login(browser, first);
    const planted = browser.cookies.get('medbiz') ?? '';
    await browser.post('/logout', formOf(await browser.get('/account'), 'logout').fields);
    const victim = w.browser();
    victim.cookies.set('medbiz', planted);
    await w.login(victim, second);
    assert.notEqual(victim.cookies.get('medbiz'), planted);
    const attacker = w.browser();
    attacker.cookies.set('medbiz', planted);
    assert.match((await attacker.get('/account')).location ?? '', /\/login/);
  });
});

onBoth('Guessing from a rented network', (world) => {
  test('AC-06: a /56 of IPv6 is blocked as a whole, though each of its addresses guesses once, and its neighbours are not', async () => {
    const w = world();
    const user = await w.user();
    const { modules } = w.app;
    const from = (n: number, network = 0x200) =>
      `2001:db8:1:${(network + (n % 256)).toString(16)}::${Math.floor(n / 256) + 1}`;
    const guess = (name: string, address: string) => modules.identity.checkPassword(name, '', w.app.act(), address);
    for (let n = 0; n < 240; n++) assert.equal(await guess(`nobody-${n}`, from(n)), 'wrong', String(n));
    assert.ok(typeof (await guess('nobody-else', from(241))) === 'object');
    const neighbour = await modules.identity.checkPassword(user.loginId, user.password, w.app.act(), from(0, 0x300));
    assert.ok(typeof neighbour === 'object' && 'user' in neighbour);
  });
});

onBoth('The steps of a login', (world) => {
  test('CS-20: can not be skipped: consent before login, a second login form, empty posts and steps of another ticket', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    const login = await browser.follow(await browser.get(w.authorizeUrl(client)));
    const ticket = new URL(login.url).searchParams.get('ticket') ?? '';
    const form = formOf(login, 'login');

    const early = await browser.post('/signin/consent', { ticket, csrf: form.fields['csrf'] ?? '', decision: 'allow' });
    assert.match((await browser.follow(early)).text, /id="login"/, 'back to the login');
    for (const path of ['/signin/login', '/signin/consent']) assertOwnErrorPage(await browser.post(path, {}));
    for (const forged of ['', 'x', `${ticket.slice(0, -1)}0`]) {
      assertOwnErrorPage(await browser.post('/signin/consent', { ticket: forged, decision: 'allow' }));
      assertOwnErrorPage(await browser.get(`/signin?ticket=${forged}`));
    }

    const consent = await browser.follow(
      await browser.post(form.action, { ...form.fields, username: user.loginId, password: user.password }),
    );
    const agree = formOf(consent, 'allow');
    const undecided = await browser.follow(
      await browser.post(agree.action, { ticket, csrf: agree.fields['csrf'] ?? '' }),
    );
    assert.match(undecided.location ?? '', /error=access_denied/, 'no decision is no consent');
    assert.equal((await browser.post(agree.action, { ...agree.fields, decision: 'allow' })).status, 409);
  });

  test('RM-02: nothing in the forms changes what was asked for', async () => {
    const w = world();
    const client = await w.client({
      methods: ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'],
      allow: ['implicit'],
    });
    const user = await w.user();
    const browser = w.browser();
    const forged = {
      response_type: 'token',
      response_mode: 'fragment',
      client_data: 'eyJydCI6InRva2VuIn0',
      redirect_uri: 'https://evil.example/cb',
      state: 'forged',
      code_challenge: 'x',
    };
    const form = formOf(await browser.follow(await browser.get(w.authorizeUrl(client))), 'login');
    const consent = await browser.follow(
      await browser.post(form.action, { ...form.fields, ...forged, username: user.loginId, password: user.password }),
    );
    const agree = formOf(consent, 'allow');
    const end = await browser.follow(
      await browser.post(agree.action, { ...agree.fields, ...forged, decision: 'allow' }),
    );
    const location = new URL(end.location ?? '');
    assert.equal(location.origin + location.pathname, CALLBACK);
    assert.deepEqual([...location.searchParams.keys()], ['state', 'iss', 'code']);
    assert.equal(location.searchParams.get('state'), 'st-1');
    assert.equal(location.hash, '');
  });

  test('CS-16: nothing of these pages is kept by the browser for whoever presses Back', async () => {
    const w = world();
    const browser = w.browser();
    await w.login(browser, await w.user());
    for (const path of ['/account', '/account/password', '/account/connections', '/login', '/signup']) {
      assert.equal((await browser.get(path)).headers.get('cache-control'), 'no-store', path);
    }
  });
});
