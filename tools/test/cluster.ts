import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { freePort } from '../../tests/support/serve.ts';
import type { PostgresBinaries } from './postgres-binaries.ts';

/** A PostgreSQL of our own in a temporary folder, on the loopback interface, with a password that only we know. */
export interface Cluster {
  /** Address of its maintenance database. */
  readonly url: string;
  /** Ends it and removes its folder. */
  stop(): Promise<void>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const GUARD = fileURLToPath(new URL('guard.ts', import.meta.url));
const USER = 'medbiz';
const READY_WITHIN_MS = 30_000;
const MEMORY_BYTES = 4 * 2 ** 30;

/** Nothing of it has to survive, so nothing waits for the disk. Every dialect, pool and race fits in its connections. */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '300',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum: 'off',
  log_min_messages: 'fatal',
};

/** A plain environment: no setting of whoever runs the tests reaches the server. */
const ENV = { PATH: process.env['PATH'] ?? '', LC_ALL: 'C', TZ: 'UTC' };

/** `within` is the folder that its own is made in; memory where there is enough, unless one is given. */
export async function startCluster({ initdb, postgres }: PostgresBinaries, within?: string): Promise<Cluster> {
  const folder = await mkdtemp(join(within ?? (await roomyFolder()), 'medbiz-postgres-'));
  try {
    const owner = ownerOfServer();
    const password = randomBytes(18).toString('base64url');
    const [data, secret] = [join(folder, 'data'), join(folder, 'password')];
    await writeFile(secret, password, { mode: 0o600 });
    if (owner !== null) for (const path of [folder, secret]) await chown(path, owner.uid, owner.gid);
    // Texts sort as on most servers, where upper and lower case are neighbours: what relies on byte order shows here.
    const collation = ['--locale-provider=icu', '--icu-locale=und', '--locale=C', '--encoding=UTF8'];
    const access = [`--username=${USER}`, '--auth=scram-sha-256', `--pwfile=${secret}`];
    await promisify(execFile)(initdb, ['-D', data, '--no-sync', ...collation, ...access], { env: ENV, ...owner });
    return await runningIn(folder, data, postgres, password, owner);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
}

/** Memory, where Linux offers enough of it: a new database takes 10 ms there and 300 ms on a disk. */
async function roomyFolder(): Promise<string> {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return bavail * bsize >= MEMORY_BYTES ? memory : tmpdir();
}

/** PostgreSQL refuses to run as root: then it runs as the user that its package made, or as nobody. */
function ownerOfServer(): Owner | null {
  if (process.getuid?.() !== 0) return null;
  for (const user of ['postgres', 'nobody']) {
    try {
      const id = (flag: string): number =>
        Number(execFileSync('id', [flag, user], { stdio: ['ignore', 'pipe', 'ignore'] }));
      return { uid: id('-u'), gid: id('-g') };
    } catch {
      // There is no such user: the next one.
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is neither a user postgres nor nobody.');
}

async function runningIn(
  folder: string,
  data: string,
  postgres: string,
  password: string,
  owner: Owner | null,
): Promise<Cluster> {
  // Another process may take the free port before us: another port, then.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort();
    const log = join(folder, 'log');
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const out = openSync(log, 'w');
    // A session of its own: Ctrl+C comes to us alone, and we stop it when the tests have ended.
    const server = spawn(postgres, ['-D', data, '-p', String(port), ...settings], {
      env: ENV,
      stdio: ['ignore', out, out],
      detached: true,
      ...owner,
    });
    closeSync(out);
    const url = `postgres://${USER}:${password}@127.0.0.1:${port}/postgres`;
    if (await isReady(server, url)) {
      const guard = spawn(process.execPath, [GUARD, String(server.pid), folder], {
        stdio: ['pipe', 'ignore', 'ignore'],
        detached: true,
      });
      return {
        url,
        async stop() {
          await end(server);
          guard.kill('SIGKILL');
          await rm(folder, { recursive: true, force: true });
        },
      };
    }
    await end(server);
    if (attempt === 3) throw new Error(`PostgreSQL did not start:\n${await readFile(log, 'utf8')}`);
  }
}

/** False when it ended or did not answer in time. */
async function isReady(server: ChildProcess, url: string): Promise<boolean> {
  let failed = false;
  server.once('error', () => {
    failed = true;
  });
  const until = Date.now() + READY_WITHIN_MS;
  while (!failed && server.exitCode === null && server.signalCode === null && Date.now() < until) {
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.end();
      return true;
    } catch {
      await sleep(50);
    }
  }
  return false;
}

/** SIGINT is PostgreSQL's fast shutdown; one that does not heed it is killed. */
async function end(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const exited = once(server, 'exit');
  server.kill('SIGINT');
  const patience = setTimeout(() => server.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(patience);
}
