import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOAuthError } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import type { TestUser } from '../support/world.ts';

const asked = (user: TestUser, more: Record<string, string> = {}): Record<string, string> => ({
  grant_type: 'password',
  username: user.loginId,
  password: user.password,
  ...more,
});

onBoth('The legacy password grant', (world) => {
  test('RM-10: is nothing for a client that the operator has not allowed it for', async () => {
    const w = world();
    assertOAuthError(await w.token(await w.client(), asked(await w.user())), 400, 'unauthorized_client');
  });

  test('yields what the user consented to on a page, never HEALTH, and nothing before', async () => {
    const w = world();
    const client = await w.client({ allow: ['password'], scopes: ['PROFILE', 'DEVICE', 'HEALTH'] });
    const user = await w.user();
    assertOAuthError(await w.token(client, asked(user)), 400, 'invalid_scope');
    await w.tokens(client, user, { scope: 'PROFILE HEALTH' });
    const answer = await w.token(client, asked(user));
    assert.equal(answer.status, 200);
    assert.equal(answer.body['scope'], 'PROFILE');
    assert.equal((await w.me(String(answer.body['access_token']))).status, 200);
    assert.equal((await w.refresh(client, String(answer.body['refresh_token']))).status, 200);
    assertOAuthError(await w.token(client, asked(user, { scope: 'HEALTH' })), 400, 'invalid_scope');
  });

  test('gives the operator’s own application PROFILE and DEVICE', async () => {
    const w = world();
    const operator = await w.user({ roles: ['operator'] });
    const client = await w.client({
      owner: operator,
      allow: ['password'],
      scopes: ['PROFILE', 'DEVICE', 'DRIVE', 'HEALTH'],
    });
    const answer = await w.token(client, asked(await w.user()));
    assert.equal(answer.status, 200);
    assert.equal(answer.body['scope'], 'PROFILE DEVICE');
    assert.equal((await w.me(String(answer.body['access_token']))).status, 200);
  });

  test('shares the back-off of the login page and answers a wrong password like an unknown user', async () => {
    const w = world();
    const client = await w.client({ allow: ['password'] });
    const user = await w.user();
    const wrong = await w.token(client, asked(user, { password: 'wrong-password-1' }));
    const unknown = await w.token(client, asked({ ...user, loginId: 'nobody-here' }));
    assertOAuthError(wrong, 400, 'invalid_grant');
    assert.deepEqual(unknown.body, wrong.body);
    let last = wrong;
    for (let guess = 0; guess < 8; guess++) last = await w.token(client, asked(user, { password: 'wrong-password-1' }));
    assertOAuthError(last, 429, 'invalid_grant');
    assert.ok(Number(last.headers.get('retry-after')) > 0);
    assertOAuthError(await w.token(client, asked(user)), 429, 'invalid_grant');
  });
});
