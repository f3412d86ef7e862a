/**
 * `node tools/console-size.ts`: what the console weighs, as gzip: what the first page loads, and all of it. Fails above
 * the bound that the design sets for all JavaScript.
 */
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Built, buildConsole } from './build-console.ts';

const BOUND = 250_000;
await buildConsole();
const dist = fileURLToPath(new URL('../console/dist/', import.meta.url));
const { files } = JSON.parse(await readFile(`${dist}built.json`, 'utf8')) as Built;
const page = await readFile(`${dist}index.html`, 'utf8');
const sizes = await Promise.all(
  files
    .filter(({ file }) => file.endsWith('.js'))
    .map(async ({ file }) => ({ file, gzip: (await stat(`${dist}${file}.gz`)).size })),
);
const sum = (some: typeof sizes): number => some.reduce((total, { gzip }) => total + gzip, 0);
const first = sum(sizes.filter(({ file }) => page.includes(file)));
const all = sum(sizes);
for (const { file, gzip } of sizes.toSorted((a, b) => b.gzip - a.gzip).slice(0, 8))
  console.log(`${String(gzip).padStart(8)}  ${file}`);
console.log(`${String(first).padStart(8)}  loaded by every page`);
console.log(`${String(all).padStart(8)}  all JavaScript (bound ${BOUND})`);
process.exitCode = all <= BOUND ? 0 : 1;
