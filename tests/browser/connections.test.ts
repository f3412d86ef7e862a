import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { startTestApp } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { openWorld, type TestUser, type World } from '../support/world.ts';

/** Chromium without scripts, on a phone: what counts is what a person presses. */
describe('연결된 앱 in a browser without JavaScript', () => {
  let world: World | undefined;
  let chromium: Browser | undefined;
  before(async () => {
    world = openWorld(await startTestApp({ dialect: 'sqlite' }));
    chromium = await launchChromium();
  });
  after(async () => {
    await chromium?.close();
    await world?.app.close();
  });

  async function loggedIn(w: World, user: TestUser): Promise<Page> {
    if (chromium === undefined) throw new Error('no browser');
    const context = await chromium.newContext({
      javaScriptEnabled: false,
      locale: 'ko-KR',
      viewport: { width: 390, height: 800 },
    });
    const page = await context.newPage();
    await page.goto(`${w.url}/login?next=${encodeURIComponent('/account/connections')}`);
    await page.fill('#username', user.loginId);
    await page.fill('#password', user.password);
    await page.click('#login');
    assert.equal(new URL(page.url()).pathname, '/account/connections');
    return page;
  }

  const opened = (): World => {
    if (world === undefined) throw new Error('the app did not start');
    return world;
  };

  test('an application is disconnected in two clicks', async () => {
    const w = opened();
    const client = await w.client();
    const user = await w.user();
    const tokens = await w.tokens(client, user);
    const page = await loggedIn(w, user);
    await page.click(`#disconnect-${client.id}`);
    await page.click('#confirm-disconnect');
    assert.equal(
      await page.textContent('.done'),
      '건강수첩 연결을 해제했습니다. 이 앱은 이제 회원님의 정보를 볼 수 없습니다.',
    );
    assert.equal((await w.me(tokens.access_token)).status, 401);
  });

  test('an optional scope and a kind of health information are taken back in two clicks each', async () => {
    const w = opened();
    const client = await w.client({ scopes: ['PROFILE', 'DEVICE', 'HEALTH'], optional: ['DEVICE', 'HEALTH'] });
    const user = await w.user();
    await w.tokens(client, user);
    const page = await loggedIn(w, user);
    await page.click(`#details-${client.id}`);
    await page.click('#withdraw-DEVICE');
    assert.equal(await page.locator('#part-DEVICE').count(), 0);
    await page.goto(`${w.url}/account/connections`);
    await page.click(`#details-${client.id}`);
    await page.click('#withdraw-kind-GLUCOSE');
    assert.match((await page.textContent('.done')) ?? '', /혈당/);
    assert.equal(await page.locator('[name=kind]').count(), 7);
  });

  test('a notice is unfolded, and everything can be reached and seen by keyboard', async () => {
    const w = opened();
    const client = await w.client();
    const user = await w.user();
    await w.tokens(client, user);
    const page = await loggedIn(w, user);
    await page.goto(`${w.url}/account/connections/${client.id}/history`);
    assert.equal(await page.locator('.shown').isVisible(), false);
    await page.click('summary');
    assert.equal(await page.locator('.shown').isVisible(), true);
    await page.goto(`${w.url}/account/connections`);
    const reached: unknown[] = [];
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate('document.activeElement.id'));
      if (reached.at(-1) !== `disconnect-${client.id}`) continue;
      assert.equal(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'solid');
      break;
    }
    assert.deepEqual(reached.slice(-2), [`details-${client.id}`, `disconnect-${client.id}`]);
  });
});
