import assert from 'node:assert/strict';
import { test } from 'node:test';
import { onBoth } from '../support/suite.ts';

onBoth('While the database can not be written to', (world) => {
  test('RT-19: a revocation is answered 503 and never 200, and counts once it is said again', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    await w.app.breakTable('oauth_grant');
    const failed = await w.post('/oauth/revoke', client, { token: tokens.refresh_token });
    assert.equal(failed.status, 503);
    assert.equal(failed.body['error'], 'temporarily_unavailable');
    assert.ok(failed.headers.get('retry-after'));
    const me = await w.me(tokens.access_token);
    assert.equal(me.status, 503);
    assert.equal(me.body['errCode'], true);
    await w.app.mendTable('oauth_grant');
    assert.equal((await w.me(tokens.access_token)).status, 200);
    assert.equal((await w.post('/oauth/revoke', client, { token: tokens.refresh_token })).status, 200);
    assert.equal((await w.me(tokens.access_token)).status, 401);
  });

  test('a code that could not be redeemed is not burned', async () => {
    const w = world();
    const client = await w.client();
    const code = await w.code(client, await w.user());
    await w.app.breakTable('access_token');
    assert.equal((await w.redeem(client, code)).status, 503);
    await w.app.mendTable('access_token');
    assert.equal((await w.redeem(client, code)).status, 200);
  });
});
