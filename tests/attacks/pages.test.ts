import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formOf } from '../support/browser.ts';
import { content, openConsole } from '../support/console.ts';
import { onBoth } from '../support/suite.ts';

const NAMES = [
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '{{7*7}} {7*7} <%= 7*7 %>',
  "javascript:alert('x')",
  '</title><svg/onload=alert(1)>',
  '&lt;b&gt;',
];

onBoth('Pages that show what developers and users wrote', (world) => {
  test('WB-01: show it as text, on the consent page, the login page and in the account', async () => {
    const w = world();
    for (const name of NAMES) {
      const client = await w.client({ name });
      const user = await w.user({ name: `김<b>하늘</b>` });
      const browser = w.browser();
      const login = await browser.follow(await browser.get(w.authorizeUrl(client, { login_hint: name })));
      const form = formOf(login, 'login');
      const consent = await browser.follow(
        await browser.post(form.action, { ...form.fields, username: user.loginId, password: user.password }),
      );
      const agree = formOf(consent, 'allow');
      await browser.follow(await browser.post(agree.action, { ...agree.fields, decision: 'allow' }));
      const account = [await browser.get('/account'), await browser.get('/account/connections')];
      for (const page of [login, consent, ...account]) {
        assert.equal(page.status, 200);
        assert.equal(
          /<(?:img src=x|script(?! type="module" src="\/assets\/passkey)|svg\/|b>하늘)/.test(page.text),
          false,
          `${name} on ${page.url}`,
        );
        assert.equal(page.text.includes('49'), page.text.replaceAll('7*7', '').includes('49'));
        assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
      }
      assert.ok(
        consent.text.includes(
          name
            .replaceAll('&', '&amp;')
            .replaceAll('<', '&lt;')
            .replaceAll('>', '&gt;')
            .replaceAll('"', '&quot;')
            .replaceAll("'", '&#39;'),
        ),
      );
    }
  });

  test('WB-02: show no picture of anybody else: every address that a page loads is our own', async () => {
    const w = world();
    const client = await w.client();
    const browser = w.browser();
    for (const page of [await browser.get('/'), await browser.follow(await browser.get(w.authorizeUrl(client)))]) {
      for (const [, address = ''] of page.text.matchAll(/\s(?:src|href|srcset|poster)="([^"]*)"/g)) {
        assert.match(address, /^(?:\/(?!\/)|#|\?)/, address);
      }
    }
  });

  test('WB-04: bring no script, so none can be led astray by a parameter', async () => {
    const w = world();
    const browser = w.browser();
    await w.login(browser, await w.user());
    for (const path of [
      '/',
      '/login?next=javascript:alert(1)',
      '/account?done=%3Cscript%3E',
      '/account/connections',
      '/signup?ticket=x',
    ]) {
      const page = await browser.get(path);
      assert.equal(/<script|javascript:|\son[a-z]+=/i.test(page.text), false, path);
      assert.equal(/script-src/.test(page.headers.get('content-security-policy') ?? ''), false);
    }
  });

  test('WB-07, WB-11: an account page is about whoever is logged in, whatever the request names', async () => {
    const w = world();
    const [user, other] = [await w.user(), await w.user({ name: '이서준' })];
    const browser = w.browser();
    await w.login(browser, user);
    for (const query of [
      `userMuid=${other.muid}`,
      `user=${other.loginId}`,
      `userId=${other.loginId}&sub=${other.muid}`,
    ]) {
      const page = await browser.get(`/account?${query}`);
      assert.ok(page.text.includes(user.loginId) && !page.text.includes(other.email));
    }
  });

  test('WB-01: an operator’s console gets a developer’s texts as data, never as markup', async () => {
    const w = world();
    const developer = await openConsole(w, await w.user({ roles: ['developer'] }));
    const review = await openConsole(w, await w.user({ roles: ['operator'] }));
    const [name = ''] = NAMES;
    const { client } = await developer.ask('registerClient', { body: content({ name, description: NAMES[1] ?? '' }) });
    const shown = await review.call('readReviewCase', { params: { id: client.id } });
    assert.match(shown.headers.get('content-type') ?? '', /^application\/json/);
    assert.equal(shown.headers.get('x-content-type-options'), 'nosniff');
    const page = await review.browser.get(`/console/review/${client.id}`);
    assert.equal(page.text.includes('onerror'), false, 'the page itself is the same for everything');
  });
});
