import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AuthorizationCode } from 'simple-oauth2';
import { thirdParty } from '../support/third-party.ts';

/** Its defaults are our paths (`/oauth/token`, `/oauth/authorize`, `/oauth/revoke`), so the host is all that it needs. */
for (const authorizationMethod of ['header', 'body'] as const) {
  describe(`simple-oauth2 with its credentials in the ${authorizationMethod}`, () => {
    const party = thirdParty();

    test('logs a user in, reads the profile, refreshes and revokes', async () => {
      const { issuer, client: made, secret, redirectUri, user, visit } = party();
      const client = new AuthorizationCode({
        client: { id: made.client_id, secret },
        auth: { tokenHost: issuer },
        options: { authorizationMethod },
      });
      const url = client.authorizeURL({ redirect_uri: redirectUri, scope: 'PROFILE', state: 'from-the-session' });
      const callback = await visit(url);
      assert.equal(callback.searchParams.get('state'), 'from-the-session');
      const code = callback.searchParams.get('code') ?? '';
      const first = await client.getToken({ code, redirect_uri: redirectUri, scope: 'PROFILE' });
      assert.equal(first.expired(), false);
      assert.equal((await me(issuer, first.token['access_token']))['userMuid'], user.userMuid);

      const second = await first.refresh();
      assert.equal((await me(issuer, second.token['access_token']))['userName'], '홍길동');
      await second.revokeAll();
      assert.equal((await me(issuer, second.token['access_token']))['error'], 'invalid_token');
      await assert.rejects(second.refresh(), /400 Bad Request/);
    });
  });
}

async function me(issuer: string, token: unknown): Promise<Record<string, unknown>> {
  const answer = await fetch(`${issuer}/user/me`, { headers: { authorization: `Bearer ${String(token)}` } });
  return (await answer.json()) as Record<string, unknown>;
}
