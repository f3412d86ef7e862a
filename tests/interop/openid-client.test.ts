import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as client from 'openid-client';
import { type ThirdParty, thirdParty } from '../support/third-party.ts';

type Secret = (secret: string) => client.ClientAuth;

const WAYS: readonly (readonly [name: string, type: 'web' | 'spa', auth: Secret])[] = [
  ['client_secret_basic', 'web', (secret) => client.ClientSecretBasic(secret)],
  ['client_secret_post', 'web', (secret) => client.ClientSecretPost(secret)],
  ['none', 'spa', () => client.None()],
];

const discover = ({ issuer, client: made, secret }: ThirdParty, auth: Secret): Promise<client.Configuration> =>
  client.discovery(new URL(issuer), made.client_id, undefined, auth(secret), {
    algorithm: 'oauth2',
    execute: [client.allowInsecureRequests],
  });

async function begin(config: client.Configuration, redirectUri: string) {
  const [verifier, state] = [client.randomPKCECodeVerifier(), client.randomState()];
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'PROFILE',
    state,
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, checks: { pkceCodeVerifier: verifier, expectedState: state } };
}

/** The library that most Node programs use, as plain OAuth 2.0: its own checks of state, PKCE and issuer included. */
for (const [name, type, auth] of WAYS) {
  describe(`openid-client with ${name}`, () => {
    const party = thirdParty(['--type', type]);

    test('hears of a refusal in its own words', async () => {
      const { redirectUri, visit } = party();
      const config = await discover(party(), auth);
      const { url, checks } = await begin(config, redirectUri);
      const callback = await visit(url, 'deny');
      await assert.rejects(
        client.authorizationCodeGrant(config, callback, checks),
        (error) => error instanceof client.AuthorizationResponseError && error.error === 'access_denied',
      );
    });

    test('finds the server, logs a user in, reads the profile, refreshes, introspects and revokes', async () => {
      const { issuer, redirectUri, user, visit } = party();
      const config = await discover(party(), auth);
      assert.equal(config.serverMetadata().supportsPKCE(), true);
      const { url, checks } = await begin(config, redirectUri);
      const tokens = await client.authorizationCodeGrant(config, await visit(url), checks);
      assert.equal(tokens.scope, 'PROFILE');
      assert.equal(tokens.expiresIn(), 3600);

      const me = await client.fetchProtectedResource(config, tokens.access_token, new URL('/user/me', issuer), 'GET');
      assert.equal(((await me.json()) as Record<string, unknown>)['userMuid'], user.userMuid);

      const refreshed = await client.refreshTokenGrant(config, tokens.refresh_token ?? '');
      if (type === 'web') {
        const seen = await client.tokenIntrospection(config, refreshed.access_token);
        assert.deepEqual([seen.active, seen.sub, seen.scope], [true, user.userMuid, 'PROFILE']);
      }
      await client.tokenRevocation(config, refreshed.refresh_token ?? '');
      await assert.rejects(
        client.fetchProtectedResource(config, refreshed.access_token, new URL('/user/me', issuer), 'GET'),
        (error) =>
          error instanceof client.WWWAuthenticateChallengeError &&
          error.status === 401 &&
          error.cause[0]?.parameters.error === 'invalid_token',
      );
    });
  });
}
