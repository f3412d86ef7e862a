/**
 * `node console/dev/screenshots.ts [part of a name]`: every page of the built console, in both languages and schemes, at
 * three widths, as PNG files in a new temporary folder. Fails when the browser complains, a page is wider than the
 * screen, or a target is too small.
 */
import { mkdtemp, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { Persona } from './fake-api.ts';
import { buildConsole } from '../../tools/build-console.ts';
import { startFakeServer } from './fake-server.ts';

const DIARY = 'a3f1c09b5d7e4286b0c91d2e3f4a5b6c';
const WALK = '5e9d7c6b4a3f42819c0d1e2f3a4b5c6d';
const BOARD = 'c7b2a1908f6e4d5c9b8a7f6e5d4c3b2a';
const FAMILY = '77aa88bb99cc40dd11ee22ff33aa44bb';

interface Shot {
  readonly as: Persona;
  readonly path: string;
  readonly act?: (page: Page) => Promise<void>;
}

const SHOTS: Readonly<Record<string, Shot>> = {
  agreement: { as: 'user', path: '/console/clients' },
  empty: { as: 'newcomer', path: '/console/clients' },
  clients: { as: 'developer', path: '/console/clients' },
  register: { as: 'newcomer', path: '/console/clients/new' },
  'register-wrong': {
    as: 'newcomer',
    path: '/console/clients/new',
    act: async (page) => {
      await page.fill('#name', 'x'.repeat(66));
      await page.fill('#redirect-0', 'http://example.com/cb#here');
      await page.click('#scope-HEALTH');
      await page.click('#method-IMPLICIT');
      await page.click('#scope-PROFILE');
      await page.click('#register');
    },
  },
  overview: { as: 'developer', path: `/console/clients/${DIARY}` },
  'overview-pending': { as: 'developer', path: `/console/clients/${WALK}` },
  'overview-rejected': { as: 'developer', path: `/console/clients/${BOARD}` },
  settings: { as: 'developer', path: `/console/clients/${DIARY}/settings` },
  review: { as: 'developer', path: `/console/clients/${DIARY}/review` },
  'review-rejected': { as: 'developer', path: `/console/clients/${BOARD}/review` },
  secrets: { as: 'developer', path: `/console/clients/${DIARY}`, act: (page) => page.click('#show-secret') },
  'secrets-new': {
    as: 'developer',
    path: `/console/clients/${DIARY}`,
    act: async (page) => {
      await page.click('#show-secret');
      await page.click('.dialog-foot button:first-child');
    },
  },
  'secrets-password': {
    as: 'stale',
    path: `/console/clients/${DIARY}`,
    act: async (page) => {
      await page.click('#show-secret');
      await page.fill('#secret-password', 'wrong');
      await page.keyboard.press('Enter');
      await page.waitForSelector('#secret-password-error');
    },
  },
  delete: {
    as: 'developer',
    path: `/console/clients/${DIARY}/settings`,
    act: async (page) => {
      await page.click('#delete');
      await page.fill('#delete-name', 'other');
      await page.click('#delete-now');
    },
  },
  drawer: {
    as: 'operator',
    path: '/console/review',
    act: async (page) => {
      if (await page.isVisible('.drawer-button')) await page.click('.drawer-button');
    },
  },
  messages: { as: 'developer', path: '/console/messages' },
  account: { as: 'developer', path: '/console/clients', act: (page) => page.click('.top-right button:last-of-type') },
  queue: { as: 'operator', path: '/console/review' },
  case: { as: 'operator', path: `/console/review/${DIARY}` },
  'case-new': {
    as: 'operator',
    path: `/console/review/${FAMILY}`,
    act: async (page) => {
      await page.click('input[name=verdict-HEALTH][value=REFUSED]');
      await page.click('#approve');
    },
  },
  'find-clients': { as: 'operator', path: '/console/operator/clients' },
  users: { as: 'operator', path: '/console/operator/users' },
  'users-menu': {
    as: 'operator',
    path: '/console/operator/users',
    act: (page) => page.click('tbody tr:nth-child(2) button'),
  },
  audit: { as: 'operator', path: '/console/operator/audit' },
  'not-found': { as: 'developer', path: `/console/review/${DIARY}` },
};

const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
];

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const wanted = Object.entries(SHOTS).filter(([name]) => name.includes(process.argv[2] ?? ''));
await buildConsole();
const server = await startFakeServer(0);
const address = server.address();
const base = `http://localhost:${typeof address === 'object' ? address?.port : ''}`;
const folder = await mkdtemp(join(tmpdir(), 'medbiz-console-'));
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
const complaints: string[] = [];

for (const [scheme, width, locales] of [
  ['light', 1280, ['ko', 'en']],
  ['light', 390, ['ko', 'en']],
  ['dark', 1280, ['ko']],
  ['dark', 390, ['en']],
  ['light', 320, ['en']],
] as const) {
  for (const locale of locales) {
    for (const [name, { as, path, act }] of wanted) {
      const context = await browser.newContext({
        viewport: { width, height: 800 },
        colorScheme: scheme,
        locale: locale === 'ko' ? 'ko-KR' : 'en-GB',
        timezoneId: 'Asia/Seoul',
      });
      await context.addCookies([
        { name: 'fake-persona', value: as, url: base },
        { name: 'fake-lang', value: locale, url: base },
      ]);
      const page = await context.newPage();
      const where = `${name}.${locale}.${width}.${scheme}`;
      page.on('console', (message) => {
        const expected = message.text().includes('status of 403');
        if (['error', 'warning'].includes(message.type()) && !expected) complaints.push(`${where}: ${message.text()}`);
      });
      page.on('pageerror', (error) => complaints.push(`${where}: ${error.message}`));
      try {
        await page.goto(`${base}${path}`, { waitUntil: 'load' });
        await page.waitForSelector('h1');
        await page.waitForSelector('.waiting', { state: 'detached' });
        await act?.(page);
        await page.waitForTimeout(act === undefined ? 600 : 900);
        await page.evaluate('document.fonts.ready.then(() => true)');
        const found = [...(await flaws(page)), ...(await barriers(page))];
        complaints.push(...found.map((flaw) => `${where}: ${flaw}`));
        await page.screenshot({ path: join(folder, `${where}.png`), fullPage: !(await page.$('.veil')) });
      } catch (error) {
        complaints.push(`${where}: ${String(error)}`);
      }
      await context.close();
    }
  }
}
await browser.close();
server.close();
console.log(folder);
for (const complaint of complaints) console.log(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

/** What axe finds, of any weight: the console has no excuse for small things either. */
async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(AXE);
  return page.evaluate<string[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, impact, nodes }) => nodes.map((node) => id + ' (' + impact + '): ' + node.html.slice(0, 120))))`);
}

/** What can be measured: sideways overflow, targets under 36 px, text under 13 px, words left in the other language. */
async function flaws(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push('wider than the screen: ' + root.scrollWidth);
    for (const one of document.querySelectorAll('button:not([tabindex="-1"]), select, input:not([type=hidden]), summary, nav a, a.button')) {
      const box = (one.closest('label') ?? one).getBoundingClientRect();
      if (box.height > 1 && box.height < 35.5) found.push('target ' + box.height + ' px: ' + one.outerHTML.slice(0, 90));
    }
    for (const one of document.querySelectorAll('main *')) {
      const text = [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== '');
      if (text && parseFloat(getComputedStyle(one).fontSize) < 12.9) found.push('small text: ' + one.outerHTML.slice(0, 90));
    }
    if (document.title === '' || document.querySelectorAll('h1').length !== 1) found.push('one title, one h1: ' + document.title);
    return found;
  })()`);
}
