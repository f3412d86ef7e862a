import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertOwnErrorPage } from '../support/expect.ts';
import { onBoth } from '../support/suite.ts';
import { CALLBACK, pkcePair } from '../support/world.ts';

/** Every line is an attack of the reference list, group 1.A, against a client that registered https://app.example.com/cb. */
const HOSTILE: readonly (readonly [id: string, uri: string])[] = [
  ['RU-01', 'https://app.example.com@evil.example/cb'],
  ['RU-02', 'https://app.example.com:pw@evil.example/cb'],
  ['RU-04', 'https://a@b@evil.example@app.example.com/cb'],
  ['RU-05', 'https://app.example.com@@evil.example/cb'],
  ['RU-07', 'https://app.example.com\\.evil.example/cb'],
  ['RU-07', 'https://app.example.com\\@evil.example/cb'],
  ['RU-08', 'https://app.example.com:443\\@evil.example'],
  ['RU-08', 'https://app.example.com:443\\@@evil.example'],
  ['RU-08', 'https://app.example.com:443#\\@evil.example'],
  ['RU-10', 'https://app.example.com.evil.example/cb'],
  ['RU-11', 'https://evilapp.example.com/cb'],
  ['RU-16', 'https://APP.example.com/cb'],
  ['RU-16', 'HTTPS://app.example.com/cb'],
  ['RU-17', 'https://app.example.com/CB'],
  ['RU-19', 'https://app.example.com:8443/cb'],
  ['RU-19', 'https://app.example.com:443/cb'],
  ['RU-20', 'http://app.example.com/cb'],
  ['RU-22', '//evil.example/cb'],
  ['RU-22', '/\\evil.example'],
  ['RU-22', '\\\\evil.example'],
  ['RU-23', 'javascript:alert(1)//https://app.example.com/cb'],
  ['RU-25', 'data:text/html,<script>alert(1)</script>'],
  ['RU-25', 'blob:https://app.example.com/cb'],
  ['RU-25', 'file:///etc/passwd'],
  ['RU-25', 'about:blank'],
  ['RU-25', 'intent://app.example.com/cb'],
  ['RU-25', 'content://x'],
  ['RU-26', 'x:anything'],
  ['RU-28', 'https://app.example.com/cb/evil'],
  ['RU-28', 'https://app.example.com/cbevil'],
  ['RU-29', 'https://app.example.com/cb/../evil'],
  ['RU-31', 'https://app.example.com/cb/%252e%252e%252Fevil'],
  ['RU-32', 'https://app.example.com/cb/..;/evil'],
  ['RU-32', 'https://app.example.com/cb/;/../../evil'],
  ['RU-32', 'https://app.example.com/cb/%3B/../../evil'],
  ['RU-34', 'https://app.example.com/x/../cb'],
  ['RU-34', 'https://app.example.com/./cb'],
  ['RU-34', 'https://app.example.com//cb'],
  ['RU-34', 'https://app.example.com/cb/'],
  ['RU-35', 'https://app.example.com/%63b'],
  ['RU-35', 'https://app%2eexample.com/cb'],
  ['RU-37', 'https://app.example.com%00.evil.example/cb'],
  ['RU-38', 'https://app.exa\tmple.com/cb'],
  ['RU-38', 'ht\ntps://app.example.com/cb'],
  ['RU-40', 'https://app.example.com/cb?x=1'],
  ['RU-41', 'https://app.example.com/cb?code=ATTACKER'],
  ['RU-41', 'https://app.example.com/cb%3Fcode%3DATT'],
  ['RU-43', 'https://app.example.com/cb#x'],
  ['RU-43', 'https://app.example.com/cb%23x'],
  ['RU-44', 'https://app.example.com/cb;jsessionid=1'],
  ['RU-46', 'https://app.exаmple.com/cb'],
  ['RU-47', 'https://app。example.com/cb'],
  ['RU-47', 'https://app.example．com/cb'],
  ['RU-49', 'https://app.example.com／evil'],
  ['RU-49', 'https://app.example.com℀evil/cb'],
  ['RU-49', 'https://app.example.coß/cb'],
  ['RU-53', 'https://app.example.com/cb,https://evil.example'],
  ['RU-53', 'https://app.example.com/cb https://evil.example'],
  ['RU-64', 'https://app.example.com/cb?next=https://evil.example'],
  ['RU-67', `https://app.example.com/cb?${'a'.repeat(8000)}`],
  ['leading blank', ' https://app.example.com/cb'],
  ['trailing blank', 'https://app.example.com/cb '],
];

