import { readFileSync } from 'node:fs';
import { ConfigError } from '#config';
import { systemClock } from '#kernel';
import type { Command, Terminal } from './commands/command.ts';
import { Unable, UsageError } from './failure.ts';

/** `medbiz config | head`: whoever reads has had enough. That is no failure of ours, and nothing is left to say. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit();
  });
}

/** Loaded when asked for: `medbiz help` needs no database driver. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./commands/serve.ts')).serve,
  migrate: async () => (await import('./commands/migrate.ts')).migrate,
  user: async () => (await import('./commands/user.ts')).user,
  client: async () => (await import('./commands/client.ts')).client,
  product: async () => (await import('./commands/product.ts')).product,
  device: async () => (await import('./commands/device.ts')).device,
  keys: async () => (await import('./commands/keys.ts')).keys,
  backup: async () => (await import('./commands/backup.ts')).backup,
  restored: async () => (await import('./commands/restored.ts')).restored,
  jobs: async () => (await import('./commands/jobs.ts')).jobs,
  audit: async () => (await import('./commands/audit.ts')).audit,
  doctor: async () => (await import('./commands/doctor.ts')).doctor,
  config: async () => (await import('./commands/config.ts')).config,
  help: async () => (await import('./commands/help.ts')).help,
};

const terminal: Terminal = {
  env: process.env,
  clock: systemClock,
  out: (text) => {
    process.stdout.write(text);
  },
  err: (text) => {
    process.stderr.write(text);
  },
  input: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) chunks.push(chunk);
    return Buffer.concat(chunks).toString('utf8');
  },
};

/** Runs one command and sets the exit code: 0 done, 1 failed, 2 not understood. Errors are one sentence, never a stack. */
export async function main(args: readonly string[]): Promise<void> {
  try {
    process.exitCode = await run(args);
  } catch (error) {
    terminal.err(`medbiz: ${sentenceOf(error)}\n`);
    process.exitCode = error instanceof UsageError ? 2 : 1;
  }
}

async function run([name = '', ...rest]: readonly string[]): Promise<number> {
  if (name === '--version' || name === '-v') {
    terminal.out(`${versionOf()}\n`);
    return 0;
  }
  const asked = name === '--help' || name === '-h' || rest.includes('--help') ? 'help' : name;
  const load = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (load === undefined) throw new UsageError(name === '' ? 'A command is needed' : `There is no command ${name}`);
  return (await load())(rest, terminal);
}

function versionOf(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}. See: medbiz help`;
  if (error instanceof Unable || error instanceof ConfigError) return error.message;
  if (!(error instanceof Error)) return String(error);
  if (error.name !== 'StorageError') return error.message;
  const cause = error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return `The database can not be used: ${error.message}${cause}`;
}
