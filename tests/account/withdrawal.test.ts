import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ClientId } from '#kernel';
import { accountPages, pathOf, textOf } from '../support/account.ts';
import { formOf } from '../support/browser.ts';
import { assertOAuthError, assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import type { TestClient, TestUser, World } from '../support/world.ts';

const scopeOf = async (w: World, client: TestClient, token: string): Promise<unknown> =>
  (await w.post('/oauth/introspect', client, { token })).body['scope'];

const itemsOf = async (w: World, client: TestClient, user: TestUser) =>
  new Map(
    (await w.app.storage.consents.items(user.muid, client.id as ClientId)).map((item) => [item.scope, item] as const),
  );

const audited = async (w: World, user: TestUser): Promise<(string | null | undefined)[]> =>
  (await w.app.storage.audit.list({ subject: user.muid, action: 'consent.withdrawn', limit: 20 })).map(
    ({ reason }) => reason,
  );

onBoth('Taking a part back', (world) => {
  test('one optional scope goes with one press, and every token has less on its next use', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'], optional: ['DEVICE'] });
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    const pages = await accountPages(w, user);
    const done = await pages.press(client, 'scope', 'DEVICE');
    assert.match(textOf(done), /‘사용중인 디바이스 정보 보기’ 동의를 철회했습니다/);
    assert.equal(await scopeOf(w, client, tokens.access_token), 'PROFILE');
    assert.equal(await scopeOf(w, client, tokens.refresh_token), 'PROFILE');
    assert.equal((await w.refresh(client, tokens.refresh_token)).body['scope'], 'PROFILE');
    assert.equal((await w.me(tokens.access_token)).status, 200);
    assert.doesNotMatch((await pages.details(client)).text, /id="part-DEVICE"/);
    assert.deepEqual(await audited(w, user), ['DEVICE']);
  });

  test('one kind of HEALTH goes alone; the last one takes the scope along', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH'], optional: ['HEALTH'] });
    const user = await w.user();
    const tokens = await w.tokens(client, user, {}, { kinds: ['BLOOD_PRESSURE', 'GLUCOSE', 'TEMP'] });
    const pages = await accountPages(w, user);
    assert.match(textOf(await pages.press(client, 'kind', 'GLUCOSE')), /‘혈당’ 동의를 철회했습니다/);
    assert.deepEqual((await itemsOf(w, client, user)).get('HEALTH')?.kinds, ['BLOOD_PRESSURE', 'TEMP']);
    assert.equal(await scopeOf(w, client, tokens.access_token), 'PROFILE HEALTH');
    w.app.clock.advance(1);
    const { text } = await pages.press(client, 'kind', 'TEMP');
    assert.doesNotMatch(text, /name="kind"/, 'the last kind is the scope');
    w.app.clock.advance(1);
    await pages.press(client, 'scope', 'HEALTH');
    assert.equal((await itemsOf(w, client, user)).get('HEALTH')?.state, 'WITHDRAWN');
    assert.equal(await scopeOf(w, client, tokens.access_token), 'PROFILE');
    assert.deepEqual(await audited(w, user), ['HEALTH', 'HEALTH: TEMP', 'HEALTH: GLUCOSE']);
  });

  test('a required scope, and the last one, lead to the page that says that this disconnects', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'], optional: ['DEVICE'] });
    const small = await w.client({ scopes: ['DEVICE'], optional: ['DEVICE'] });
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    await w.tokens(small, user);
    const pages = await accountPages(w, user);
    const page = await pages.details(client);
    assert.match(
      page.text,
      new RegExp(`<a [^>]*id="withdraw-PROFILE" href="${pathOf(client)}/disconnect\\?part=PROFILE"`),
    );
    const { fields } = formOf(page, 'withdraw-DEVICE');
    for (const [of, words] of [
      [client, /이 앱에 꼭 필요한 항목입니다/],
      [small, /남은 마지막 항목입니다/],
    ] as const) {
      const scope = of === client ? 'PROFILE' : 'DEVICE';
      const answer = await pages.browser.post(`${pathOf(of)}/withdraw`, { ...fields, scope });
      assert.equal(answer.status, 303);
      const asked = await pages.browser.follow(answer);
      assert.match(textOf(asked), words);
      assert.match(asked.text, /id="confirm-disconnect"/);
    }
    assert.equal(await scopeOf(w, client, tokens.access_token), 'PROFILE DEVICE', 'nothing has happened yet');
  });

  test('pressed twice, it happens once and looks done', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'], optional: ['DEVICE'] });
    const user = await w.user();
    await w.tokens(client, user);
    const pages = await accountPages(w, user);
    const form = formOf(await pages.details(client), 'withdraw-DEVICE');
    const press = () => pages.browser.post(form.action, { ...form.fields, scope: 'DEVICE' });
    for (const answer of await Promise.all([press(), press(), press()])) {
      assert.match(textOf(await pages.browser.follow(answer)), /동의를 철회했습니다/);
    }
    assert.deepEqual(await audited(w, user), ['DEVICE']);
  });

  test('a form that names neither a scope nor a kind is refused', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    await w.tokens(client, user);
    const pages = await accountPages(w, user);
    const { fields } = formOf(await pages.browser.get('/account'), 'logout');
    for (const body of [{}, { scope: 'NOTHING' }, { kind: 'PROFILE' }, { scope: 'profile' }]) {
      assertOwnErrorPage(await pages.browser.post(`${pathOf(client)}/withdraw`, { ...fields, ...body }), 400);
    }
  });
});

