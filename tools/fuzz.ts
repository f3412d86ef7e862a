/**
 * `npm run fuzz N [SEED]`: every property of tests/fuzz, N times each (1,000,000 takes an hour or more). Prints what
 * fast-check found, with the seed and path that find it again.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const [runs = '', seed = ''] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(runs) || !/^\d*$/.test(seed)) {
  console.error('npm run fuzz N [SEED]');
  process.exit(2);
}
const child = spawn(
  process.execPath,
  ['--test', '--test-reporter=spec', ...globSync('tests/fuzz/*.test.ts', { cwd: ROOT })],
  {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, MEDBIZ_FUZZ_RUNS: runs, MEDBIZ_FUZZ_SEED: seed },
  },
);
child.on('exit', (code) => {
  process.exitCode = code ?? 1;
});
