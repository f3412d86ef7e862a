import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY } from '#kernel';
import { accountPages, pathOf, textOf } from '../support/account.ts';
import type { Page } from '../support/browser.ts';
import { onBoth } from '../support/suite.ts';

interface Shown {
  readonly noticeId: string;
  readonly language: string;
  readonly recipient: string;
  readonly purpose: string;
  readonly items: string[];
  readonly retention: string;
  readonly effectOfRefusal: string;
}

interface RecordFile {
  readonly userMuid: string;
  readonly next: string | null;
  readonly events: {
    readonly id: string;
    readonly at: string;
    readonly application: { readonly clientId: string; readonly name: string };
    readonly action: string;
    readonly scope: string;
    readonly kinds: string[];
    readonly expiresAt: string | null;
    readonly shown: Shown | null;
    readonly by: string;
    readonly from?: { readonly address: string };
  }[];
}

const fileOf = (page: Page): RecordFile => {
  assert.equal(page.status, 200);
  assert.match(page.headers.get('content-type') ?? '', /^application\/json/);
  assert.match(
    page.headers.get('content-disposition') ?? '',
    /^attachment; filename="consents-\d{4}-\d\d-\d\d\.json"$/,
  );
  assert.equal(page.headers.get('cache-control'), 'no-store');
  return JSON.parse(page.text) as RecordFile;
};

onBoth('동의 기록', (world) => {
  test('keeps what was given, refused and withdrawn, with what was shown word for word', async () => {
    const w = world();
    const owner = await w.user({ name: '한빛소프트', roles: ['developer'] });
    const client = await w.client({
      owner,
      name: '건강수첩',
      scopes: ['PROFILE', 'DEVICE', 'HEALTH'],
      optional: ['DEVICE', 'HEALTH'],
    });
    const user = await w.user();
    const browser = w.browser();
    await w.login(browser, user);
    const consent = await browser.follow(await browser.get(w.authorizeUrl(client)));
    await w.walk(browser, consent, user, { tick: ['HEALTH'], kinds: ['TEMP', 'GLUCOSE'] });
    w.app.clock.advance(DAY);
    const pages = await accountPages(w, user);
    await pages.press(client, 'kind', 'TEMP');

    const page = await pages.history(client);
    const text = textOf(page);
    assert.match(text, /2026년 3월 3일.*철회함 개인 의료 데이터 읽기 종류: 체온.*2026년 3월 2일/);
    assert.match(text, /동의함 아이디, 이메일주소/);
    assert.match(text, /거부함 사용중인 디바이스 정보 보기/);
    assert.match(text, /동의함 개인 의료 데이터 읽기 종류: 혈당, 체온 · 2027년 3월 2일까지/);
    // The five items, letter by letter as the consent page had them.
    const shownThen = [...consent.text.matchAll(/<dl class="five"[^>]*>([\s\S]*?)<\/dl>/g)].map(([, five = '']) =>
      textOf({ text: five }).replace('한빛소프트 ( 건강수첩 )', '한빛소프트'),
    );
    assert.equal(shownThen.length, 3);
    for (const five of shownThen) assert.ok(text.includes(five), `${five}\n${text}`);
    assert.match(text, /보여 드린 언어: 한국어 · 문안 버전: 1/);
  });

  test('shows a notice in the language in which it was shown, on a page in another', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    await w.tokens(client, user, { ui_locales: 'en' });
    const pages = await accountPages(w, user);
    const page = await pages.history(client);
    assert.match(page.text, /<html lang="ko">/);
    assert.match(page.text, /<div class="shown" lang="en">/);
    assert.match(textOf(page), /Recipient .* To recognise you and log you in .*보여 드린 언어: 영어/);
  });

  test('is a file of the user’s own, with everything that is kept', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH'], optional: ['HEALTH'] });
    const other = await w.client({ name: '다른앱' });
    const user = await w.user();
    const end = new Date(w.app.clock.now() + 365 * DAY).toISOString();
    await w.tokens(client, user, {}, { kinds: ['GLUCOSE'] });
    w.app.clock.advance(1000);
    await w.tokens(other, user);
    await w.tokens(client, await w.user());
    const pages = await accountPages(w, user);
    w.app.clock.advance(1000);
    await pages.disconnect(client);

    const all = fileOf(await pages.browser.get('/account/consents.json'));
    assert.equal(all.userMuid, user.muid);
    assert.equal(all.next, null);
    assert.deepEqual(
      all.events.map(({ action, scope, application }) => `${application.name} ${action} ${scope}`).toSorted(),
      [
        '건강수첩 GRANT HEALTH',
        '건강수첩 GRANT PROFILE',
        '건강수첩 WITHDRAW HEALTH',
        '건강수첩 WITHDRAW PROFILE',
        '다른앱 GRANT PROFILE',
      ],
    );
    const times = all.events.map(({ at }) => at);
    assert.deepEqual(times, times.toSorted().toReversed(), 'newest first');
    const given = all.events.find(({ action, scope }) => action === 'GRANT' && scope === 'HEALTH');
    assert.deepEqual(given?.kinds, ['GLUCOSE']);
    assert.equal(given?.expiresAt, end);
    assert.equal(given?.shown?.language, 'ko');
    assert.match(given?.shown?.noticeId ?? '', /^[0-9a-f]{64}$/);
    assert.ok(given?.shown?.items.includes('혈압'), 'what was shown, not what was chosen of it');
    for (const words of [given?.shown?.recipient, given?.shown?.purpose, given?.shown?.retention]) assert.ok(words);
    assert.equal(given?.by, 'user');
    assert.ok(given?.from?.address);

    const one = fileOf(await pages.browser.get(`${pathOf(other)}/history.json`));
    assert.deepEqual(
      one.events.map(({ application }) => application.clientId),
      [other.id],
    );
  });

  test('of everything and everybody shows a user his or her own alone; nobody sees any without logging in', async () => {
    const w = world();
    const client = await w.client({ name: '비밀수첩' });
    await w.tokens(client, await w.user());
    const pages = await accountPages(w, await w.user());
    assert.match(textOf(await pages.browser.get('/account/consents')), /동의 기록이 없습니다/);
    assert.deepEqual(fileOf(await pages.browser.get('/account/consents.json')).events, []);
    for (const path of ['/account/consents', '/account/consents.json', `${pathOf(client)}/history.json`]) {
      const page = await w.browser().get(path);
      assert.equal(new URL(page.location ?? '').pathname, '/login', path);
      assert.equal(page.text.includes('비밀수첩'), false);
    }
  });

  test('is read page by page, every entry once', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    for (let times = 0; times < 33; times++) {
      await w.authorize(client, user, { prompt: 'consent' }, { browser });
      w.app.clock.advance(1);
    }
    const pages = await accountPages(w, user);
    const first = await pages.history(client);
    const count = (page: Page): number => page.text.match(/class="chip given"/g)?.length ?? 0;
    assert.equal(count(first), 30);
    const older = /href="([^"]+)" id="older"/.exec(first.text)?.[1] ?? '';
    const second = await pages.browser.get(older);
    assert.equal(count(second), 3);
    assert.doesNotMatch(second.text, /id="older"/);
    assert.equal(count(await pages.browser.get(`${pathOf(client)}/history?before='`)), 30, 'a bad cursor is none');
  });
});

