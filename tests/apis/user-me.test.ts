import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onBoth } from '../support/suite.ts';
import { type Json, readJson, type World } from '../support/world.ts';

const ask = async (w: World, headers: Record<string, string>, query = ''): Promise<Json> =>
  readJson(await fetch(`${w.url}/user/me${query}`, { headers }));

function assertApiError(answer: Json, status: number, error: string): void {
  assert.equal(answer.status, status);
  const { body } = answer;
  assert.deepEqual(Object.keys(body).toSorted(), [
    'errCode',
    'error',
    'message',
    'method',
    'path',
    'status',
    'timestamp',
  ]);
  assert.equal(body['status'], status);
  assert.equal(body['errCode'], true);
  assert.equal(body['error'], error);
  assert.equal(body['method'], 'GET');
  assert.equal(body['path'], '/user/me');
  assert.ok(Number.isSafeInteger(body['timestamp']));
}

onBoth('GET /user/me', (world) => {
  test('gives the profile exactly as the contract names it', async () => {
    const w = world();
    const user = await w.user({ name: '남궁가나다라마바사' });
    const { access_token } = await w.tokens(await w.client(), user);
    const { body, headers } = await w.me(access_token);
    assert.equal(headers.get('cache-control'), 'no-store');
    assert.match(String(body['userMuid']), /^[0-9a-f]{32}$/);
    assert.equal(body['userMuid'], user.muid);
    assert.equal(body['userId'], user.loginId);
    assert.equal(body['userid'], user.loginId);
    assert.equal(body['email'], user.email);
    assert.equal(body['userName'], '남궁가나다라마바사');
    assert.match(String(body['birthDay']), /^\d{4}-\d{2}-\d{2}$/);
    assert.ok(['MALE', 'FEMALE', 'UNKNOWN'].includes(String(body['gender'])));
    assert.equal(body['enabled'], true);
    assert.equal(new Date(String(body['createAt'])).toISOString(), body['createAt']);
    assert.equal(new Date(String(body['updatedAt'])).toISOString(), body['updatedAt']);
    assert.deepEqual(body['authorities'], ['ROLE_USER']);
    for (const name of ['address', 'phone', 'vfsHomeDir', 'vfsStorageQuotaMb']) assert.equal(name in body, false, name);
  });

  test('tells of the drive only with a drive scope, and never of roles above developer', async () => {
    const w = world();
    const user = await w.user({ roles: ['developer', 'operator'] });
    const client = await w.client({ scopes: ['PROFILE', 'DRIVE_READONLY'] });
    const { body } = await w.me((await w.tokens(client, user)).access_token);
    assert.equal(body['vfsHomeDir'], null);
    assert.equal(body['vfsStorageQuotaMb'], 10240);
    assert.deepEqual(body['authorities'], ['ROLE_USER', 'ROLE_DEVELOPER']);
  });

  test('without a token is 401 with a bare challenge, with a dead one 401 invalid_token, without PROFILE 403', async () => {
    const w = world();
    const none = await ask(w, {});
    assertApiError(none, 401, 'invalid_token');
    assert.match(none.headers.get('www-authenticate') ?? '', /^Bearer realm="[^"]+"$/);
    for (const authorization of [
      'Bearer unknown',
      'Bearer ',
      'Bearer',
      'Basic eDp5',
      'Bearer a b',
      `Bearer ${'a'.repeat(5000)}`,
    ]) {
      const dead = await ask(w, { authorization });
      assertApiError(dead, 401, 'invalid_token');
      assert.match(dead.headers.get('www-authenticate') ?? '', /^Bearer .*error="invalid_token"/);
    }
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'] });
    const { access_token } = await w.tokens(client, await w.user(), { scope: 'DEVICE' });
    const other = await ask(w, { authorization: `Bearer ${access_token}` });
    assertApiError(other, 403, 'insufficient_scope');
    assert.match(
      other.headers.get('www-authenticate') ?? '',
      /error="insufficient_scope".*scope="PROFILE"|scope="PROFILE".*error="insufficient_scope"/,
    );
  });

  test('RT-30: a token in the query is not taken, and two are 400', async () => {
    const w = world();
    const { access_token } = await w.tokens(await w.client(), await w.user());
    assertApiError(await ask(w, {}, `?access_token=${access_token}`), 401, 'invalid_token');
    const both = await ask(w, { authorization: `Bearer ${access_token}` }, `?access_token=${access_token}`);
    assertApiError(both, 400, 'invalid_request');
  });

  test('RT-28: a code, a refresh token and a session are no access tokens', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    const answer = await w.authorize(client, user, {}, { browser });
    const tokens = await w.tokens(client, user);
    for (const token of [answer.get('code') ?? '', tokens.refresh_token, ...browser.cookies.values()]) {
      assert.equal((await w.me(token)).status, 401);
    }
  });

  // oidc-client-ts in a browser could log in and then read nothing.
  test('LK-10: may be read by pages of a registered public client’s origin, and by no other page', async () => {
    const w = world();
    const spa = await w.client({ type: 'spa', redirectUris: ['https://diary.example.com/cb'] });
    await w.client({ redirectUris: ['https://web.example.com/cb'] });
    const { access_token } = await w.tokens(spa, await w.user());
    const allowedFor = async (origin: string, token: string): Promise<string | null> => {
      const answer = await fetch(`${w.url}/user/me`, { headers: { origin, authorization: `Bearer ${token}` } });
      assert.equal(answer.headers.get('access-control-allow-credentials'), null);
      return answer.headers.get('access-control-allow-origin');
    };
    const own = 'https://diary.example.com';
    assert.equal(await allowedFor(own, access_token), own);
    assert.equal(await allowedFor(own, 'dead'), own);
    for (const other of ['https://web.example.com', 'https://diary.example.com.evil.example', 'null', `${own}:8443`]) {
      assert.equal(await allowedFor(other, access_token), null, other);
    }
    const preflight = await fetch(`${w.url}/user/me`, {
      method: 'OPTIONS',
      headers: { origin: own, 'access-control-request-headers': 'authorization' },
    });
    assert.equal(preflight.status, 204);
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/);
  });

  test('every other method is 405 and says which one is allowed', async () => {
    const w = world();
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH']) {
      const answer = await fetch(`${w.url}/user/me`, { method });
      assert.equal(answer.status, 405);
      assert.equal(answer.headers.get('allow'), 'GET, OPTIONS');
      assert.equal(((await answer.json()) as { errCode: boolean }).errCode, true);
    }
  });
});
