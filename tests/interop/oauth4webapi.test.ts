import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, test } from 'node:test';
import * as oauth from 'oauth4webapi';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { freePort, type Installation, makePeople, newInstallation, type Served } from '../support/serve.ts';

/**
 * A published client library that we did not write, unpatched and configured as its documentation says, against the real
 * program started from the command line, with a person in a real browser.
 */
describe('oauth4webapi logs a user in and reads the profile', () => {
  let installation: Installation;
  let served: Served;
  let browser: Browser;
  let port: number;
  beforeEach(async () => {
    installation = await newInstallation();
    served = await installation.start();
    browser = await launchChromium();
    port = await freePort();
  });
  afterEach(async () => {
    await browser?.close();
    await served?.kill('SIGTERM');
    await installation?.remove();
  });

  for (const type of ['web', 'spa'] as const) {
    test(`as a ${type} client`, async () => {
      const redirectUri = `http://localhost:${port}/callback`;
      const { client: made, user, password } = await makePeople(installation, redirectUri, ['--type', type]);
      const insecure = { [oauth.allowInsecureRequests]: true };

      const issuer = new URL(installation.url);
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

      const arrived = nextRequest(port);
      const page = await browser.newPage();
      await page.goto(url.href);
      await page.fill('#username', user.userId);
      await page.fill('#password', password);
      await page.click('#login');
      await page.click('#allow');
      const callback = new URL(await arrived, redirectUri);
      await page.close();

      const params = oauth.validateAuthResponse(server, client, callback, state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        clientAuth,
        params,
        redirectUri,
        verifier,
        insecure,
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response);
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

      const revoked = await oauth.revocationRequest(
        server,
        client,
        clientAuth,
        refreshed.refresh_token ?? '',
        insecure,
      );
      await oauth.processRevocationResponse(revoked);
      const dead = await oauth
        .refreshTokenGrantRequest(server, client, clientAuth, refreshed.refresh_token ?? '', insecure)
        .then((answer) => oauth.processRefreshTokenResponse(server, client, answer))
        .catch((error: unknown) => error);
      assert.ok(dead instanceof oauth.ResponseBodyError);
      assert.equal(dead.error, 'invalid_grant');
    });
  }
});

/** The path and query of the next request that the application's own server gets. */
async function nextRequest(port: number): Promise<string> {
  const server = createServer().listen(port, 'localhost');
  for (;;) {
    const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    response.end('done');
    if (!request.url?.startsWith('/callback')) continue;
    server.close();
    server.closeAllConnections();
    return request.url;
  }
}
