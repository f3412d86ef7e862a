import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { DAY, HOUR } from '#kernel';
import type { TestDatabase } from '../../tests/support/storage.ts';

/** How it is spread: a thousand measurements each, 250 of each of four root codes, one every six hours. */
const EACH = 1000;
export const ROOTS = ['BLOOD_PRESSURE', 'TEMP', 'GLUCOSE', 'PULS_OXIM'] as const;
export const DAYS = Math.floor(EACH / ROOTS.length / 4);
export const FIRST_DAY = Date.UTC(2026, 0, 1);

export const peopleOf = (rows: number): number => Math.ceil(rows / EACH);

const STEP = 1_000_000;

/**
 * Rows in the order in which they would arrive, everybody's first before anybody's second, so that one person's rows lie
 * as far apart as they would in years of use.
 */
const insert = (series: string, people: number): string => `
insert into health_observation (subject, root, measured_at, tie, device, field, received_at, reading)
select 1 + i % ${people}, 2 + (i / ${people}) % 4,
  ${FIRST_DAY} + (i / ${people} / 4) * ${6 * HOUR} + (i % ${people}) % 3600 * 1000,
  i % 2147483647, 1 + i % ${people}, 'bloodpressure',
  ${FIRST_DAY} + (i / ${people} / 4) * ${6 * HOUR} + (i % ${people}) % 3600 * 1000,
  '{"systolic":' || (100 + i % 40) || ',"diastolic":' || (60 + i % 30) || ',"map":' || (80 + i % 20) || ',"pulse":' || (55 + i % 40) || '}'
from ${series}`;

const devices = (series: string, product: string): string => `
insert into device (number, muid, product_id, serial_number, created_at, modified_at)
select i, substr('00000000000000000000000000000000' || i, -32), '${product}', null, 0, 0 from ${series}`;

export async function seed(
  database: TestDatabase,
  rows: number,
  product: string,
  tell: (text: string) => void,
): Promise<void> {
  const people = peopleOf(rows);
  const began = performance.now();
  const note = (done: number): void =>
    tell(
      `${database.dialect}: ${done.toLocaleString('en')} rows, ${((performance.now() - began) / 1000).toFixed(0)} s`,
    );
  if (database.url === null) {
    seedSqlite(database.file, rows, people, product, note);
    return;
  }
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const series = (from: number, to: number): string => `generate_series(${from}::bigint, ${to}::bigint) as n (i)`;
  await client.query(
    devices(series(1, people), product).replace(
      '|| i, -32)',
      "|| i, length('00000000000000000000000000000000' || i) - 31)",
    ),
  );
  for (let at = 0; at < rows; at += STEP) {
    await client.query(insert(series(at, Math.min(at + STEP, rows) - 1), people));
    note(Math.min(at + STEP, rows));
  }
  // What autovacuum does by itself in the end.
  await client.query('vacuum analyze');
  await client.end();
}

function seedSqlite(file: string, rows: number, people: number, product: string, note: (done: number) => void): void {
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec('pragma synchronous = off; pragma cache_size = -3000000;');
  const series = (from: number, to: number): string =>
    `(with recursive n (i) as (select ${from} union all select i + 1 from n where i < ${to}) select i from n)`;
  database.exec(devices(series(1, people), product));
  for (let at = 0; at < rows; at += STEP) {
    database.exec(insert(series(at, Math.min(at + STEP, rows) - 1), people));
    note(Math.min(at + STEP, rows));
  }
  database.exec('pragma wal_checkpoint(truncate)');
  database.close();
}

/** The first and last millisecond of one day with data. */
export const dayRange = (day: number): { from: number; to: number } => ({
  from: FIRST_DAY + day * DAY,
  to: FIRST_DAY + (day + 1) * DAY - 1,
});
