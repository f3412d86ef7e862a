import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOAuthError, assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';

onBoth('A client in review', (world) => {
  test('works for its owner, who is told that it is in review', async () => {
    const w = world();
    const owner = await w.user({ roles: ['developer'] });
    const client = await w.client({ owner, status: 'PENDING' });
    const browser = w.browser();
    await w.login(browser, owner);
    const page = await browser.follow(await browser.get(w.authorizeUrl(client)));
    assert.match(page.text, /검수/);
    const tokens = await w.tokens(client, owner);
    assert.equal((await w.me(tokens.access_token)).status, 200);
    assert.equal((await w.refresh(client, tokens.refresh_token)).status, 200);
  });

  test('gets nothing of anybody else, who is never redirected to it', async () => {
    const w = world();
    const client = await w.client({ status: 'PENDING', name: '비밀이름앱' });
    const user = await w.user();
    const browser = w.browser();
    const page = await browser.follow(await browser.get(w.authorizeUrl(client)));
    assert.equal(page.text.includes('비밀이름앱'), false, 'its name is not shown before login');
    const end = await w.walk(browser, page, user);
    assertOwnErrorPage(end, 403);
    assert.equal(end.text.includes('비밀이름앱'), false);
    const again = await browser.follow(await browser.get(w.authorizeUrl(client)));
    assertOwnErrorPage(again, 403);
  });

  test('does not even send errors by redirect to people who are not its owner', async () => {
    const w = world();
    const client = await w.client({ status: 'PENDING' });
    const browser = w.browser();
    for (const params of [{ prompt: 'none' }, { response_type: 'nonsense' }, { scope: 'HEALTH' }]) {
      const page = await browser.follow(await browser.get(w.authorizeUrl(client, params)));
      assert.equal(page.location, null, JSON.stringify(params));
    }
    await w.login(browser, await w.user());
    for (const params of [{ prompt: 'none' }, { response_type: 'nonsense' }]) {
      const page = await browser.follow(await browser.get(w.authorizeUrl(client, params)));
      assertOwnErrorPage(page, 403);
    }
  });

  test('keeps its owner’s tokens when it is approved, and loses them when it is refused', async () => {
    const w = world();
    const owner = await w.user({ roles: ['developer'] });
    const approved = await w.client({ owner, status: 'PENDING' });
    const kept = await w.tokens(approved, owner);
    await w.app.review(approved.id, 'approve');
    assert.equal((await w.me(kept.access_token)).status, 200);
    await w.tokens(approved, await w.user());
    const refused = await w.client({ owner, status: 'PENDING' });
    const lost = await w.tokens(refused, owner);
    await w.app.review(refused.id, 'reject');
    assert.equal((await w.me(lost.access_token)).status, 401);
  });
});

onBoth('A refused or suspended client', (world) => {
  test('SC-08: gets nothing at any endpoint: codes, tokens, refreshes and living tokens are dead at once', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    const code = await w.code(client, user);
    const browser = w.browser();
    const waiting = await browser.follow(await browser.get(w.authorizeUrl(client, { prompt: 'consent' })));
    await w.app.review(client.id, 'suspend');
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assertOAuthError(await w.redeem(client, code), 401, 'invalid_client');
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 401, 'invalid_client');
    assertOAuthError(await w.post('/oauth/introspect', client, { token: tokens.access_token }), 401, 'invalid_client');
    assertOAuthError(await w.post('/oauth/revoke', client, { token: tokens.access_token }), 401, 'invalid_client');
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl(client)));
    const end = await w.walk(browser, waiting, user);
    assert.equal(end.location, null);
    await w.app.review(client.id, 'reinstate');
    assert.equal((await w.me(tokens.access_token)).status, 401, 'reinstating revives nothing');
    assertOAuthError(await w.redeem(client, code), 400, 'invalid_grant');
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
    assert.equal((await w.me((await w.tokens(client, user)).access_token)).status, 200);
  });

  test('that was refused is as good as none', async () => {
    const w = world();
    const client = await w.client({ status: 'REJECTED' });
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl(client)));
    assertOAuthError(await w.refresh(client, 'x'), 401, 'invalid_client');
  });
});

onBoth('A suspended user', (world) => {
  test('RT-09, CS-17: loses sessions, codes and tokens at once, and gets none back by being reinstated', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    const tokens = await w.tokens(client, user);
    const answer = await w.authorize(client, user, {}, { browser });
    await w.app.storage.users.setStatus(w.app.act(), user.muid, 'SUSPENDED');
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assertOAuthError(await w.redeem(client, answer.get('code') ?? ''), 400, 'invalid_grant');
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
    const page = await browser.follow(await browser.get(w.authorizeUrl(client)));
    assert.match(page.text, /id="login"/);
    await w.app.storage.users.setStatus(w.app.act(), user.muid, 'ACTIVE');
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assert.match((await browser.follow(await browser.get(w.authorizeUrl(client)))).text, /id="login"/);
  });
});
