import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';

/**
 * Whatever somebody who stole the database could read: every row of every table, bytes in hexadecimal, and on SQLite the
 * bytes of its files too.
 */
export async function databaseDump(where: { url: string | null; file: string }): Promise<string> {
  const rows = where.url === null ? sqliteRows(where.file) : await postgresRows(where.url);
  const text = JSON.stringify(rows, (_key, value: unknown) =>
    value instanceof Uint8Array
      ? Buffer.from(value).toString('hex')
      : typeof value === 'bigint'
        ? String(value)
        : value,
  );
  if (where.url !== null) return text;
  const files = await Promise.all(['', '-wal'].map((end) => readFile(where.file + end, 'latin1').catch(() => '')));
  return [text, ...files].join('\n');
}

function sqliteRows(file: string): unknown[] {
  const database = new DatabaseSync(file, { timeout: 5000, readOnly: true });
  try {
    const tables = database.prepare("select name from sqlite_master where type = 'table'").all();
    return tables.map(({ name }) => database.prepare(`select * from "${String(name)}"`).all());
  } finally {
    database.close();
  }
}

async function postgresRows(url: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'public'",
    );
    const all: unknown[] = [];
    for (const { name } of tables) all.push((await client.query<object>(`select * from "${name}"`)).rows);
    return all;
  } finally {
    await client.end();
  }
}
