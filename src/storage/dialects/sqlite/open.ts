import { DatabaseSync } from 'node:sqlite';

/** How long a statement waits for another process that is writing. */
const BUSY_MS = 5000;

/**
 * A connection with what durability needs (DESIGN.md): WAL so that readers and the writer don't wait for each other,
 * `synchronous=FULL` so that a commit is on the disk before it is acknowledged.
 */
export function openSqlite(file: string, mode: 'write' | 'read'): DatabaseSync {
  const database = new DatabaseSync(file, {
    timeout: BUSY_MS,
    readOnly: mode === 'read',
    enableForeignKeyConstraints: true,
  });
  if (mode === 'write') database.exec('pragma journal_mode = wal; pragma synchronous = full;');
  database.exec('pragma cache_size = -65536; pragma temp_store = memory; pragma trusted_schema = off;');
  return database;
}
