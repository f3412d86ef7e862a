import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasAuthlib, PYTHON } from '../support/authlib.ts';
import { howToInstall } from '../support/install.ts';
import { thirdParty } from '../support/third-party.ts';

const SCRIPT = fileURLToPath(new URL('./authlib/client.py', import.meta.url));

/** Python's best-known client library. Where it is missing `npm test` leaves this out and says so; CI fails. */
for (const [method, type] of [
  ['client_secret_basic', 'web'],
  ['client_secret_post', 'web'],
  ['none', 'spa'],
] as const) {
  describe(`Authlib with ${method}`, () => {
    before(requireAuthlib);
    const party = thirdParty(['--type', type]);

    test('logs a user in, reads the profile, refreshes and revokes', async () => {
      const { issuer, client, secret, redirectUri, user, visit } = party();
      const child = spawn(PYTHON, [SCRIPT, issuer, client.client_id, secret, redirectUri, method], {
        stdio: ['pipe', 'pipe', 'inherit'],
        // Its answers are ours to see, whatever proxy or certificate the machine has set for Python.
        env: { PATH: process.env['PATH'], NO_PROXY: 'localhost,127.0.0.1' },
      });
      const said: Record<string, unknown>[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        const told = JSON.parse(line) as Record<string, unknown>;
        said.push(told);
        if (typeof told['url'] === 'string') child.stdin.end(`${(await visit(told['url'])).href}\n`);
      }
      const [, token, me = {}, ...rest] = said;
      assert.deepEqual(token, { token: { token_type: 'bearer', expires_in: 3600, scope: 'PROFILE' } });
      assert.equal((me['me'] as Record<string, unknown>)['userMuid'], user.userMuid);
      assert.deepEqual(rest, [{ changed: true }, { revoked: 200, after: 401 }, { error: 'invalid_grant' }]);
    });
  });
}

async function requireAuthlib(): Promise<void> {
  if (!(await hasAuthlib())) throw new Error(howToInstall('authlib'));
}
