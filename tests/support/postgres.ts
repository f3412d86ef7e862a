import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { howToInstall } from './install.ts';

export interface FreshDatabase {
  readonly url: string;
  /** Ends whatever is still connected. */
  drop(): Promise<void>;
}

/** A new, empty database on the test cluster, which `npm test` starts and names in `MEDBIZ_TEST_POSTGRES`. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const cluster = process.env['MEDBIZ_TEST_POSTGRES'];
  if (cluster === undefined || cluster === '') {
    throw new Error(`There is no PostgreSQL for tests: run them by npm test.\n${howToInstall('postgresql')}`);
  }
  const name = `medbiz_${randomBytes(8).toString('hex')}`;
  // template0 has no other users, so that any number of these may run at once.
  await tell(cluster, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(cluster);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => tell(cluster, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}

async function tell(cluster: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: cluster });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
