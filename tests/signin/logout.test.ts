import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formOf } from '../support/browser.ts';
import { onBoth } from '../support/suite.ts';

onBoth('Logging out', (world) => {
  test('CS-16: ends the session itself: a kept cookie is worth nothing afterwards', async () => {
    const w = world();
    const browser = w.browser();
    await w.login(browser, await w.user());
    const kept = new Map(browser.cookies);
    const form = formOf(await browser.get('/account'), 'logout');
    const out = await browser.post(form.action, form.fields);
    assert.equal(out.status, 303);
    assert.equal(browser.cookies.has('medbiz'), false);
    const thief = w.browser();
    for (const [name, value] of kept) thief.cookies.set(name, value);
    assert.match((await thief.get('/account')).location ?? '', /\/login/);
  });

  test('CS-16: another site can not do it: without the cookie nothing is cleared, with it the field is needed', async () => {
    // Found in Chromium: a cross-site post carries no SameSite cookie, and the answer cleared the cookie all the same.
    const w = world();
    const stranger = await w.browser().post('/logout', {});
    assert.deepEqual(stranger.headers.getSetCookie(), []);
    assert.equal(stranger.headers.get('clear-site-data'), null);
    const browser = w.browser();
    await w.login(browser, await w.user());
    assert.equal((await browser.post('/logout', {})).status, 403);
    assert.equal((await browser.get('/account')).status, 200);
  });
});
