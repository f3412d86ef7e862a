/**
 * `npm test [-- part of a path …]`: runs the test files on a PostgreSQL cluster of its own and ends with the line
 * `N passed, N failed`. What the machine lacks is said, and its tests fail; nothing is ever left out silently.
 */
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasAuthlib } from '../tests/support/authlib.ts';
import { chromiumPath } from '../tests/support/chromium.ts';
import { howToInstall } from '../tests/support/install.ts';
import { type Cluster, startCluster } from './test/cluster.ts';
import { findPostgres } from './test/postgres-binaries.ts';
import { createReport } from './test/report.ts';
import { runFile } from './test/run-file.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/[/\\]$/, '');
/** Half of the tests wait for the other process, the server: a few files at once, but no crowd. */
const AT_ONCE = Math.min(4, Math.max(2, availableParallelism()));

const out = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const stop = new AbortController();
let interrupted = 0;
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  // Again and again: the cluster is stopped in any case.
  process.on(signal, () => {
    interrupted = code;
    stop.abort();
  });
}

// Whoever read along has gone (`npm test | head`): that is an interruption as well.
process.stdout.on('error', () => {
  interrupted = 1;
  stop.abort();
});

const began = performance.now();
const parts = process.argv.slice(2);
/** The product and its tests need Node alone. What another toolchain tests is left out where that is missing, and said. */
const OTHER_TOOLCHAINS = 'tests/interop/authlib.test.ts';
let files = globSync('tests/**/*.test.ts', { cwd: ROOT })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => parts.length === 0 || parts.some((part) => file.includes(part)))
  .toSorted();
if (files.length === 0) out(`No test file has ${parts.join(' or ')} in its path.`);

const leftOut = files.includes(OTHER_TOOLCHAINS) && process.env['CI'] !== 'true' && !(await hasAuthlib());
if (leftOut) files = files.filter((file) => file !== OTHER_TOOLCHAINS);

const report = createReport(ROOT, out);
let cluster: Cluster | null = null;
let folder: string | null = null;
try {
  if (files.length > 0) {
    cluster = await openCluster();
    folder = await ownTemporaryFolder();
    if (chromiumPath() === null) out(`${howToInstall('chromium')}\n`);
    await runAll(files);
  }
} finally {
  await cluster?.stop();
  if (folder !== null) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
}
if (leftOut) out(`\n실행하지 않음 · left out: ${OTHER_TOOLCHAINS}\n${howToInstall('authlib')}`);
out(`\n${((performance.now() - began) / 1000).toFixed(0)} s`);
const well = report.end();
process.exitCode = interrupted > 0 ? interrupted : well ? 0 : 1;

/** Null where there is none or it does not start: every test that needs it then fails. */
async function openCluster(): Promise<Cluster | null> {
  const given = process.env['MEDBIZ_TEST_POSTGRES'];
  if (given !== undefined && given !== '') return null;
  const binaries = findPostgres();
  if (binaries === null) {
    out(`${howToInstall('postgresql')}\n`);
    return null;
  }
  try {
    const started = await startCluster(binaries);
    process.env['MEDBIZ_TEST_POSTGRES'] = started.url;
    out(`PostgreSQL ${binaries.version}, ${AT_ONCE} test files at once\n`);
    return started;
  } catch (error) {
    out(
      `PostgreSQL ${binaries.version} could not be started: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return null;
  }
}

/** Whatever tests leave behind, killed ones above all, goes with it. */
async function ownTemporaryFolder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'medbiz-tests-'));
  for (const variable of ['TMPDIR', 'TEMP', 'TMP']) process.env[variable] = made;
  return made;
}

async function runAll(all: readonly string[]): Promise<void> {
  const waiting = [...all];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && !stop.signal.aborted; next = waiting.shift()) {
      const path = join(ROOT, next);
      report.file(path, await runFile(path, stop.signal));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
