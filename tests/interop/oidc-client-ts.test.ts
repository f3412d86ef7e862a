import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, test } from 'node:test';
import { type ThirdParty, thirdParty } from '../support/third-party.ts';

/** An application without a server: one page, and the library's own browser file beside it. */
async function application({ issuer, client, redirectUri, port }: ThirdParty): Promise<Server> {
  const library = join(
    dirname(createRequire(import.meta.url).resolve('oidc-client-ts/package.json')),
    'dist/browser/oidc-client-ts.min.js',
  );
  const script = await readFile(library, 'utf8');
  const settings = {
    authority: issuer,
    // Plain OAuth 2.0: the metadata is RFC 8414's, and without openid there is no ID token.
    metadataUrl: `${issuer}/.well-known/oauth-authorization-server`,
    client_id: client.client_id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'PROFILE',
    automaticSilentRenew: false,
  };
  const page = `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script src="/library.js"></script>
<script>const manager = new oidc.UserManager(${JSON.stringify(settings)});</script>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/library.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html; charset=utf-8');
    response.end(isScript ? script : page);
  }).listen(port, 'localhost');
  await once(server, 'listening');
  return server;
}

describe('oidc-client-ts in Chromium, as far as plain OAuth 2.0 goes,', () => {
  const party = thirdParty(['--type', 'spa']);

  test('logs a user in without a server of its own, reads the profile, rotates its refresh token and revokes', async () => {
    const { issuer, page, port, user, redirectUri, agree } = party();
    const server = await application(party());
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    try {
      await page.goto(`http://localhost:${port}/`);
      await Promise.all([page.waitForURL(`${issuer}/**`), page.evaluate('void manager.signinRedirect()')]);
      await agree();
      await page.waitForURL(`${redirectUri}?**`);
      const first = await page.evaluate<Record<string, string>>('manager.signinRedirectCallback()');
      assert.equal(first['scope'], 'PROFILE');
      assert.equal(first['token_type']?.toLowerCase(), 'bearer');

      const read = `fetch('${issuer}/user/me', { headers: { authorization: 'Bearer ' + (await manager.getUser()).access_token } })`;
      const me = await page.evaluate<Record<string, string>>(`(async () => (await ${read}).json())()`);
      assert.equal(me['userMuid'], user.userMuid);

      const second = await page.evaluate<Record<string, string>>('manager.signinSilent()');
      assert.notEqual(second['refresh_token'], first['refresh_token']);
      assert.deepEqual(complaints, []);

      await page.evaluate("manager.revokeTokens(['refresh_token'])");
      assert.equal(await page.evaluate<number>(`(async () => (await ${read}).status)()`), 401);
    } finally {
      server.close();
      server.closeAllConnections();
    }
  });
});
