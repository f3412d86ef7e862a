import { randomBytes } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, linkSync, openSync, unlinkSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Engine } from '../../engine.ts';
import { asStorageError, StorageError } from '../../storage-error.ts';
import { kyselyOver } from './connection.ts';
import { markAsCopy } from './copy.ts';
import { openSqlite } from './open.ts';
import { startWriter, type Writer } from './writer.ts';

const SQLITE_BUSY = 5;
/** How long a start waits for another one that is migrating. */
const TURN_MS = 60_000;

/** SQLite in this process: one connection that reads here, one that writes in a thread of its own. */
export async function openSqliteEngine(file: string): Promise<Engine> {
  let reader: DatabaseSync;
  try {
    makePrivateFile(file);
    // Puts the file into WAL mode, which a reading connection can't.
    openSqlite(file, 'write').close();
    reader = openSqlite(file, 'read');
  } catch (error) {
    throw asStorageError(error, 'The database file can not be opened.');
  }
  let writer: Writer;
  try {
    writer = await startWriter(file);
  } catch (error) {
    reader.close();
    throw error;
  }
  const read = kyselyOver(reader);
  let closed: Promise<void> | null = null;

  return {
    dialect: 'sqlite',
    read,
    run: writer.run,

    async script(alone) {
      const database = openSqlite(file, 'write');
      try {
        await beginInTurn(database);
        const value = await alone(async (sql) => {
          // Only a single statement can answer with rows; a list of them is run as it stands.
          if (/^\s*select\b/i.test(sql)) return database.prepare(sql).all();
          database.exec(sql);
          return [];
        });
        database.exec('commit');
        return value;
      } catch (error) {
        if (database.isTransaction) database.exec('rollback');
        throw asStorageError(error, 'The database could not be migrated.');
      } finally {
        database.close();
      }
    },

    async ready() {
      try {
        reader.prepare('select 1').get();
        return closed === null && writer.alive();
      } catch {
        return false;
      }
    },

    async copyTo(copy) {
      if (existsSync(copy)) throw new StorageError('The file exists already.');
      try {
        // Made aside and renamed when it is whole and marked: no crash leaves a file that looks like a backup and is none.
        const aside = `${copy}.${randomBytes(6).toString('hex')}.part`;
        makePrivateFile(aside);
        const source = openSqlite(file, 'write');
        try {
          source.prepare('vacuum into ?').run(aside);
        } finally {
          source.close();
        }
        markAsCopy(aside);
        syncFile(aside);
        linkSync(aside, copy);
        unlinkSync(aside);
      } catch (error) {
        throw asStorageError(error, 'The copy could not be written.');
      }
    },

    close() {
      if (closed === null) {
        // First: whoever closes last checkpoints the write-ahead log, and only a writing connection can.
        reader.close();
        closed = writer.close();
      }
      return closed;
    },
  };
}

/** Waits without holding up the event loop: whoever has the lock may be in this process and need it to go on. */
async function beginInTurn(database: DatabaseSync): Promise<void> {
  database.exec('pragma busy_timeout = 0');
  for (const end = performance.now() + TURN_MS; ; await sleep(20)) {
    try {
      database.exec('begin immediate');
      return;
    } catch (error) {
      if (performance.now() > end || !(error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY))
        throw error;
    }
  }
}

/** Nobody else on the machine may read people's data (OP-03). */
function makePrivateFile(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
}

function syncFile(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
