/**
 * Who may import whom: the one table. oxlint's overrides are made from it (`npm run lint:config`), and `npm run check`
 * fails while they differ. A module is imported by its door (`#name`) alone; a relative path never leaves the module.
 */
export const MODULES = [
  'kernel',
  'config',
  'http',
  'oauth',
  'identity',
  'consent',
  'signin',
  'account',
  'developer',
  'apis',
  'audit',
  'jobs',
  'storage',
  'main',
  'contracts',
] as const;

export type Module = (typeof MODULES)[number];

/** Modules whose needs from storage stand in a `ports/` folder with a door of its own. */
export const MODULES_WITH_PORTS = [
  'oauth',
  'identity',
  'consent',
  'developer',
  'apis',
  'audit',
  'jobs',
] as const satisfies readonly Module[];

/** Shared with the console in the browser: the schemas of its own API, and the rules that both sides apply. */
export const CONSOLE_CONTRACTS = '#contracts/console';

export type Door = `#${Module}` | `#${(typeof MODULES_WITH_PORTS)[number]}/ports` | typeof CONSOLE_CONTRACTS;

export interface MayImport {
  readonly doors: readonly Door[] | 'all';
  /** npm packages, by their whole specifier: a subpath is an entry of its own. */
  readonly packages: readonly string[];
  /** Node's own modules; 'any' is every one but `ONLY_BY_NAME`. */
  readonly builtins: readonly `node:${string}`[] | 'any';
}

const AUDIT = ['#audit', '#audit/ports'] as const satisfies readonly Door[];

export const PORTS = MODULES_WITH_PORTS.map((module): Door => `#${module}/ports`);

export const IMPORTS: Readonly<Record<Module, MayImport>> = {
  kernel: { doors: [], packages: [], builtins: ['node:crypto'] },
  contracts: { doors: [], packages: ['typebox'], builtins: [] },
  audit: { doors: ['#kernel'], packages: [], builtins: [] },
  config: { doors: ['#kernel'], packages: [], builtins: ['node:fs', 'node:path'] },
  http: {
    doors: ['#kernel'],
    packages: ['fastify', 'typebox'],
    builtins: ['node:crypto', 'node:http', 'node:https', 'node:net', 'node:stream', 'node:tls'],
  },
  oauth: { doors: ['#kernel', ...AUDIT], packages: ['jose'], builtins: ['node:crypto'] },
  identity: {
    doors: ['#kernel', ...AUDIT],
    packages: [
      '@node-rs/argon2',
      '@simplewebauthn/server',
      '@simplewebauthn/server/helpers',
      '@zxcvbn-ts/language-common',
      'otpauth',
    ],
    builtins: ['node:crypto', 'node:net'],
  },
  consent: { doors: ['#kernel', ...AUDIT], packages: [], builtins: ['node:crypto'] },
  // Its ports say what the queue needs of storage, and which kinds of jobs there are.
  jobs: { doors: ['#kernel', '#config', '#jobs/ports'], packages: ['nodemailer'], builtins: [] },
  signin: {
    doors: ['#kernel', '#http', ...AUDIT, '#contracts', '#oauth', '#identity', '#consent'],
    packages: ['hono/html', 'qr'],
    builtins: ['node:crypto', 'node:fs', 'node:fs/promises', 'node:module', 'node:path'],
  },
  // Its pages are built with the frame and the `html` of `signin`, which never looks back; what people see of their devices
  // and health data comes through the ports of `apis`.
  account: {
    doors: ['#kernel', '#http', ...AUDIT, '#contracts', '#oauth', '#identity', '#consent', '#signin', '#apis/ports'],
    packages: [],
    builtins: ['node:crypto'],
  },
  developer: {
    doors: ['#kernel', '#http', ...AUDIT, '#contracts', CONSOLE_CONTRACTS, '#oauth', '#identity', '#consent'],
    packages: ['typebox', 'typebox/compile'],
    builtins: ['node:crypto'],
  },
  apis: {
    doors: ['#kernel', '#http', ...AUDIT, '#contracts', '#oauth', '#identity', '#consent'],
    packages: [],
    builtins: ['node:crypto', 'node:stream'],
  },
  storage: { doors: ['#kernel', '#config', ...PORTS], packages: ['kysely', 'pg'], builtins: 'any' },
  main: { doors: 'all', packages: ['pino'], builtins: 'any' },
};

/** A port is what storage promises in types: it drags no module's code along. */
export const PORTS_MAY_IMPORT: MayImport = { doors: ['#kernel', ...PORTS], packages: [], builtins: [] };

/** Never part of 'any': who may import them is said here. */
export const ONLY_BY_NAME: Readonly<Record<`node:${string}`, readonly Module[]>> = {
  // The database of one process is storage's business.
  'node:sqlite': ['storage'],
  // Its `env` would be a second way to the environment.
  'node:process': [],
};

/** Where the environment may be read (house rule 6), besides `bin/`, tools and tests. */
export const READS_ENVIRONMENT = ['src/config/**/*.ts', 'src/main/cli.ts'] as const;
