import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Made } from './people.ts';

const MEDBIZ = fileURLToPath(new URL('../bin/medbiz.js', import.meta.url));
const DIARY = fileURLToPath(new URL('./diary/main.ts', import.meta.url));
const START_WITHIN_MS = 60_000;

/** A process of the demo. */
export interface Running {
  readonly name: string;
  /** How it ended, in words. */
  readonly ended: Promise<string>;
  /** Asks it to end and waits until it has; after ten seconds it is made to. */
  stop(): Promise<void>;
}

/** Nothing of whoever starts the demo reaches the platform: neither another database nor another address. */
export function platformEnvironment(folder: string, port: number): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('MEDBIZ_'));
  return {
    ...Object.fromEntries(inherited),
    MEDBIZ_DATA_DIR: folder,
    MEDBIZ_PORT: String(port),
    MEDBIZ_LOG_LEVEL: 'warn',
  };
}

/** Runs a command of the product to its end; what it printed. Throws what it complained about. */
export async function medbiz(env: NodeJS.ProcessEnv, args: readonly string[], input = ''): Promise<string> {
  const child = spawn(process.execPath, [MEDBIZ, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let out = '';
  let err = '';
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0) throw new Error(`medbiz ${args.slice(0, 2).join(' ')}: ${err.trim()}`);
  return out;
}

export const startPlatform = (folder: string, { port, url }: Made): Promise<Running> =>
  start('MEDBIZ', [MEDBIZ, 'serve'], platformEnvironment(folder, port), `${url}/readyz`);

export const startDiary = ({ appPort, appUrl, url, client }: Made): Promise<Running> =>
  start(
    client.name,
    [DIARY],
    {
      ...process.env,
      DIARY_PORT: String(appPort),
      DIARY_ISSUER: url,
      DIARY_CLIENT_ID: client.id,
      DIARY_CLIENT_SECRET: client.secret,
    },
    `${appUrl}/`,
  );

async function start(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  answersAt: string,
): Promise<Running> {
  // The channel ends with this process, however it ends, and takes the child along.
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const ended = once(child, 'exit').then(([code, signal]: unknown[]) => `ended (${String(code ?? signal)})`);
  const until = performance.now() + START_WITHIN_MS;
  while (!(await answers(answersAt))) {
    if (child.exitCode !== null) throw new Error(`${name} ${await ended}`);
    if (performance.now() > until) throw new Error(`${name} did not start within a minute.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return { name, ended, stop: () => stop(child) };
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url, { redirect: 'manual' }).catch(() => null);
  await answer?.arrayBuffer();
  return answer?.ok ?? false;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const patience = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await exited;
  clearTimeout(patience);
}

/** npm passes a signal to the shell that it starts us by, and the shell just dies: without this we would outlive both. */
export function endWithParent(end: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) end();
  }, 250).unref();
}
