import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOAuthError } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';

onBoth('Revocation (RFC 7009)', (world) => {
  for (const [which, hint] of [
    ['access_token', 'access_token'],
    ['refresh_token', 'refresh_token'],
    ['access_token', 'refresh_token'],
    ['refresh_token', 'nonsense'],
  ] as const) {
    test(`of the ${which} with the hint ${hint} ends the whole family (RT-21)`, async () => {
      const w = world();
      const client = await w.client();
      const tokens = await w.tokens(client, await w.user());
      const answer = await w.post('/oauth/revoke', client, { token: tokens[which], token_type_hint: hint });
      assert.equal(answer.status, 200);
      assert.equal((await w.me(tokens.access_token)).status, 401);
      assertOAuthError(await w.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
    });
  }

  test('of something unknown is a success; of another client’s token it is refused and ends nothing', async () => {
    const w = world();
    const client = await w.client();
    const other = await w.client();
    const tokens = await w.tokens(client, await w.user());
    for (const token of ['x', 'mba_nothing', tokens.access_token.slice(0, -1), 'a'.repeat(5000)]) {
      assert.equal((await w.post('/oauth/revoke', client, { token })).status, 200);
    }
    assertOAuthError(await w.post('/oauth/revoke', client, {}), 400, 'invalid_request');
    assertOAuthError(await w.post('/oauth/revoke', other, { token: tokens.access_token }), 400, 'invalid_grant');
    assert.equal((await w.me(tokens.access_token)).status, 200);
  });

  test('RT-18: works for a public client with its name alone', async () => {
    const w = world();
    const client = await w.client({ type: 'spa' });
    const tokens = await w.tokens(client, await w.user());
    assert.equal((await w.post('/oauth/revoke', client, { token: tokens.refresh_token })).status, 200);
    assert.equal((await w.me(tokens.access_token)).status, 401);
  });
});

onBoth('grant_type=delete', (world) => {
  test('ends the whole grant and answers as the platform always did', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    const answer = await w.token(client, { grant_type: 'delete', access_token: tokens.access_token });
    assert.equal(answer.status, 200);
    assert.deepEqual(answer.body, { access_token: tokens.access_token, result: 'success' });
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
    const again = await w.token(client, { grant_type: 'delete', access_token: tokens.access_token });
    assert.equal(again.body['result'], 'success');
  });

  test('of an unknown token is a success, of another client’s invalid_grant, and needs the client’s secret', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    assert.equal((await w.token(client, { grant_type: 'delete', access_token: 'unknown' })).body['result'], 'success');
    const other = await w.token(await w.client(), { grant_type: 'delete', access_token: tokens.access_token });
    assertOAuthError(other, 400, 'invalid_grant');
    const bare = await w.token(client, { grant_type: 'delete', access_token: tokens.access_token }, 'none');
    assertOAuthError(bare, 401, 'invalid_client');
    assert.equal((await w.me(tokens.access_token)).status, 200);
  });
});

onBoth('Introspection (RFC 7662)', (world) => {
  test('tells a client about its own access and refresh token, in canonical spelling', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const tokens = await w.tokens(client, user, { scope: 'profile' });
    assert.equal(tokens.scope, 'profile');
    const access = await w.post('/oauth/introspect', client, { token: tokens.access_token });
    assert.equal(access.body['active'], true);
    assert.equal(access.body['scope'], 'PROFILE');
    assert.equal(access.body['client_id'], client.id);
    assert.equal(access.body['sub'], user.muid);
    assert.equal(access.body['username'], user.loginId);
    assert.equal(Number(access.body['exp']) - Number(access.body['iat']), 3600);
    const refresh = await w.post('/oauth/introspect', client, { token: tokens.refresh_token });
    assert.equal(refresh.body['active'], true);
  });

  // simple-oauth2 refuses every answer that is not JSON, an empty one too.
  test('a revocation answers JSON', async () => {
    const w = world();
    const client = await w.client();
    const answer = await fetch(`${w.url}/oauth/revoke`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ token: 'unknown', client_id: client.id, client_secret: client.secret }).toString(),
    });
    assert.equal(answer.status, 200);
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    assert.deepEqual(await answer.json(), {});
  });

  test('RT-24, RT-25: says inactive, and nothing else, of everything that is not the caller’s', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    const other = await w.client();
    for (const token of [tokens.access_token, tokens.refresh_token, 'garbage', '']) {
      const answer = await w.post('/oauth/introspect', other, { token });
      if (token === '') assertOAuthError(answer, 400, 'invalid_request');
      else assert.deepEqual(answer.body, { active: false });
    }
    w.app.clock.advance(3_601_000);
    assert.deepEqual((await w.post('/oauth/introspect', client, { token: tokens.access_token })).body, {
      active: false,
    });
  });

  test('shows a resource server, made one by the operator, the access tokens of others, never their refresh tokens', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    const resource = await w.client({ allow: ['resource-server'] });
    assert.equal((await w.post('/oauth/introspect', resource, { token: tokens.access_token })).body['active'], true);
    const refresh = await w.post('/oauth/introspect', resource, { token: tokens.refresh_token });
    assert.deepEqual(refresh.body, { active: false });
  });

  test('is for clients that prove who they are', async () => {
    const w = world();
    const spa = await w.client({ type: 'spa' });
    const tokens = await w.tokens(spa, await w.user());
    assertOAuthError(await w.post('/oauth/introspect', spa, { token: tokens.access_token }), 401, 'invalid_client');
  });
});
