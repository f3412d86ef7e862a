import { openSqlite } from './open.ts';

/** Notes in the file itself that it is a copy, for whoever opens it as a database (`wakeRestoredCopy`). */
export function markAsCopy(file: string): void {
  const database = openSqlite(file, 'write');
  try {
    database.exec('update instance set is_backup = 1 where id = 1');
  } finally {
    database.close();
  }
}
