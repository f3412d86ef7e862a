/**
 * `node tools/screenshots.ts [name part]`: every server-rendered page in both languages, light and dark, on a desk and
 * on a phone, as PNG files in a new temporary folder, served by the real edge with its real headers. Fails when a page
 * makes the browser complain (Content-Security-Policy), overflows sideways, or has too small a target or text.
 */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { LOCALES } from '#kernel';
import { launchChromium } from '../tests/support/chromium.ts';
import { serveSamples } from '../tests/support/sample-edge.ts';
import { SAMPLES } from './screenshots/samples.ts';

const WIDTHS = [1280, 390, 320] as const;
const SCHEMES = ['light', 'dark'] as const;

const wanted = Object.keys(SAMPLES).filter((name) => name.includes(process.argv[2] ?? ''));
const samples = await serveSamples(wanted);

const folder = await mkdtemp(join(tmpdir(), 'medbiz-pages-'));
const browser = await launchChromium();
const complaints: string[] = [];
for (const scheme of SCHEMES) {
  for (const width of WIDTHS) {
    if (width === 320 && scheme === 'dark') continue;
    const context = await browser.newContext({
      viewport: { width, height: 800 },
      colorScheme: scheme,
      javaScriptEnabled: true,
    });
    const page = await context.newPage();
    for (const name of wanted) {
      for (const locale of LOCALES) {
        const where = `${name}.${locale}.${width}.${scheme}`;
        const onConsole = (message: { type(): string; text(): string }): void => {
          if (message.type() === 'error') complaints.push(`${where}: ${message.text()}`);
        };
        page.on('console', onConsole);
        await page.goto(`${samples.url}/sample/${locale}/${name}`, { waitUntil: 'load' });
        await page.evaluate('document.fonts.ready.then(() => true)');
        complaints.push(...(await flaws(page)).map((flaw) => `${where}: ${flaw}`));
        await page.screenshot({ path: join(folder, `${where}.png`), fullPage: true });
        page.off('console', onConsole);
      }
    }
    await context.close();
  }
}
await browser.close();
await samples.close();
console.log(folder);
for (const complaint of complaints) console.log(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;

/** What can be measured: sideways overflow, targets under 44 px (links within a sentence aside), text under 14 px. */
async function flaws(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`(() => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push('wider than the screen: ' + root.scrollWidth);
    for (const one of document.querySelectorAll('button, input:not([type=hidden]), label.box, a.even-button, a.link-button, .top a')) {
      const box = (one.closest('label') ?? one).getBoundingClientRect();
      if (box.height > 0 && box.height < 43.5) found.push('target ' + box.height + ' px: ' + one.outerHTML.slice(0, 60));
    }
    for (const one of document.querySelectorAll('main *, footer')) {
      if (one.childNodes.length && parseFloat(getComputedStyle(one).fontSize) < 14) found.push('small text: ' + one.outerHTML.slice(0, 60));
    }
    return found;
  })()`);
}
