import { sql } from 'kysely';
import type { Engine } from '../engine.ts';
import { MIGRATIONS, type Migration } from './index.ts';

const WORDS = {
  sqlite: { int: 'integer', bytes: 'blob', strict: 'strict', keyed: 'strict, without rowid' },
  postgres: { int: 'bigint', bytes: 'bytea', strict: '', keyed: '' },
} as const;

const JOURNAL =
  'create table if not exists schema_migration (name text primary key, applied_at {int} not null) {strict}';
const APPLIED = 'select name from schema_migration';

/** Whether the journal is there; each dialect keeps its own list of tables. */
const HAS_JOURNAL = {
  sqlite: "select name from sqlite_schema where type = 'table' and name = 'schema_migration'",
  postgres: "select to_regclass('schema_migration') as name where to_regclass('schema_migration') is not null",
} as const;

const inDialect = (text: string, dialect: Engine['dialect']): string =>
  text.replaceAll(
    /\{(int|bytes|strict|keyed)\}/g,
    (_, word: keyof (typeof WORDS)[Engine['dialect']]) => WORDS[dialect][word],
  );

/** Brings the schema up to date: all in one transaction, one process at a time. Returns how many it applied. */
export async function migrate(
  engine: Engine,
  at: number,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<number> {
  return engine.script(async (exec) => {
    await exec(inDialect(JOURNAL, engine.dialect));
    const due = dueOf(migrations, await exec(APPLIED));
    for (const { name, sql: text } of due) {
      await exec(inDialect(text, engine.dialect));
      await exec(`insert into schema_migration (name, applied_at) values ('${name}', ${at})`);
    }
    return due.length;
  });
}

/** How many are due; a database without any schema lacks all of them. Only reads. */
export async function pendingMigrations(engine: Engine): Promise<number> {
  const read = async (text: string): Promise<readonly unknown[]> => (await sql.raw(text).execute(engine.read)).rows;
  const known = (await read(HAS_JOURNAL[engine.dialect])).length > 0;
  return dueOf(MIGRATIONS, known ? await read(APPLIED) : []).length;
}

/** A database of a newer version is left alone: this program does not know what its tables mean. */
function dueOf(migrations: readonly Migration[], rows: readonly unknown[]): readonly Migration[] {
  const nameOf = (row: unknown): string =>
    typeof row === 'object' && row !== null && 'name' in row ? String(row.name) : '';
  const applied = new Set(rows.map(nameOf));
  const known = new Set(migrations.map(({ name }) => name));
  for (const name of applied) {
    if (!known.has(name)) throw new Error(`The database was made by a newer version of MEDBIZ (${name}).`);
  }
  return migrations.filter(({ name }) => !applied.has(name));
}
