import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formOf } from '../support/browser.ts';
import { onBoth } from '../support/suite.ts';
import { CALLBACK, type TestClient, type TestUser, type World } from '../support/world.ts';

/** The consent page of this request, as the logged-in user sees it. */
async function consentPage(w: World, client: TestClient, user: TestUser, params: Record<string, string> = {}) {
  const browser = w.browser();
  await w.login(browser, user);
  const page = await browser.follow(await browser.get(w.authorizeUrl(client, params)));
  assert.match(page.text, /id="allow"/);
  return { browser, page };
}

onBoth('Consent', (world) => {
  test('names the client, its developer and where the user will be sent, in the words of the contract', async () => {
    const w = world();
    const owner = await w.user({ name: '한빛소프트', roles: ['developer'] });
    const client = await w.client({ owner, name: '건강수첩', scopes: ['PROFILE', 'HEALTH'] });
    const { page } = await consentPage(w, client, await w.user());
    for (const words of [
      '건강수첩',
      '한빛소프트',
      'app.example.com',
      '아이디, 이메일주소, 이름, 성별, 생일 보기',
      '개인 의료 데이터 읽기',
    ]) {
      assert.ok(page.text.includes(words), words);
    }
    assert.match(page.text, /동의하고 계속하기/);
    assert.match(page.text, /취소/);
    assert.match(page.text, /<html[^>]* lang="ko"/);
  });

  test('is shown in English for ui_locales=en', async () => {
    const w = world();
    const { page } = await consentPage(w, await w.client(), await w.user(), { ui_locales: 'en-US' });
    assert.match(page.text, /<html[^>]* lang="en"/);
    assert.match(page.text, /Agree and continue/i);
  });

  test('ticks nothing beforehand, and refusing an optional scope gives a code with the reduced scope', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'], optional: ['DEVICE'] });
    const user = await w.user();
    const { page } = await consentPage(w, client, user);
    assert.match(page.text, /id="scope-DEVICE"/);
    assert.doesNotMatch(page.text, /\schecked/);
    const answer = await w.authorize(client, user, {}, { tick: [] });
    const tokens = await w.redeem(client, answer.get('code') ?? '');
    assert.equal(tokens.body['scope'], 'PROFILE');
  });

  test('is remembered per scope: a new scope asks for the new one alone', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'] });
    const user = await w.user();
    await w.tokens(client, user, { scope: 'PROFILE' });
    const { page } = await consentPage(w, client, user, { scope: 'PROFILE DEVICE' });
    assert.ok(page.text.includes('사용중인 디바이스 정보 보기'));
    assert.equal(page.text.includes('아이디, 이메일주소, 이름, 성별, 생일 보기'), false);
    assert.equal((await w.tokens(client, user, { scope: 'PROFILE DEVICE' })).scope, 'PROFILE DEVICE');
  });

  test('of one client says nothing for another, and of one user nothing for another', async () => {
    const w = world();
    const user = await w.user();
    const client = await w.client();
    await w.tokens(client, user);
    await consentPage(w, await w.client(), user);
    await consentPage(w, client, await w.user());
  });

  test('prompt=consent asks again', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    await w.tokens(client, user);
    await consentPage(w, client, user, { prompt: 'consent' });
  });

  test('HEALTH is a block of its own with a box of its own, and is not given without it', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH'], optional: ['HEALTH'] });
    const user = await w.user();
    const { page } = await consentPage(w, client, user);
    assert.match(page.text, /id="scope-HEALTH"/);
    assert.ok(page.text.includes('민감정보(건강정보)'));
    const without = await w.authorize(client, user, {}, { tick: [] });
    assert.equal((await w.redeem(client, without.get('code') ?? '')).body['scope'], 'PROFILE');
    const other = await w.user();
    const given = await w.authorize(client, other, {}, { tick: ['HEALTH'] });
    assert.equal((await w.redeem(client, given.get('code') ?? '')).body['scope'], 'PROFILE HEALTH');
  });

  test('CS-02: reads nothing from the form but ticket, decision and boxes', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE'] });
    const { browser, page } = await consentPage(w, client, await w.user());
    const form = formOf(page, 'allow');
    const answer = await browser.post(form.action, {
      ...form.fields,
      decision: 'allow',
      scope: 'PROFILE HEALTH DRIVE',
      'scope-DRIVE': 'on',
      client_id: 'f'.repeat(32),
      redirect_uri: 'https://evil.example/',
      approved: 'true',
    });
    const end = await browser.follow(answer);
    assert.ok(end.location?.startsWith(`${CALLBACK}?`), end.location ?? '');
    const tokens = await w.redeem(client, new URL(end.location ?? '').searchParams.get('code') ?? '');
    assert.equal(tokens.body['scope'], 'PROFILE');
  });

  test('SC-15: two tabs are two requests: agreeing in one gives nothing to the other', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'HEALTH', 'DEVICE'] });
    const user = await w.user();
    const browser = w.browser();
    await w.login(browser, user);
    const small = await browser.follow(await browser.get(w.authorizeUrl(client, { scope: 'PROFILE', state: 'small' })));
    const large = await browser.follow(
      await browser.get(w.authorizeUrl(client, { scope: 'PROFILE DEVICE', state: 'large' })),
    );
    const form = formOf(small, 'allow');
    const end = await browser.follow(await browser.post(form.action, { ...form.fields, decision: 'allow' }));
    const answer = new URL(end.location ?? '').searchParams;
    assert.equal(answer.get('state'), 'small');
    assert.equal((await w.redeem(client, answer.get('code') ?? '')).body['scope'], 'PROFILE');
    assert.match(large.text, /사용중인 디바이스/);
  });

  test('CO-14: submitted twice gives one code; the second is told that it is done', async () => {
    const w = world();
    const client = await w.client();
    const { browser, page } = await consentPage(w, client, await w.user());
    const form = formOf(page, 'allow');
    const fields = { ...form.fields, decision: 'allow' };
    const first = await browser.follow(await browser.post(form.action, fields));
    assert.ok(new URL(first.location ?? '').searchParams.get('code'));
    const second = await browser.follow(await browser.post(form.action, fields));
    assert.equal(second.location, null);
    assert.ok(second.status >= 400 && second.status < 500, String(second.status));
  });

  test('CS-01: is not taken from another site, without the hidden field, or with somebody else’s', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const { browser, page } = await consentPage(w, client, user);
    const form = formOf(page, 'allow');
    const fields: Record<string, string> = { ...form.fields, decision: 'allow' };
    const { csrf: _csrf, ...without } = fields;
    const mine = formOf((await consentPage(w, client, user)).page, 'allow');
    for (const [body, headers] of [
      [without, {}],
      [{ ...fields, csrf: 'x' }, {}],
      [{ ...fields, csrf: mine.fields['csrf'] ?? '' }, {}],
      [fields, { origin: 'https://evil.example' }],
      [fields, { origin: 'null' }],
      [fields, { 'sec-fetch-site': 'cross-site' }],
    ] as const) {
      const answer = await browser.post(form.action, body, headers);
      assert.equal(answer.status, 403, JSON.stringify(headers));
      assert.equal(answer.location, null);
    }
    const end = await browser.follow(
      await browser.post(form.action, fields, { origin: w.url, 'sec-fetch-site': 'same-origin' }),
    );
    assert.ok(new URL(end.location ?? '').searchParams.get('code'));
  });

  test('CS-19: a transaction belongs to the browser that began it', async () => {
    const w = world();
    const client = await w.client();
    const browser = w.browser();
    const begun = await browser.get(w.authorizeUrl(client));
    const page = await browser.follow(begun);
    assert.match(page.text, /id="login"/);
    const stranger = w.browser();
    const stolen = await stranger.follow(await stranger.get(page.url));
    assert.doesNotMatch(stolen.text, /id="login"/);
    assert.ok(stolen.status >= 400 && stolen.status < 500);
  });

  test('one person answers, another logs in instead: the second is asked once and gets a code of his or her own', async () => {
    // The answer of the first stood in the way of the second, who got the same page again and again.
    const w = world();
    const client = await w.client();
    const [first, second] = [await w.user(), await w.user()];
    const browser = w.browser();
    await w.login(browser, first);
    const page = await browser.follow(await browser.get(w.authorizeUrl(client)));
    const form = formOf(page, 'allow');
    const answered = await browser.post(form.action, { ...form.fields, decision: 'allow' });
    // The way back to the application is lost; somebody else sits down at the same browser.
    browser.cookies.delete('medbiz');
    await w.login(browser, second);
    const end = await w.walk(browser, await browser.get(answered.location ?? ''), second);
    const code = new URL(end.location ?? '').searchParams.get('code');
    const redeemed = await w.redeem(client, code ?? '');
    assert.equal((await w.me(String(redeemed.body['access_token']))).body['userMuid'], second.muid);
  });

  test('withdrawn in part narrows the tokens at once; withdrawn in whole ends them', async () => {
    const w = world();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE'] });
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    await w.app.withdraw(user.muid, client.id, ['PROFILE']);
    assert.equal((await w.me(tokens.access_token)).status, 403);
    assert.equal((await w.refresh(client, tokens.refresh_token)).body['scope'], 'DEVICE');
    await w.app.withdraw(user.muid, client.id, null);
    assert.equal((await w.me(tokens.access_token)).status, 401);
    assert.equal((await w.refresh(client, tokens.refresh_token)).body['error'], 'invalid_grant');
  });
});
