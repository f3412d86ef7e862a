import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import { thirdParty } from '../support/third-party.ts';

/** A published client library that we did not write, unpatched and configured as its documentation says. */
for (const type of ['web', 'spa'] as const) {
  describe(`oauth4webapi, for a ${type} client,`, () => {
    const party = thirdParty(['--type', type]);

    test('finds the server, logs a user in, reads the profile, refreshes and revokes', async () => {
      const { issuer: address, client: made, redirectUri, user, visit } = party();
      const insecure = { [oauth.allowInsecureRequests]: true };
      const issuer = new URL(address);
      const server = await oauth
        .discoveryRequest(issuer, { algorithm: 'oauth2', ...insecure })
        .then((response) => oauth.processDiscoveryResponse(issuer, response));
      const client: oauth.Client = { client_id: made.client_id };
      const clientAuth = made.client_secret === null ? oauth.None() : oauth.ClientSecretBasic(made.client_secret);

      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const url = new URL(server.authorization_endpoint ?? '');
      url.search = new URLSearchParams({
        client_id: client.client_id,
        redirect_uri: redirectUri,
        response_type: 'code',
        scope: 'PROFILE',
        state,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).toString();
      const params = oauth.validateAuthResponse(server, client, await visit(url.href), state);
      const tokens = await oauth
        .authorizationCodeGrantRequest(server, client, clientAuth, params, redirectUri, verifier, insecure)
        .then((response) => oauth.processAuthorizationCodeResponse(server, client, response));
      assert.equal(tokens.scope, 'PROFILE');

      const profile = await oauth.protectedResourceRequest(
        tokens.access_token,
        'GET',
        new URL('/user/me', issuer),
        undefined,
        null,
        insecure,
      );
      const me = (await profile.json()) as Record<string, unknown>;
      assert.equal(me['userMuid'], user.userMuid);
      assert.equal(me['userName'], '홍길동');

      const refreshed = await oauth
        .refreshTokenGrantRequest(server, client, clientAuth, tokens.refresh_token ?? '', insecure)
        .then((answer) => oauth.processRefreshTokenResponse(server, client, answer));
      assert.notEqual(refreshed.access_token, tokens.access_token);

      await oauth
        .revocationRequest(server, client, clientAuth, refreshed.refresh_token ?? '', insecure)
        .then((answer) => oauth.processRevocationResponse(answer));
      const dead = await oauth
        .refreshTokenGrantRequest(server, client, clientAuth, refreshed.refresh_token ?? '', insecure)
        .then((answer) => oauth.processRefreshTokenResponse(server, client, answer))
        .catch((error: unknown) => error);
      assert.ok(dead instanceof oauth.ResponseBodyError);
      assert.equal(dead.error, 'invalid_grant');
    });
  });
}
