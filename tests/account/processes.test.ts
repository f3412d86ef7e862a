import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { accountPages, pagesIn, textOf } from '../support/account.ts';
import { startTestApp } from '../support/app.ts';
import { openBrowser } from '../support/browser.ts';
import { assertOAuthError } from '../support/expect.ts';
import { openWorld, type World } from '../support/world.ts';

/** Two servers share one PostgreSQL database and nothing else; DESIGN.md, Liveness. */
describe('연결된 앱 on two servers with one database', () => {
  let here: World | undefined;
  let there: World | undefined;
  before(async () => {
    here = openWorld(await startTestApp({ dialect: 'postgres' }));
    there = openWorld(await here.app.another());
  });
  after(async () => {
    await there?.app.close();
    await here?.app.close();
  });
  const servers = (): [World, World] => {
    if (here === undefined || there === undefined) throw new Error('the servers did not start');
    return [here, there];
  };

  test('disconnected on one, its tokens are dead on the next request on every process', async () => {
    const [one, other] = servers();
    const client = await one.client();
    const user = await one.user();
    const tokens = await one.tokens(client, user);
    const code = await one.code(client, user);
    assert.equal((await other.me(tokens.access_token)).status, 200);
    await (await accountPages(one, user)).disconnect(client);
    // The first thing that the other server is asked after it was acknowledged, each on its own.
    assert.equal((await other.me(tokens.access_token)).status, 401);
    assertOAuthError(await other.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
    assertOAuthError(await other.redeem(client, code), 400, 'invalid_grant');
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      assert.deepEqual((await other.post('/oauth/introspect', client, { token })).body, { active: false });
    }
    for (const w of [one, other]) {
      const statuses = await Promise.all(Array.from({ length: 16 }, () => w.me(tokens.access_token)));
      assert.deepEqual(new Set(statuses.map(({ status }) => status)), new Set([401]));
    }
  });

  test('while the other answers without a pause, no request that began after the acknowledgement is answered', async () => {
    const [one, other] = servers();
    const client = await one.client();
    const user = await one.user();
    const tokens = await one.tokens(client, user);
    const pages = await accountPages(one, user);
    let acknowledged = false;
    let answeredAfter = 0;
    let asked = 0;
    const ask = async (): Promise<void> => {
      for (let late = 0; late < 5; ) {
        const beganAfter = acknowledged;
        const { status } = await other.me(tokens.access_token);
        asked++;
        if (beganAfter) late++;
        if (beganAfter && status !== 401) answeredAfter++;
      }
    };
    const readers = Array.from({ length: 4 }, ask);
    await pages.disconnect(client);
    acknowledged = true;
    await Promise.all(readers);
    assert.ok(asked > 20, String(asked));
    assert.equal(answeredAfter, 0);
  });

  test('a part taken back on one narrows the tokens on the other, and its pages show it', async () => {
    const [one, other] = servers();
    const client = await one.client({ scopes: ['PROFILE', 'DEVICE', 'HEALTH'], optional: ['DEVICE', 'HEALTH'] });
    const user = await one.user();
    const tokens = await one.tokens(client, user, {}, { kinds: ['GLUCOSE', 'TEMP'] });
    const pages = await accountPages(one, user);
    await pages.press(client, 'scope', 'DEVICE');
    const introspected = await other.post('/oauth/introspect', client, { token: tokens.access_token });
    assert.equal(introspected.body['scope'], 'PROFILE HEALTH');
    assert.equal((await other.refresh(client, tokens.refresh_token)).body['scope'], 'PROFILE HEALTH');
    await pages.press(client, 'kind', 'TEMP');
    const elsewhere = openBrowser(other.url);
    for (const [name, value] of pages.browser.cookies) elsewhere.cookies.set(name, value);
    const seen = textOf(await pagesIn(elsewhere).list());
    assert.ok(seen.includes('혈당') && !seen.includes('체온'), seen);
    await pagesIn(elsewhere).press(client, 'scope', 'HEALTH');
    assert.equal((await one.refresh(client, tokens.refresh_token)).body['scope'], 'PROFILE');
  });

  test('disconnected on both at once, it happens once', async () => {
    const [one, other] = servers();
    const client = await one.client();
    const user = await one.user();
    await one.tokens(client, user);
    const pages = [await accountPages(one, user), await accountPages(other, user)];
    await Promise.all(pages.map((page) => page.disconnect(client)));
    const rows = await one.app.storage.audit.list({ subject: user.muid, action: 'consent.withdrawn', limit: 9 });
    assert.equal(rows.length, 1);
  });
});
