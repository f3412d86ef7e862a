import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import { howToInstall } from './install.ts';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Nothing but the page goes over the network, and nothing of the machine decides what is drawn. */
const ARGS = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-gpu',
  '--disable-quic',
];

/** Where Chromium is, or null. One that `MEDBIZ_TEST_CHROMIUM` names is the only one looked at. */
export function chromiumPath(): string | null {
  const named = process.env['MEDBIZ_TEST_CHROMIUM'];
  const places = named === undefined || named === '' ? PLACES : [named];
  return places.find((place) => existsSync(place)) ?? null;
}

/** A real browser without a window, for one test file; close it. Throws what to install where there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error(howToInstall('chromium'));
  // Chromium's own sandbox does not start as root, as tests run in a container.
  const root = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({ executablePath, args: [...root, ...ARGS] });
}
