import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';
import type { RunVerb } from './verb.ts';

/** One database as repositories see it; `dialects/` has one for SQLite and one for PostgreSQL. */
export interface Engine {
  readonly dialect: 'sqlite' | 'postgres';
  /** For reading alone. A read that begins after a verb was acknowledged sees what it did. */
  readonly read: Kysely<Database>;
  readonly run: RunVerb;
  /** Runs one statement list as it stands, in one transaction of its own: for migrations alone. */
  readonly script: ScriptRunner;
  /** True when the database answers and can be written to. */
  ready(): Promise<boolean>;
  /** Copies the database as it is at one moment into a new file. Rejects where the dialect has tools of its own for it. */
  copyTo(file: string): Promise<void>;
  /** Waits for what is running, then lets go. Idempotent. */
  close(): Promise<void>;
}

/** `alone` holds off every other process that migrates, so that two starts at once migrate once. */
export type ScriptRunner = <Value>(
  alone: (exec: (sql: string) => Promise<unknown[]>) => Promise<Value>,
) => Promise<Value>;