onBoth('A redirect URI', (world) => {
  test('that is not registered letter by letter is answered on our own page and never followed', async () => {
    const w = world();
    const client = await w.client();
    const browser = w.browser();
    for (const [id, uri] of HOSTILE) {
      const page = await browser.get(w.authorizeUrl(client, { redirect_uri: uri }));
      assertOwnErrorPage(page);
      assert.equal(page.text.includes('<script>alert(1)'), false, id);
    }
  });

  test('RU-14: is checked for users who consented before, too', async () => {
    const w = world();
    const client = await w.client();
    const user = await w.user();
    const browser = w.browser();
    await w.authorize(client, user, {}, { browser });
    assertOwnErrorPage(await browser.get(w.authorizeUrl(client, { redirect_uri: 'https://evil.example/cb' })));
  });

  test('RU-55, RU-56: is checked before every other parameter', async () => {
    const w = world();
    const client = await w.client();
    const browser = w.browser();
    const evil = { redirect_uri: 'https://evil.example/cb' };
    for (const more of [
      { response_type: 'xxx' },
      { prompt: 'none' },
      { scope: 'NOPE' },
      { response_type: '' },
      { code_challenge: 'x' },
    ]) {
      assertOwnErrorPage(await browser.get(w.authorizeUrl(client, { ...evil, ...more })));
    }
  });

  test('RU-50: given twice is refused on our own page, in both orders, and across query and body', async () => {
    const w = world();
    const client = await w.client();
    const browser = w.browser();
    const url = w.authorizeUrl(client);
    assertOwnErrorPage(await browser.get(`${url}&redirect_uri=https%3A%2F%2Fevil.example%2Fcb`));
    const evilFirst = w.authorizeUrl(client, { redirect_uri: 'https://evil.example/cb' });
    assertOwnErrorPage(await browser.get(`${evilFirst}&redirect_uri=${encodeURIComponent(CALLBACK)}`));
    const asked = Object.fromEntries(new URL(url).searchParams);
    assertOwnErrorPage(await browser.post('/oauth/authorize?redirect_uri=https%3A%2F%2Fevil.example%2Fcb', asked));
  });

  test('RU-13, RU-52: may be left out by a client with exactly one, and by no other', async () => {
    const w = world();
    const user = await w.user();
    const one = await w.client();
    assert.ok((await w.authorize(one, user, { redirect_uri: '' })).get('code'));
    const two = await w.client({ redirectUris: [CALLBACK, 'https://app.example.com/other'] });
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl(two, { redirect_uri: '' })));
    const none = await w.client({ redirectUris: [], methods: ['REFRESH_TOKEN'] });
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl(none, { redirect_uri: '' })));
    assertOwnErrorPage(await w.browser().get(w.authorizeUrl(none)));
  });

  test('RU-58: on the loopback interface may name any port for a native client', async () => {
    const w = world();
    const user = await w.user();
    const client = await w.client({ type: 'native', redirectUris: ['http://127.0.0.1/cb', 'http://[::1]/cb'] });
    for (const redirect_uri of ['http://127.0.0.1:51234/cb', 'http://[::1]:51234/cb', 'http://127.0.0.1/cb']) {
      const { challenge, verifier } = pkcePair();
      const code = await w.code(client, user, {
        redirect_uri,
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      const answer = await w.redeem(client, code, { redirect_uri, code_verifier: verifier });
      assert.equal(answer.status, 200, redirect_uri);
    }
  });

  test('RU-59, RU-61: on the loopback interface differs in nothing but the port, and that is a port', async () => {
    const w = world();
    const client = await w.client({ type: 'native', redirectUris: ['http://127.0.0.1/cb'] });
    const browser = w.browser();
    for (const uri of [
      'http://127.0.0.1:51234/cb2',
      'http://127.0.0.1:51234/cb?x=1',
      'https://127.0.0.1:51234/cb',
      'http://u@127.0.0.1:51234/cb',
      'http://127.0.0.1:0/cb',
      'http://127.0.0.1:99999/cb',
      'http://127.0.0.1:+80/cb',
      'http://127.0.0.1:/cb',
      'http://127.0.0.1:051/cb',
      'http://localhost:51234/cb',
      'http://127.0.0.2:51234/cb',
      'http://127.0.0.1:51234@evil.example/cb',
      'http://127.0.0.1.evil.example:51234/cb',
    ]) {
      assertOwnErrorPage(await browser.get(w.authorizeUrl(client, { redirect_uri: uri })));
    }
  });

  test('on the loopback interface is compared port and all for a web client', async () => {
    const w = world();
    const client = await w.client({ redirectUris: ['http://localhost:3000/callback'] });
    assertOwnErrorPage(
      await w.browser().get(w.authorizeUrl(client, { redirect_uri: 'http://localhost:3001/callback' })),
    );
    assert.ok((await w.authorize(client, await w.user())).get('code'));
  });

  test('keeps the query that it was registered with', async () => {
    const w = world();
    const client = await w.client({ redirectUris: ['https://app.example.com/cb?tenant=7'] });
    const answer = await w.authorize(client, await w.user());
    assert.equal(answer.get('tenant'), '7');
    assert.ok(answer.get('code'));
  });

  test('of a private-use scheme works for a native client', async () => {
    const w = world();
    const client = await w.client({ type: 'native', redirectUris: ['com.example.app:/oauth'] });
    const { challenge } = pkcePair();
    const browser = w.browser();
    const url = w.authorizeUrl(client, { code_challenge: challenge, code_challenge_method: 'S256' });
    const end = await w.walk(browser, await browser.get(url), await w.user());
    assert.match(end.location ?? '', /^com\.example\.app:\/oauth\?state=st-1&iss=.*&code=mbc_/);
  });
});
