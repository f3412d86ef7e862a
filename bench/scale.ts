/**
 * `npm run bench:scale [rows] [sqlite|postgres]`: makes two databases, one with 100,000 health rows and one with `rows`
 * (a million unless said otherwise), and asks both the two questions that must not grow with the table, turn by turn. The
 * time is that of the whole statement of `/v1/health`: token, liveness, consent, data, count.
 */
import { tmpdir } from 'node:os';
import { startCluster } from '../tools/test/cluster.ts';
import { findPostgres } from '../tools/test/postgres-binaries.ts';
import { compare, type Measured } from './scale/compare.ts';

const SMALL = 100_000;
const rows = Number(process.argv[2] ?? 1_000_000);
const dialects = (['sqlite', 'postgres'] as const).filter(
  (one) => process.argv[3] === undefined || process.argv[3] === one,
);
if (!Number.isSafeInteger(rows) || rows < SMALL || dialects.length === 0) {
  console.error(`npm run bench:scale [rows, ${SMALL} or more] [sqlite|postgres]`);
  process.exit(2);
}

const line = ({ question, small, large }: Measured): string =>
  [
    question.padEnd(12),
    ...[small.median, large.median, small.p95, large.p95].map((us) => `${us.toFixed(0)} µs`.padStart(9)),
    (large.median / small.median).toFixed(2).padStart(6),
  ].join('  ');

let worst = 0;
for (const dialect of dialects) {
  const binaries = dialect === 'postgres' ? findPostgres() : null;
  if (dialect === 'postgres' && binaries === null) throw new Error('There is no PostgreSQL on this machine.');
  // On a disk, as in earnest; its rows would not fit into memory at 100 million.
  const cluster = binaries === null ? null : await startCluster(binaries, tmpdir());
  if (cluster !== null) process.env['MEDBIZ_TEST_POSTGRES'] = cluster.url;
  try {
    const measured = await compare(dialect, SMALL, rows, (text) => console.error(text));
    console.log(`\n${dialect}: ${SMALL.toLocaleString('en')} and ${rows.toLocaleString('en')} rows`);
    console.log(
      `${''.padEnd(12)}  ${'median'.padStart(9)}  ${''.padStart(9)}  ${'95 %'.padStart(9)}  ${''.padStart(9)}   ratio`,
    );
    for (const one of measured) {
      console.log(line(one));
      worst = Math.max(worst, one.large.median / one.small.median);
    }
  } finally {
    await cluster?.stop();
  }
}
console.log(`\nworst ratio of medians: ${worst.toFixed(2)} (at most 1.3 is wanted)`);
process.exitCode = worst <= 1.3 ? 0 : 1;
