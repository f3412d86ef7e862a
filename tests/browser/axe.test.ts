import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { CONSOLE_PAGES } from '#contracts/console';
import { LOCALES } from '#kernel';
import { buildConsole } from '../../tools/build-console.ts';
import { startTestApp } from '../support/app.ts';
import { launchChromium } from '../support/chromium.ts';
import { serveSamples } from '../support/sample-edge.ts';
import { openWorld, type World } from '../support/world.ts';

const SCHEMES = ['light', 'dark'] as const;

/** What axe-core calls serious or critical on the page as it stands. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate<string[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 120))))`);
}

describe('axe-core finds nothing serious', () => {
  let chromium: Browser | undefined;
  let world: World | undefined;
  before(async () => {
    await buildConsole();
    chromium = await launchChromium();
    world = openWorld(await startTestApp({ dialect: 'sqlite' }));
  });
  after(async () => {
    await chromium?.close();
    await world?.app.close();
  });

  for (const colorScheme of SCHEMES) {
    test(`on any server-rendered page, in both languages (${colorScheme})`, async () => {
      assert.ok(chromium !== undefined);
      const samples = await serveSamples();
      const context = await chromium.newContext({ colorScheme, viewport: { width: 390, height: 800 } });
      const page = await context.newPage();
      const found: string[] = [];
      for (const path of samples.paths) {
        await page.goto(samples.url + path);
        found.push(...(await barriers(page)).map((one) => `${path}: ${one}`));
      }
      await context.close();
      await samples.close();
      assert.deepEqual(found, []);
      assert.ok(samples.paths.length > 20);
    });

    test(`on any page of the console, in both languages (${colorScheme})`, async () => {
      assert.ok(chromium !== undefined && world !== undefined);
      const w = world;
      const developer = await w.user({ roles: ['developer', 'operator'], name: '한결' });
      const client = await w.client({ owner: developer, scopes: ['PROFILE', 'HEALTH'], optional: ['HEALTH'] });
      await w.client({ owner: developer, status: 'PENDING' });
      const other = await w.client({ status: 'PENDING' });
      const found: string[] = [];
      for (const locale of LOCALES) {
        const context = await chromium.newContext({ colorScheme, locale, viewport: { width: 1280, height: 900 } });
        const page = await context.newPage();
        await page.goto(`${w.url}/login?lang=${locale}&next=/console`);
        await page.fill('#username', developer.loginId);
        await page.fill('#password', developer.password);
        await page.click('#login');
        for (const address of CONSOLE_PAGES) {
          const id = address.startsWith('/console/review') ? other.id : client.id;
          await page.goto(`${w.url}${address.replace(':id', id)}?lang=${locale}`);
          await page.waitForSelector('h1');
          await page.waitForSelector('.waiting', { state: 'detached' });
          found.push(...(await barriers(page)).map((one) => `${locale} ${address}: ${one}`));
        }
        await context.close();
      }
      assert.deepEqual(found, []);
    });
  }
});
