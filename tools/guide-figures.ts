/**
 * `npm run guide:figures`: walks the registration guide in Chromium, as the browser test does, and makes the guide's
 * figures anew: `docs/guide/ko/figures` and `docs/guide/en/figures`.
 */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LOCALES } from '#kernel';
import { startTestApp } from '../tests/support/app.ts';
import { launchChromium } from '../tests/support/chromium.ts';
import { walkGuide } from '../tests/support/guide-walk.ts';
import { openWorld } from '../tests/support/world.ts';
import { buildConsole } from './build-console.ts';

/** Seen whole; the others as they stand on a screen. */
const LONG: ReadonlySet<string> = new Set(['03-register', '04-filled', '06-review', '09-consent']);
const GUIDE = fileURLToPath(new URL('../docs/guide', import.meta.url));

await buildConsole();
const world = openWorld(await startTestApp({ dialect: 'sqlite' }));
const chromium = await launchChromium();
try {
  for (const locale of LOCALES) {
    const folder = join(GUIDE, locale, 'figures');
    await mkdir(folder, { recursive: true });
    const developer = await world.user({ roles: ['developer'], name: locale === 'ko' ? '한결' : 'Han Gyeol' });
    const operator = await world.user({ roles: ['operator'], name: locale === 'ko' ? '운영자' : 'Operator' });
    await walkGuide(world, chromium, { developer, operator, locale }, async (page, name) => {
      await page.evaluate('document.fonts.ready.then(() => true)');
      await page.screenshot({ path: join(folder, `${name}.png`), fullPage: LONG.has(name) });
    });
    console.log(folder);
  }
} finally {
  await chromium.close();
  await world.app.close();
}