onBoth('A consent whose time is over', (world) => {
  test('becomes an entry of the record, is asked for again, and gives nothing meanwhile', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH'], optional: ['HEALTH'] });
    const user = await w.user();
    await w.tokens(client, user, {}, { kinds: ['GLUCOSE'] });
    w.app.clock.advance(365 * DAY - 1);
    assert.equal(await w.app.storage.consents.expire(w.app.act(), 50), 0, 'not a moment too early');
    w.app.clock.advance(1);
    const pages = await accountPages(w, user);
    assert.equal(textOf(await pages.list()).includes('개인 의료 데이터'), false, 'whether it was swept or not');
    await w.app.storage.consents.expire(w.app.act(), 50);
    assert.match(
      textOf(await pages.history(client)),
      /기간 끝남 개인 의료 데이터 읽기 종류: 혈당 · 2027년 3월 2일까지/,
    );
    const { events } = fileOf(await pages.browser.get(`${pathOf(client)}/history.json`));
    assert.deepEqual(
      events.filter(({ action }) => action === 'EXPIRE').map(({ by, scope }) => `${by} ${scope}`),
      ['system HEALTH'],
    );
    const browser = w.browser();
    await w.login(browser, user);
    const asked = await browser.follow(await browser.get(w.authorizeUrl(client)));
    assert.match(asked.text, /id="scope-HEALTH"/);
    assert.doesNotMatch(asked.text, /id="scope-PROFILE-items"/, 'the rest is not asked again');
  });
});
