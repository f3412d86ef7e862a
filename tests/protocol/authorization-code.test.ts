import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOAuthError, assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { CALLBACK } from '../support/world.ts';

onBoth('The authorization code', (world) => {
  test('logs a user in, asks for consent, and gives tokens that open the profile', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const answer = await w.authorize(client, user);
    assert.equal(answer.get('state'), 'st-1');
    assert.equal(answer.get('iss'), w.url);
    const redeemed = await w.redeem(client, answer.get('code') ?? '');
    assert.equal(redeemed.status, 200);
    assert.equal(String(redeemed.body['token_type']).toLowerCase(), 'bearer');
    assert.equal(redeemed.body['expires_in'], 3600);
    assert.equal(redeemed.body['scope'], 'PROFILE');
    assert.equal(redeemed.headers.get('cache-control'), 'no-store');
    assert.equal(redeemed.headers.get('pragma'), 'no-cache');
    const me = await w.me(String(redeemed.body['access_token']));
    assert.equal(me.status, 200);
    assert.equal(me.body['userId'], user.loginId);
  });

  test('comes last in the query, starts with a letter or digit and needs no URL encoding, as the mobile SDK reads it', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    const end = await w.walk(browser, await browser.get(w.authorizeUrl(client)), user);
    assert.match(end.location ?? '', /[?&]code=[A-Za-z0-9][A-Za-z0-9_-]*$/);
  });

  test('is given without a page when the user is logged in and has consented before', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    await w.authorize(client, user, {}, { browser });
    const again = await browser.get(w.authorizeUrl(client));
    assert.ok(again.location?.startsWith(`${CALLBACK}?`), again.location ?? again.text);
    assert.ok(new URL(again.location ?? '').searchParams.get('code'));
  });

  test('works by POST to the authorization endpoint too, also from another site', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    const asked = Object.fromEntries(new URL(w.authorizeUrl(client)).searchParams);
    const first = await browser.post('/oauth/authorize', asked, {
      origin: 'https://app.example.com',
      'sec-fetch-site': 'cross-site',
    });
    assert.equal(first.status, 303);
    const end = await w.walk(browser, first, user);
    assert.ok(new URL(end.location ?? '').searchParams.get('code'));
  });

  test('CO-01: works once; its replay kills the tokens that it made', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const code = await w.code(client, user);
    const first = await w.redeem(client, code);
    assert.equal(first.status, 200);
    assertOAuthError(await w.redeem(client, code), 400, 'invalid_grant');
    assert.equal((await w.me(String(first.body['access_token']))).status, 401);
    assertOAuthError(await w.refresh(client, String(first.body['refresh_token'])), 400, 'invalid_grant');
  });

  test('CO-05: altered in any way redeems nothing, and still redeems as it was', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const code = await w.code(client, user);
    const flipped = code.slice(0, -1) + (code.endsWith('A') ? 'B' : 'A');
    for (const altered of [
      code.slice(0, -1),
      `${code}A`,
      `${code}=`,
      code.toUpperCase(),
      flipped,
      ` ${code}`,
      `${code}\0`,
    ]) {
      assertOAuthError(
        await w.redeem(client, altered),
        400,
        altered.includes('\0') ? 'invalid_request' : 'invalid_grant',
      );
    }
    assert.equal((await w.redeem(client, code)).status, 200);
  });

  test('CO-07: lives 60 seconds', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const early = await w.code(client, user);
    w.app.clock.advance(59_000);
    assert.equal((await w.redeem(client, early)).status, 200);
    const late = await w.code(client, user);
    w.app.clock.advance(61_000);
    assertOAuthError(await w.redeem(client, late), 400, 'invalid_grant');
  });

  test('RT-07: of one client is nothing to another, and is not burned by its try', async () => {
    const w = world();
    const mine = await w.client();
    const other = await w.client();
    const user = await w.user();
    const code = await w.code(mine, user);
    assertOAuthError(await w.redeem(other, code), 400, 'invalid_grant');
    const answer = await w.redeem(mine, code);
    assert.equal(answer.status, 200);
    assertOAuthError(await w.redeem(other, code), 400, 'invalid_grant');
    assert.equal(
      (await w.me(String(answer.body['access_token']))).status,
      200,
      'the other client’s replay kills nothing',
    );
  });

  test('CO-04: of a confidential client is not redeemed by its name alone', async () => {
    const w = world();
    const client = await w.client();
    const code = await w.code(client, await w.user());
    assertOAuthError(await w.redeem(client, code, {}, 'none'), 401, 'invalid_client');
    assert.equal((await w.redeem(client, code)).status, 200);
  });

  test('is bound to the redirect URI of its request', async () => {
    const w = world();
    const client = await w.client({ redirectUris: [CALLBACK, 'https://app.example.com/other'] });
    const code = await w.code(client, await w.user());
    assertOAuthError(
      await w.redeem(client, code, { redirect_uri: 'https://app.example.com/other' }),
      400,
      'invalid_grant',
    );
    assertOAuthError(await w.token(client, { grant_type: 'authorization_code', code }), 400, 'invalid_grant');
    assert.equal((await w.redeem(client, code)).status, 200);
  });

  test('redeems without a redirect URI for a client that registered exactly one', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    for (const params of [{}, { redirect_uri: '' }]) {
      const code = await w.code(client, user, params);
      assert.equal((await w.token(client, { grant_type: 'authorization_code', code })).status, 200);
    }
  });

  test('CO-02: of 50 parallel redemptions exactly one wins and the others are a clean invalid_grant', async () => {
    const w = world();
    const client = await w.client();
    const code = await w.code(client, await w.user());
    const answers = await Promise.all(Array.from({ length: 50 }, () => w.redeem(client, code)));
    assert.equal(answers.filter(({ status }) => status === 200).length, 1);
    for (const answer of answers.filter(({ status }) => status !== 200)) assertOAuthError(answer, 400, 'invalid_grant');
  });

  test('is refused when the user says no, with state and issuer', async () => {
    const w = world();
    const answer = await w.authorize(await w.client(), await w.user(), {}, { deny: true });
    assert.equal(answer.get('error'), 'access_denied');
    assert.equal(answer.get('state'), 'st-1');
    assert.equal(answer.get('iss'), w.url);
    assert.equal(answer.get('code'), null);
  });

  test('is not for clients without AUTHORIZATION_CODE, and no refresh token comes without REFRESH_TOKEN', async () => {
    const w = world();
    const user = await w.user();
    const only = await w.client({ methods: ['AUTHORIZATION_CODE'] });
    const answer = await w.redeem(only, await w.code(only, user));
    assert.equal('refresh_token' in answer.body, false);
    const none = await w.client({ methods: ['REFRESH_TOKEN'], redirectUris: [CALLBACK] });
    const refused = await w.authorize(none, user);
    assert.equal(refused.get('error'), 'unauthorized_client');
  });

  test('an unknown client, a missing one, and a look-alike of a known one get our own page (CA-19)', async () => {
    const w = world();
    const client = await w.client();
    const browser = w.browser();
    for (const id of ['', 'f'.repeat(32), client.id.toUpperCase(), `${client.id} `, `${client.id}\0`]) {
      assertOwnErrorPage(await browser.get(w.authorizeUrl({ ...client, id })));
    }
  });

  test('CO-16: a prefetching browser gets no code', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    await w.authorize(client, user, {}, { browser });
    const page = await browser.get(w.authorizeUrl(client), { 'sec-purpose': 'prefetch' });
    assert.equal(page.location, null);
    assert.ok(page.status >= 400 && page.status < 500);
  });
});
