import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY, MINUTE } from '#kernel';
import { accountPages, pathOf, textOf } from '../support/account.ts';
import { formOf } from '../support/browser.ts';
import { assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import type { TestClient, TestUser, World } from '../support/world.ts';

/** Notes are written after the answer: waits until one is there, or until it is sure that none comes. */
async function lastUsed(w: World, user: TestUser, client: TestClient, not?: number | null): Promise<number | null> {
  const read = async () => {
    const all = await w.app.storage.connections.list(user.muid, w.app.clock.now());
    return all.find((one) => one.client === client.id)?.lastUsedAt ?? null;
  };
  for (let tries = 0; tries < 50 && (await read()) === (not ?? null); tries++) await sleep(5);
  return read();
}

onBoth('연결된 앱', (world) => {
  test('says of each application what it is called, who made it, what it may read, since when, and health kinds with their end', async () => {
    const w = world();
    const owner = await w.user({ name: '한빛소프트', roles: ['developer'] });
    const client = await w.client({ owner, name: '건강수첩', scopes: ['PROFILE', 'HEALTH'], optional: ['HEALTH'] });
    const user = await w.user();
    await w.tokens(client, user, {}, { kinds: ['GLUCOSE', 'BLOOD_PRESSURE'] });
    const page = await (await accountPages(w, user)).list();
    assert.equal(page.status, 200);
    const text = textOf(page);
    for (const words of [
      '건강수첩',
      '만든 곳 한빛소프트',
      '아이디, 이메일주소, 이름, 성별, 생일 보기',
      '개인 의료 데이터 읽기 혈압, 혈당',
      '2027년 3월 2일까지',
      '연결한 날 2026년 3월 2일',
      '마지막 사용 2026년 3월 2일 오후 6:00',
      '연결 해제',
    ]) {
      assert.ok(text.includes(words), `${words}\n${text}`);
    }
    assert.equal(text.includes('체온'), false, 'kinds that were not given');
    assert.equal(text.includes('검수 중'), false);
  });

  test('says in plain words that there is none, and is linked from 내 정보', async () => {
    const w = world();
    const pages = await accountPages(w, await w.user());
    assert.match((await pages.browser.get('/account')).text, /href="\/account\/connections"/);
    assert.match(textOf(await pages.list()), /연결된 앱이 없습니다/);
    assert.match(textOf(await pages.browser.get('/account/connections?lang=en')), /No app is connected/);
  });

  test('marks a client that is in review', async () => {
    const w = world();
    const owner = await w.user({ roles: ['developer'] });
    const client = await w.client({ owner, status: 'PENDING' });
    await w.tokens(client, owner);
    const pages = await accountPages(w, owner);
    assert.match(textOf(await pages.list()), /검수 중/);
    assert.match(textOf(await pages.details(client)), /검수 중/);
  });

  test('shows an application that was suspended, and lets it be disconnected', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    await w.tokens(client, user);
    await w.app.review(client.id, 'suspend');
    const pages = await accountPages(w, user);
    assert.match(textOf(await pages.list()), /이용할 수 없음/);
    assert.match(textOf(await pages.disconnect(client)), /연결을 해제했습니다/);
    assert.match(textOf(await pages.list()), /연결된 앱이 없습니다/);
  });

  test('leads through the login and back to the page that was asked for, and nowhere else', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    await w.tokens(client, user);
    const browser = w.browser();
    const login = await browser.follow(await browser.get(`${pathOf(client)}/history`));
    const form = formOf(login, 'login');
    const then = await browser.post(form.action, { ...form.fields, username: user.loginId, password: user.password });
    assert.equal(new URL(then.location ?? '').pathname, `${pathOf(client)}/history`);
    for (const next of [
      '//evil.example',
      '/\\evil.example',
      `${pathOf(client)}/../..`,
      '/account/%2e%2e',
      '/accounts',
    ]) {
      const answer = await browser.get(`/login?${new URLSearchParams({ next })}`);
      assert.equal(new URL(answer.location ?? '').pathname, '/account', next);
    }
  });

  test('answers somebody else’s client, an unknown one and a misspelled one with the same page', async () => {
    const w = world();
    const client = await w.client();
    await w.tokens(client, await w.user());
    const stranger = await accountPages(w, await w.user());
    const mine = await w.client();
    await w.tokens(mine, await w.user());
    const { fields } = formOf(await stranger.browser.get('/account'), 'logout');
    const ids = [client.id, 'f'.repeat(32), client.id.toUpperCase(), 'nobody'];
    for (const ending of ['', '/history', '/history.json', '/disconnect', '/withdraw', '/disconnect!']) {
      const pages = [];
      for (const id of ids) {
        const path = `/account/connections/${id}${ending.replace('!', '')}`;
        const isPost = ending === '/withdraw' || ending.endsWith('!');
        const page = isPost
          ? await stranger.browser.post(path, { ...fields, scope: 'PROFILE' })
          : await stranger.browser.get(path);
        assertOwnErrorPage(page, 404);
        pages.push(page.text.replace(/<code class="request-id">[^<]*/, ''));
      }
      assert.equal(new Set(pages).size, 1, ending);
    }
  });
});

onBoth('The last use of a connection', (world) => {
  test('is noted by the token endpoint and by a read of the API, at most every five minutes', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const began = w.app.clock.now();
    const tokens = await w.tokens(client, user);
    assert.equal(await lastUsed(w, user, client), began);

    w.app.clock.advance(5 * MINUTE - 1);
    assert.equal((await w.me(tokens.access_token)).status, 200);
    await w.refresh(client, tokens.refresh_token);
    assert.equal(await lastUsed(w, user, client, began), began);

    w.app.clock.advance(1);
    await Promise.all(Array.from({ length: 10 }, () => w.me(tokens.access_token)));
    assert.equal(await lastUsed(w, user, client, began), began + 5 * MINUTE);

    w.app.clock.advance(10 * MINUTE);
    await w.refresh(client, tokens.refresh_token);
    assert.equal(await lastUsed(w, user, client, began + 5 * MINUTE), began + 15 * MINUTE);
  });

  test('is not noted for what is refused', async () => {
    const w = world();
    const client = await w.client({ scopes: ['DEVICE'] });
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    const began = await lastUsed(w, user, client);
    w.app.clock.advance(DAY);
    assert.equal((await w.me(tokens.access_token)).status, 401, 'its time is over');
    const again = (await w.refresh(client, tokens.refresh_token)).body;
    const noted = await lastUsed(w, user, client, began);
    assert.equal(noted, w.app.clock.now());
    w.app.clock.advance(10 * MINUTE);
    assert.equal((await w.me(String(again['access_token']))).status, 403, 'without PROFILE');
    assert.equal((await w.refresh(client, 'x')).status, 400);
    assert.equal(await lastUsed(w, user, client, noted), noted);
  });
});
