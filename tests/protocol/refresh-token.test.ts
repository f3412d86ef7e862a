import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOAuthError } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';

onBoth('The refresh token', (world) => {
  test('of a web client is kept: the answer names the same one, and both work again', async () => {
    const w = world();
    const client = await w.client();
    const first = await w.tokens(client, await w.user());
    for (let turn = 0; turn < 2; turn++) {
      const answer = await w.refresh(client, first.refresh_token);
      assert.equal(answer.status, 200);
      assert.equal(answer.body['refresh_token'], first.refresh_token);
      assert.notEqual(answer.body['access_token'], first.access_token);
      assert.equal((await w.me(String(answer.body['access_token']))).status, 200);
    }
  });

  for (const type of ['spa', 'native'] as const) {
    test(`of a ${type} client rotates`, async () => {
      const w = world();
      const client = await w.client({ type });
      const first = await w.tokens(client, await w.user());
      const second = await w.refresh(client, first.refresh_token);
      assert.equal(second.status, 200);
      assert.notEqual(second.body['refresh_token'], first.refresh_token);
      assert.equal((await w.refresh(client, String(second.body['refresh_token']))).status, 200);
    });
  }

  test('RT-12: the same request again within 10 seconds gets the very same answer', async () => {
    const w = world();
    const client = await w.client({ type: 'spa' });
    const first = await w.tokens(client, await w.user());
    const second = await w.refresh(client, first.refresh_token);
    w.app.clock.advance(9_000);
    const again = await w.refresh(client, first.refresh_token);
    assert.deepEqual(again.body, second.body);
    assert.equal((await w.me(String(again.body['access_token']))).status, 200);
  });

  test('RT-01: reused after 10 seconds ends the whole grant', async () => {
    const w = world();
    const client = await w.client({ type: 'spa' });
    const first = await w.tokens(client, await w.user());
    const second = await w.refresh(client, first.refresh_token);
    w.app.clock.advance(11_000);
    assertOAuthError(await w.refresh(client, first.refresh_token), 400, 'invalid_grant');
    assert.equal((await w.me(String(second.body['access_token']))).status, 401);
    assertOAuthError(await w.refresh(client, String(second.body['refresh_token'])), 400, 'invalid_grant');
  });

  test('RT-03: reused after its successor was used ends the whole grant, even in the same second', async () => {
    const w = world();
    const client = await w.client({ type: 'spa' });
    const first = await w.tokens(client, await w.user());
    const second = await w.refresh(client, first.refresh_token);
    const third = await w.refresh(client, String(second.body['refresh_token']));
    assert.equal(third.status, 200);
    assertOAuthError(await w.refresh(client, first.refresh_token), 400, 'invalid_grant');
    assert.equal((await w.me(String(third.body['access_token']))).status, 401);
  });

  test('reused with another scope ends the whole grant', async () => {
    const w = world();
    const client = await w.client({ type: 'spa', scopes: ['PROFILE', 'DEVICE'] });
    const first = await w.tokens(client, await w.user());
    const second = await w.refresh(client, first.refresh_token);
    assertOAuthError(await w.refresh(client, first.refresh_token, { scope: 'DEVICE' }), 400, 'invalid_grant');
    assert.equal((await w.me(String(second.body['access_token']))).status, 401);
  });

  test('RT-01: reused with a scope of which nothing is left ends the grant too: the scope does not hide the reuse', async () => {
    const w = world();
    const client = await w.client({ type: 'spa', scopes: ['PROFILE', 'DEVICE'] });
    const first = await w.tokens(client, await w.user());
    const second = await w.refresh(client, first.refresh_token);
    assertOAuthError(await w.refresh(client, first.refresh_token, { scope: 'HEALTH' }), 400, 'invalid_grant');
    assert.equal((await w.me(String(second.body['access_token']))).status, 401);
  });

  test('used 100 times in parallel has one successor: everybody who is answered gets the same', async () => {
    const w = world();
    const client = await w.client({ type: 'spa' });
    const first = await w.tokens(client, await w.user());
    const answers = await Promise.all(Array.from({ length: 100 }, () => w.refresh(client, first.refresh_token)));
    const won = answers.filter(({ status }) => status === 200);
    assert.ok(won.length >= 1);
    assert.equal(new Set(won.map(({ body }) => body['refresh_token'])).size, 1);
    assert.equal(new Set(won.map(({ body }) => body['access_token'])).size, 1);
    for (const answer of answers.filter(({ status }) => status !== 200)) assertOAuthError(answer, 400, 'invalid_grant');
  });

  test('RT-06, RT-07: needs its own client, and the client its secret', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    assertOAuthError(await w.refresh(client, tokens.refresh_token, {}, 'none'), 401, 'invalid_client');
    assertOAuthError(await w.refresh(await w.client(), tokens.refresh_token), 400, 'invalid_grant');
    assert.equal((await w.refresh(client, tokens.refresh_token)).status, 200);
  });

  test('RT-13: is no access token, and an access token is no refresh token', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    assert.equal((await w.me(tokens.refresh_token)).status, 401);
    assertOAuthError(await w.refresh(client, tokens.access_token), 400, 'invalid_grant');
  });

  test('narrows the scope on request, intersects, and refuses only when nothing remains', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'] });
    const tokens = await w.tokens(client, await w.user());
    assert.equal(tokens.scope, 'PROFILE DEVICE');
    const narrow = await w.refresh(client, tokens.refresh_token, { scope: 'DEVICE HEALTH' });
    assert.equal(narrow.body['scope'], 'DEVICE');
    assert.equal((await w.me(String(narrow.body['access_token']))).status, 403);
    assertOAuthError(await w.refresh(client, tokens.refresh_token, { scope: 'HEALTH' }), 400, 'invalid_scope');
    const wide = await w.refresh(client, tokens.refresh_token);
    assert.equal(wide.body['scope'], 'PROFILE DEVICE');
  });

  test('an access token lives an hour, and a refresh gives the next one', async () => {
    const w = world();
    const client = await w.client();
    const tokens = await w.tokens(client, await w.user());
    w.app.clock.advance(3_599_000);
    assert.equal((await w.me(tokens.access_token)).status, 200);
    w.app.clock.advance(2_000);
    assert.equal((await w.me(tokens.access_token)).status, 401);
    const next = await w.refresh(client, tokens.refresh_token);
    assert.equal((await w.me(String(next.body['access_token']))).status, 200);
  });

  test('a rotating one that nobody uses for 90 days is dead', async () => {
    const w = world();
    const client = await w.client({ type: 'native' });
    const tokens = await w.tokens(client, await w.user());
    w.app.clock.advance(91 * 24 * 3_600_000);
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
  });

  test('RT-04: a refresh beside a revocation leaves nothing alive, whichever comes first', async () => {
    const w = world();
    const client = await w.client({ type: 'spa' });
    const user = await w.user();
    for (let round = 0; round < 5; round++) {
      const tokens = await w.tokens(client, user);
      const [refreshed] = await Promise.all([
        w.refresh(client, tokens.refresh_token),
        w.post('/oauth/revoke', client, { token: tokens.refresh_token }),
      ]);
      for (const token of [tokens.access_token, refreshed.body['access_token']]) {
        if (typeof token === 'string') assert.equal((await w.me(token)).status, 401);
      }
      assertOAuthError(await w.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
    }
  });
});
