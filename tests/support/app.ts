import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Act } from '#audit';
import { type Config, loadConfig } from '#config';
import type { ClientContent, ReviewAction } from '#developer';
import type { Logger } from '#http';
import { asClientId, type ClientId, type OperatorAllowance, type Role, type ScopeName, type UserMuid } from '#kernel';
import { type App, type Modules, startApp } from '#main';
import { type FakeClock, fakeClock } from './clock.ts';
import { databaseDump } from './dump.ts';
import { pastStorage } from './past.ts';
import { freshDatabase } from './postgres.ts';

export interface TestAppOptions {
  readonly dialect: 'sqlite' | 'postgres';
  /** Starts in March 2026 unless one is given. */
  readonly clock?: FakeClock;
  readonly config?: Partial<Config>;
  /** Instead of keeping every line in `logged`. */
  readonly logger?: Logger;
}

export interface LogLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly details: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** The real server on a free port, with a data folder or database of its own and a clock that tests move. */
export interface TestApp {
  readonly url: string;
  readonly storage: App['storage'];
  readonly modules: Modules;
  readonly routes: App['routes'];
  readonly clock: FakeClock;
  /** Everything that was logged, and what was printed for whoever starts the server. */
  readonly logged: readonly LogLine[];
  readonly announced: readonly string[];
  /** The machine's own act, at this moment of the clock. */
  act(): Act;
  createUser(user: {
    loginId: string;
    name: string;
    email: string;
    password: string;
    roles: readonly Role[];
  }): Promise<UserMuid>;
  createClient(client: {
    owner: UserMuid;
    content: ClientContent;
    status: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'SUSPENDED';
    allow: readonly OperatorAllowance[];
  }): Promise<{ id: ClientId; secret: string | null }>;
  review(client: string, action: ReviewAction): Promise<void>;
  /** The operator takes back what was allowed. */
  disallow(client: string, allowance: OperatorAllowance): Promise<void>;
  withdraw(user: UserMuid, client: string, scopes: readonly ScopeName[] | null): Promise<void>;
  /** Takes a table away under the running server, as a fault of the database, and gives it back. */
  breakTable(name: string): Promise<void>;
  mendTable(name: string): Promise<void>;
  /** All that stands in the database, as text. */
  dump(): Promise<string>;
  /** Stops the server and starts another one on the same data. The URL changes: take it from the new one. */
  restart(): Promise<TestApp>;
  /** Another server on the same data beside this one, as if on another machine. Close it before this one. */
  another(): Promise<TestApp>;
  /** Stops it and removes its data. */
  close(): Promise<void>;
}

const STEPS: Readonly<Record<string, readonly ReviewAction[]>> = {
  PENDING: [],
  ACTIVE: ['approve'],
  REJECTED: ['reject'],
  SUSPENDED: ['approve', 'suspend'],
};

export async function startTestApp(options: TestAppOptions): Promise<TestApp> {
  const folder = await mkdtemp(join(tmpdir(), 'medbiz-'));
  const database = options.dialect === 'postgres' ? await freshDatabase() : null;
  const clock = options.clock ?? fakeClock();
  const config: Config = Object.freeze({
    ...loadConfig({ MEDBIZ_DATA_DIR: folder, MEDBIZ_PORT: '0', MEDBIZ_POOL_SIZE: '8' }),
    // Most tests want an operator and not a phone; those about operators say 'required', as it is for everybody else.
    operatorSecondFactor: 'optional',
    ...(database === null ? {} : { databaseUrl: database.url, masterKey: Uint8Array.from(randomBytes(32)) }),
    ...options.config,
  });
  const remove = async (): Promise<void> => {
    await database?.drop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return await open(config, clock, remove, options.logger);
  } catch (error) {
    await remove();
    throw error;
  }
}

async function open(config: Config, clock: FakeClock, remove: () => Promise<void>, given?: Logger): Promise<TestApp> {
  const logged: LogLine[] = [];
  const announced: string[] = [];
  const logger = given ?? recorder(logged);
  const app = await startApp({ config, clock, logger, announce: (text) => announced.push(text) });
  const { developer, identity, consent } = app.modules;
  const where = { url: config.databaseUrl, file: join(config.dataDir, 'medbiz.db') };
  const past = (sql: string): Promise<void> => pastStorage(where, sql);
  const test: TestApp = {
    url: app.url,
    storage: app.storage,
    modules: app.modules,
    routes: app.routes,
    clock,
    logged,
    announced,
    act: () => ({
      at: clock.now(),
      actor: { kind: 'system', id: null, ip: null, userAgent: 'tests', requestId: null },
    }),

    async createUser(user) {
      const made = await identity.createUser(test.act(), { ...user, birthday: '1990-05-17', gender: 'FEMALE' });
      if (!made.ok) throw new Error(`no user: ${JSON.stringify(made.problem)}`);
      return made.value.id;
    },

    async createClient({ owner, content, status, allow }) {
      const made = await developer.register(test.act(), owner, content);
      if (!made.ok) throw new Error(`no client: ${JSON.stringify(made.problem)}`);
      for (const allowance of allow) await developer.allow(test.act(), made.value.id, allowance, true);
      for (const action of STEPS[status] ?? []) await test.review(made.value.id, action);
      return made.value;
    },

    async review(client, action) {
      const decided = await developer.review(test.act(), idOf(client), { action, decidedBy: null, reason: 'tests' });
      if (!decided.ok) throw new Error(`not decided: ${decided.problem}`);
    },

    async disallow(client, allowance) {
      await developer.allow(test.act(), idOf(client), allowance, false);
    },

    async withdraw(user, client, scopes) {
      await consent.withdraw(test.act(), user, idOf(client), scopes);
    },

    breakTable: (name) => past(`alter table ${name} rename to ${name}_gone`),
    mendTable: (name) => past(`alter table ${name}_gone rename to ${name}`),
    dump: () => databaseDump(where),

    async restart() {
      await app.close();
      return open(config, clock, remove, given);
    },

    another: () => open(config, clock, async () => undefined),

    async close() {
      await app.close();
      await remove();
    },
  };
  return test;
}

function idOf(text: string): ClientId {
  const id = asClientId(text);
  if (id === null) throw new Error(`no client id: ${text}`);
  return id;
}

function recorder(lines: LogLine[]): Logger {
  const write = (level: LogLine['level']) => (details: object, message: string) => {
    lines.push({ level, details: { ...details }, message });
  };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
