/**
 * `npm run console:speed`: how long a developer with 50 clients waits for the list, from asking for the page in a browser
 * that has nothing kept to the last row on the screen. Fails above the bound. A command and no test: machines differ.
 */
import { startTestApp } from '../tests/support/app.ts';
import { launchChromium } from '../tests/support/chromium.ts';
import { openWorld } from '../tests/support/world.ts';
import { buildConsole } from './build-console.ts';

const BOUND_MS = 1000;
const CLIENTS = 50;
const ROUNDS = 7;

await buildConsole();
const world = openWorld(await startTestApp({ dialect: 'sqlite' }));
const chromium = await launchChromium();
const times: number[] = [];
try {
  const developer = await world.user({ roles: ['developer'] });
  for (let i = 0; i < CLIENTS; i++) await world.client({ owner: developer, name: `건강수첩 ${i + 1}` });
  for (let round = 0; round < ROUNDS; round++) {
    // A new context has no cache: every byte comes from the server.
    const page = await (await chromium.newContext()).newPage();
    await page.goto(`${world.url}/login`);
    await page.fill('#username', developer.loginId);
    await page.fill('#password', developer.password);
    await page.click('#login');
    await page.waitForURL(/\/account/);
    const began = performance.now();
    await page.goto(`${world.url}/console/clients`, { waitUntil: 'commit' });
    await page.waitForSelector(`tbody tr:nth-child(${CLIENTS})`);
    times.push(performance.now() - began);
    await page.context().close();
  }
} finally {
  await chromium.close();
  await world.app.close();
}
const sorted = times.toSorted((a, b) => a - b);
const median = sorted[Math.floor(sorted.length / 2)] ?? Number.POSITIVE_INFINITY;
console.log(`${CLIENTS} clients, ${ROUNDS} cold loads: ${sorted.map((ms) => ms.toFixed(0)).join(', ')} ms`);
console.log(`median ${median.toFixed(0)} ms (bound ${BOUND_MS})`);
process.exitCode = median <= BOUND_MS ? 0 : 1;
