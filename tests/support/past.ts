import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/** Runs statements past every repository, for tampering and breaking: on the PostgreSQL database, or else on the file. */
export async function pastStorage(where: { url: string | null; file: string }, sql: string): Promise<void> {
  if (where.url === null) {
    const database = new DatabaseSync(where.file, { timeout: 5000 });
    database.exec(sql);
    database.close();
    return;
  }
  const client = new Client({ connectionString: where.url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