onBoth('Disconnecting', (world) => {
  test('CS-23: takes two clicks and no password, and kills access, refresh and a code that waits', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH'], optional: ['HEALTH'] });
    const other = await w.client();
    const user = await w.user();
    const neighbour = await w.user();
    const tokens = await w.tokens(client, user);
    const spa = await w.client({ type: 'spa' });
    const rotating = await w.tokens(spa, user);
    const kept = [await w.tokens(other, user), await w.tokens(client, neighbour)];
    const code = await w.code(client, user);

    const pages = await accountPages(w, user);
    const list = await pages.list();
    assert.match(list.text, new RegExp(`href="${pathOf(client)}/disconnect"`));
    const asked = await pages.browser.get(`${pathOf(client)}/disconnect`);
    assert.match(textOf(asked), /바로 회원님의 정보를 볼 수 없게 됩니다/);
    const form = formOf(asked, 'confirm-disconnect');
    assert.deepEqual(Object.keys(form.fields), ['csrf'], 'no reason, no password');
    const done = await pages.browser.follow(await pages.browser.post(form.action, form.fields));
    assert.match(textOf(done), /건강수첩 연결을 해제했습니다/);
    await pages.disconnect(spa);

    assert.equal((await w.me(tokens.access_token)).status, 401);
    assert.equal((await w.me(rotating.access_token)).status, 401);
    assertOAuthError(await w.refresh(client, tokens.refresh_token), 400, 'invalid_grant');
    assertOAuthError(await w.refresh(spa, rotating.refresh_token), 400, 'invalid_grant');
    assertOAuthError(await w.redeem(client, code), 400, 'invalid_grant');
    for (const token of [tokens.access_token, tokens.refresh_token]) {
      assert.deepEqual((await w.post('/oauth/introspect', client, { token })).body, { active: false });
    }
    for (const { access_token } of kept) assert.equal((await w.me(access_token)).status, 200);
    assert.match(textOf(await pages.details(client)), /연결되어 있지 않습니다/);
    assert.deepEqual(await audited(w, user), ['everything', 'everything']);
  });

  test('lets the user connect again, which counts from then and revives nothing', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const before = await w.tokens(client, user);
    const pages = await accountPages(w, user);
    await pages.disconnect(client);
    w.app.clock.advance(10 * 24 * 3_600_000);
    const again = await w.tokens(client, user);
    assert.equal((await w.me(again.access_token)).status, 200);
    assertOAuthError(await w.refresh(client, before.refresh_token), 400, 'invalid_grant');
    const [connection] = await w.app.storage.connections.list(user.muid, w.app.clock.now());
    assert.equal(connection?.connectedAt, w.app.clock.now());
  });

  test('twice is once; the page for it is gone then', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    await w.tokens(client, user);
    const pages = await accountPages(w, user);
    const form = formOf(await pages.browser.get(`${pathOf(client)}/disconnect`), 'confirm-disconnect');
    for (let times = 0; times < 2; times++) {
      const done = await pages.browser.follow(await pages.browser.post(form.action, form.fields));
      assert.match(textOf(done), /연결을 해제했습니다/);
    }
    assert.deepEqual(await audited(w, user), ['everything']);
    const page = await pages.browser.get(`${pathOf(client)}/disconnect`);
    assert.equal(new URL(page.location ?? '').pathname, pathOf(client));
  });

  test('CS-01: is not taken from another site, without the hidden field, or with somebody else’s', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'], optional: ['DEVICE'] });
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    const { browser } = await accountPages(w, user);
    const { fields } = formOf(await browser.get(`${pathOf(client)}/disconnect`), 'confirm-disconnect');
    const stranger = await accountPages(w, await w.user());
    const foreign = formOf(await stranger.browser.get('/account'), 'logout').fields;
    for (const path of ['disconnect', 'withdraw']) {
      for (const [body, headers] of [
        [{}, {}],
        [{ csrf: 'x' }, {}],
        [foreign, {}],
        [fields, { origin: 'https://evil.example' }],
        [fields, { origin: 'null' }],
        [fields, { 'sec-fetch-site': 'cross-site' }],
      ] as const) {
        const answer = await browser.post(`${pathOf(client)}/${path}`, { ...body, scope: 'DEVICE' }, headers);
        assert.equal(answer.status, 403, `${path} ${JSON.stringify(headers)}`);
      }
      assert.equal((await browser.get(`${pathOf(client)}/withdraw`)).status, 405);
    }
    assert.equal(await scopeOf(w, client, tokens.access_token), 'PROFILE DEVICE');
    const nobody = await w.browser().post(`${pathOf(client)}/disconnect`, fields);
    assert.equal(new URL(nobody.location ?? '').pathname, '/login');
    assert.equal((await w.me(tokens.access_token)).status, 200);
  });
});
