import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Engine } from '../../engine.ts';
import type { Database } from '../../schema.ts';
import { asStorageError, StorageError } from '../../storage-error.ts';
import type { RunVerb } from '../../verb.ts';
import { runByName } from '../../sql/prepared.ts';
import { withStorageErrors } from '../faults.ts';

const CONNECT_MS = 5000;
const STATEMENT_MS = 15_000;
/** Held while migrating, so that processes that start at once migrate one after another. Any number will do. */
const MIGRATION_LOCK = 7_216_340_955;
/** `serialization_failure` and `deadlock_detected`: PostgreSQL undid the transaction and asks for it again. */
const AGAIN: ReadonlySet<string> = new Set(['40001', '40P01']);
const MOST_TRIES = 5;

/** 64-bit integers come as text, since some don't fit; ours are times and counts, far below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format): unknown =>
    oid === pg.types.builtins.INT8 ? (text: string) => Number(text) : pg.types.getTypeParser(oid, format),
};

/** PostgreSQL, shared by several processes: verbs run in ordinary transactions (READ COMMITTED), reads on the pool. */
export async function openPostgresEngine(url: string, poolSize: number): Promise<Engine> {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: CONNECT_MS,
    statement_timeout: STATEMENT_MS,
    application_name: 'medbiz',
    types,
  });
  // An idle connection that breaks is replaced with the next use; whoever uses a broken one gets the error there.
  pool.on('error', () => undefined);
  try {
    await pool.query('select 1');
  } catch (error) {
    await pool.end();
    throw asStorageError(error, 'PostgreSQL does not answer.');
  }
  const db = new Kysely<Database>({ dialect: withStorageErrors(new PostgresDialect({ pool })) });
  runByName(db, async (name, text, values) => {
    try {
      return (await pool.query<object>({ name, text, values: [...values] })).rows;
    } catch (error) {
      throw asStorageError(error, 'A query failed.');
    }
  });
  let closed: Promise<void> | null = null;

  const run: RunVerb = async (verb, args) => {
    for (let tries = 1; ; tries++) {
      try {
        return await db.transaction().execute((tx) => verb.body(tx, args));
      } catch (error) {
        if (tries >= MOST_TRIES || !AGAIN.has(codeOf(error))) {
          throw asStorageError(error, 'A write failed; nothing of it was kept.');
        }
        await sleep(randomInt(20 * tries));
      }
    }
  };

  return {
    dialect: 'postgres',
    read: db,
    run,

    async script(alone) {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
        const value = await alone(async (sql) => {
          // A list of statements answers with a list of results, whatever the types of pg say.
          const result: unknown = await client.query(sql);
          return rowsOf(result);
        });
        await client.query('commit');
        return value;
      } catch (error) {
        await client.query('rollback').catch(() => undefined);
        throw asStorageError(error, 'The database could not be migrated.');
      } finally {
        client.release();
      }
    },

    async ready() {
      try {
        const { rows } = await pool.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
        return rows[0]?.standby === false;
      } catch {
        return false;
      }
    },

    copyTo: () => Promise.reject(new StorageError('PostgreSQL is backed up with pg_dump.')),

    close() {
      closed ??= db.destroy();
      return closed;
    },
  };
}

function rowsOf(result: unknown): unknown[] {
  if (typeof result !== 'object' || result === null || !('rows' in result)) return [];
  const rows: unknown = result.rows;
  return Array.isArray(rows) ? Array.from<unknown>(rows) : [];
}

function codeOf(error: unknown): string {
  const own = error instanceof StorageError ? error.cause : error;
  return own instanceof Error && 'code' in own && typeof own.code === 'string' ? own.code : '';
}
