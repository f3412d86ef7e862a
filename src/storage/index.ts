/**
 * Owns: the databases: SQLite with its writer thread, PostgreSQL, the schema, and one repository per aggregate that
 * fulfils the ports of the other modules in atomic verbs. Does not own: any rule of the protocol or of people; whether a
 * verb may be called is decided before.
 */
import type { Act } from '#audit/ports';
import type { Clock } from '#kernel';
import { openPostgresEngine } from './dialects/postgres/engine.ts';
import { openSqliteEngine } from './dialects/sqlite/engine.ts';
import { migrate, pendingMigrations } from './migrations/run.ts';
import { type Repositories, repositories } from './sql/index.ts';
import { wakeRestoredCopy } from './sql/instance.ts';

export { StorageError } from './storage-error.ts';

export interface StorageOptions {
  /** A PostgreSQL address; null for SQLite in `file`. */
  readonly databaseUrl: string | null;
  readonly file: string;
  /** Connections to PostgreSQL at most. */
  readonly poolSize: number;
  readonly clock: Clock;
}

export interface Storage extends Repositories {
  readonly dialect: 'sqlite' | 'postgres';
  /** Brings the schema up to date; several processes may do so at once. Returns how many migrations it applied. */
  migrate(): Promise<number>;
  migrationsPending(): Promise<number>;
  /**
   * To be called before a database is used: where it is a restored backup, ends everything that lived in it. `migrate`
   * does it too.
   */
  wake(): Promise<void>;
  /** True when the database answers and can be written to. */
  ready(): Promise<boolean>;
  /**
   * Copies a SQLite database as it is at one moment into a new file, while the server runs. Whoever opens the copy finds
   * everybody logged out and every token dead: nothing that was withdrawn after the copy comes back to life.
   */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

/** Opens the database. Rejects with StorageError when it can't be reached or used. */
export async function openStorage({ databaseUrl, file, poolSize, clock }: StorageOptions): Promise<Storage> {
  const engine = databaseUrl === null ? await openSqliteEngine(file) : await openPostgresEngine(databaseUrl, poolSize);
  const wake = async (): Promise<void> => {
    const actor: Act['actor'] = { kind: 'system', id: null, ip: null, userAgent: 'medbiz', requestId: null };
    await wakeRestoredCopy(engine, { at: clock.now(), actor });
  };
  return {
    ...repositories(engine),
    dialect: engine.dialect,
    async migrate() {
      const applied = await migrate(engine, clock.now());
      await wake();
      return applied;
    },
    migrationsPending: () => pendingMigrations(engine),
    ready: () => engine.ready(),
    wake,
    backup: (copy) => engine.copyTo(copy),
    close: () => engine.close(),
  };
}
