import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Kysely, SqliteDialect, type SqliteDatabase, type SqliteStatement } from 'kysely';
import type { Database } from '../../schema.ts';
import { withStorageErrors } from '../faults.ts';

/** Queries are few and their texts repeat; past this many the oldest is prepared anew when it comes again. */
const MOST_STATEMENTS = 400;

/** Kysely over node:sqlite: its `SqliteDatabase` with a cache of prepared statements. */
export const kyselyOver = (database: DatabaseSync): Kysely<Database> =>
  new Kysely<Database>({ dialect: withStorageErrors(new SqliteDialect({ database: bridge(database) })) });

function bridge(database: DatabaseSync): SqliteDatabase {
  const cache = new Map<string, SqliteStatement>();
  return {
    close: () => undefined,
    prepare(sql) {
      const kept = cache.get(sql);
      if (kept !== undefined) return kept;
      if (cache.size >= MOST_STATEMENTS) cache.delete(cache.keys().next().value ?? '');
      const made = wrap(database.prepare(sql));
      cache.set(sql, made);
      return made;
    },
  };
}

function wrap(statement: StatementSync): SqliteStatement {
  return {
    reader: statement.columns().length > 0,
    all: (parameters) => statement.all(...parameters.map(bindable)),
    run: (parameters) => statement.run(...parameters.map(bindable)),
    iterate: (parameters) => statement.iterate(...parameters.map(bindable)),
  };
}

/** node:sqlite would turn `undefined` into NULL and take no boolean: both are mistakes of ours, and say so. */
function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint')
    return value;
  if (value instanceof Uint8Array) return value;
  throw new TypeError(`A value of type ${typeof value} can not be stored.`);
}
