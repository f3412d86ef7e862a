import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formOf } from '../support/browser.ts';
import { assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { CALLBACK } from '../support/world.ts';

onBoth('The authorization response', (world) => {
  test('OI-18: carries iss and state in success and in error (RFC 9207)', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    for (const params of [{}, { response_type: 'nonsense' }, { scope: 'HEALTH' }, { prompt: 'none' }]) {
      const answer = await w.authorize(client, user, params);
      assert.equal(answer.get('iss'), w.url);
      assert.equal(answer.get('state'), 'st-1');
    }
  });

  test('has no state where none was sent', async () => {
    const w = world();
    const answer = await w.authorize(await w.client(), await w.user(), { state: '' });
    assert.equal(answer.has('state'), false);
  });

  test('RM-01, RM-04: unknown, missing and unregistered response types are told apart', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const asked = async (response_type: string) => (await w.authorize(client, user, { response_type })).get('error');
    assert.equal(await asked(''), 'invalid_request');
    assert.equal(await asked('none'), 'unsupported_response_type');
    assert.equal(await asked('id_token token'), 'unsupported_response_type');
    assert.equal(await asked('code token'), 'unsupported_response_type');
    assert.equal(await asked('token'), 'unauthorized_client');
  });

  test('IMPLICIT ticked means requested: it works only where the operator’s verdict allows it', async () => {
    const w = world();
    const user = await w.user();
    const methods = ['AUTHORIZATION_CODE', 'IMPLICIT', 'REFRESH_TOKEN'] as const;
    const asked = await w.client({ methods });
    assert.equal((await w.authorize(asked, user, { response_type: 'token' })).get('error'), 'unauthorized_client');
    const client = await w.client({ methods, allow: ['implicit'], scopes: ['PROFILE', 'DRIVE', 'HEALTH'] });
    const browser = w.browser();
    const end = await w.walk(browser, await browser.get(w.authorizeUrl(client, { response_type: 'token' })), user);
    const url = new URL(end.location ?? '');
    assert.equal(url.search, '');
    const answer = new URLSearchParams(url.hash.slice(1));
    assert.equal(answer.get('token_type'), 'bearer');
    assert.equal(answer.get('scope'), 'PROFILE');
    assert.ok(Number(answer.get('expires_in')) <= 900);
    assert.equal(answer.has('refresh_token'), false);
    assert.equal((await w.me(answer.get('access_token') ?? '')).status, 200);
    w.app.clock.advance(901_000);
    assert.equal((await w.me(answer.get('access_token') ?? '')).status, 401);
    const health = await w.authorize(client, user, { response_type: 'token', scope: 'HEALTH' });
    assert.equal(health.get('error'), 'invalid_scope');
  });

  test('IMPLICIT taken back while the consent page stands open gives no token', async () => {
    const w = world();
    const user = await w.user();
    const client = await w.client({ methods: ['AUTHORIZATION_CODE', 'IMPLICIT'], allow: ['implicit'] });
    const browser = w.browser();
    await w.login(browser, user);
    const page = await browser.follow(await browser.get(w.authorizeUrl(client, { response_type: 'token' })));
    assert.match(page.text, /id="allow"/);
    await w.app.disallow(client.id, 'implicit');
    const end = await w.walk(browser, page, user);
    const answer = new URLSearchParams(new URL(end.location ?? '').hash.slice(1));
    assert.equal(answer.get('error'), 'unauthorized_client');
    assert.equal(answer.get('access_token'), null);
  });

  test('RM-05, RM-08: a token never travels in a query, and unadvertised modes do not exist', async () => {
    const w = world();
    const client = await w.client({ methods: ['AUTHORIZATION_CODE', 'IMPLICIT'], allow: ['implicit'] });
    const user = await w.user();
    const token = await w.authorize(client, user, { response_type: 'token', response_mode: 'query' });
    assert.equal(token.get('error'), 'invalid_request');
    for (const response_mode of ['jwt', 'form_post.jwt', 'web_message', 'QUERY']) {
      assert.equal((await w.authorize(client, user, { response_mode })).get('error'), 'invalid_request');
    }
  });

  test('response_mode=fragment puts the code behind a #', async () => {
    const w = world();
    const browser = w.browser();
    const client = await w.client();
    const page = await browser.get(w.authorizeUrl(client, { response_mode: 'fragment' }));
    const end = await w.walk(browser, page, await w.user());
    assert.match(end.location ?? '', /^https:\/\/app\.example\.com\/cb#state=st-1&iss=[^&]+&code=mbc_[^&]+$/);
  });

  test('RM-07: response_mode=form_post is a page with a form to the proven URI, escaped, and allowed by the policy', async () => {
    const w = world();
    const browser = w.browser();
    const client = await w.client();
    const state = '"><script>alert(1)</script>';
    const page = await browser.get(w.authorizeUrl(client, { response_mode: 'form_post', state }));
    const end = await w.walk(browser, page, await w.user());
    assert.equal(end.status, 200);
    const form = formOf(end);
    assert.equal(form.action, CALLBACK);
    assert.equal(form.method.toLowerCase(), 'post');
    assert.equal(form.fields['state'], state);
    assert.match(form.fields['code'] ?? '', /^mbc_/);
    assert.equal(end.text.includes('<script>alert'), false);
    assert.match(end.headers.get('content-security-policy') ?? '', /form-action [^;]*https:\/\/app\.example\.com/);
  });

  test('OI-03: prompt=none with another value, or an unknown one, is invalid_request', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    for (const prompt of ['none login', 'nonsense', 'LOGIN']) {
      assert.equal((await w.authorize(client, user, { prompt })).get('error'), 'invalid_request');
    }
  });

  test('OI-02: prompt=none never shows a page: login_required, consent_required, or the code', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    const silent = async () => {
      const page = await browser.get(w.authorizeUrl(client, { prompt: 'none' }));
      assert.ok(page.location?.startsWith(`${CALLBACK}?`), page.text.slice(0, 300));
      return new URL(page.location ?? '').searchParams;
    };
    assert.equal((await silent()).get('error'), 'login_required');
    await w.login(browser, user);
    assert.equal((await silent()).get('error'), 'consent_required');
    await w.authorize(client, user, {}, { browser });
    assert.ok((await silent()).get('code'));
  });

  test('CS-14: prompt=login and max_age really ask for the password again', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    await w.authorize(client, user, {}, { browser });
    w.app.clock.advance(1000);
    const forced = await browser.follow(await browser.get(w.authorizeUrl(client, { prompt: 'login' })));
    assert.match(forced.text, /id="login"/);
    const end = await w.walk(browser, forced, user);
    assert.ok(new URL(end.location ?? '').searchParams.get('code'));
    w.app.clock.advance(120_000);
    const old = await browser.follow(await browser.get(w.authorizeUrl(client, { max_age: '60' })));
    assert.match(old.text, /id="login"/);
    const young = await browser.get(w.authorizeUrl(client, { max_age: '600' }));
    assert.ok(young.location?.startsWith(CALLBACK));
  });

  test('a client may not ask for what it did not register, nor for what does not exist', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DRIVE'] });
    const user = await w.user();
    for (const scope of [
      'HEALTH',
      'PROFILE HEALTH',
      'NOPE',
      'PROFILE,DRIVE',
      'PROFILE\tDRIVE',
      'DRIVE\nPROFILE',
      ' PROFILE',
      'a'.repeat(600),
    ]) {
      assert.equal((await w.authorize(client, user, { scope })).get('error'), 'invalid_scope', scope);
    }
  });

  test('SC-03: scope names are taken in either case, without repeats, and spelled back as they were asked for', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DRIVE'] });
    const user = await w.user();
    assert.equal((await w.tokens(client, user, { scope: 'profile DRIVE profile' })).scope, 'profile DRIVE');
    assert.equal((await w.tokens(client, user)).scope, 'PROFILE DRIVE');
  });

  test('PA-01, PA-08, PA-09: repeated, too many and badly escaped parameters get our own page', async () => {
    const w = world();
    const client = await w.client();
    const browser = w.browser();
    const url = w.authorizeUrl(client);
    assertOwnErrorPage(await browser.get(`${url}&scope=PROFILE&scope=DRIVE`));
    assertOwnErrorPage(await browser.get(`${url}&x=%zz`));
    assertOwnErrorPage(await browser.get(`${url}&x=%ff`));
    assertOwnErrorPage(await browser.get(`${url}&${Array.from({ length: 150 }, (_, i) => `k${i}=1`).join('&')}`));
    const odd = await browser.get(`${url}&client_id[]=x&state[$ne]=1&__proto__=1`);
    assert.equal((await browser.follow(odd)).status, 200, 'brackets are plain unknown names (PA-03)');
  });
});
