import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/medbiz.js', import.meta.url));

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** The real program with a data folder of its own, as somebody who cloned the repository runs it. */
export interface Installation {
  readonly url: string;
  readonly env: Readonly<Record<string, string>>;
  /** Starts `medbiz serve` and waits until it answers and has said where to go. */
  start(): Promise<Served>;
  /** Runs a command to its end; what it printed. Throws with its error output when it fails. */
  run(args: readonly string[], input?: string): Promise<string>;
  remove(): Promise<void>;
}

export interface Served {
  readonly process: ChildProcess;
  /** All that it has printed so far. */
  printed(): string;
  /** From start to the first answer, in milliseconds. */
  readonly startedInMs: number;
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export async function newInstallation(extra: Record<string, string> = {}): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'medbiz-'));
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const inherited = Object.fromEntries(
    Object.entries(process.env).filter(
      (pair): pair is [string, string] => pair[1] !== undefined && !pair[0].startsWith('MEDBIZ_'),
    ),
  );
  const env = { ...inherited, MEDBIZ_DATA_DIR: folder, MEDBIZ_PORT: String(port), ...extra };

  return {
    url,
    env,
    async start() {
      const began = performance.now();
      // The channel ends with this process, however it ends, and takes the server along: a killed test leaves none behind.
      const child = spawn(process.execPath, [BIN, 'serve'], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
      let printed = '';
      child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
      let startedInMs: number | null = null;
      // It answers a moment before it has said where to go.
      while (startedInMs === null || !printed.includes('Ctrl+C')) {
        if (child.exitCode !== null) throw new Error(`medbiz serve ended with ${child.exitCode}:\n${printed}`);
        const ready = await fetch(`${url}/readyz`).catch(() => null);
        await ready?.arrayBuffer();
        if (ready?.status === 200) startedInMs ??= performance.now() - began;
        if (performance.now() - began > 60_000) throw new Error(`medbiz serve did not get ready:\n${printed}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return {
        process: child,
        printed: () => printed,
        startedInMs,
        async kill(signal) {
          if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
          const ended = once(child, 'exit');
          child.kill(signal);
          await ended;
          return child.exitCode;
        },
      };
    },
    async run(args, input = '') {
      const child = spawn(process.execPath, [BIN, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.stdin.end(input);
      const [code] = (await once(child, 'close')) as [number | null];
      if (code !== 0) throw new Error(`medbiz ${args.join(' ')} ended with ${code}: ${err}`);
      return out;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface MadeClient {
  readonly client_id: string;
  readonly client_secret: string | null;
}

/** A developer, a user and an approved client, made as the README says. */
export async function makePeople(
  installation: Installation,
  redirectUri: string,
  more: readonly string[] = [],
): Promise<{ client: MadeClient; user: { userMuid: string; userId: string }; password: string }> {
  const password = 'bom-gwa-yeoreum-47';
  await installation.run(
    [
      ...['user', 'create', '--user-id', 'dev', '--email', 'dev@example.com'],
      ...['--name', '한빛소프트', '--role', 'developer', '--password-stdin'],
    ],
    password,
  );
  const user = JSON.parse(
    await installation.run(
      [
        ...['user', 'create', '--user-id', 'hong', '--email', 'hong@example.com', '--name', '홍길동'],
        ...['--password-stdin', '--json'],
      ],
      password,
    ),
  ) as { userMuid: string; userId: string };
  const client = JSON.parse(
    await installation.run([
      ...['client', 'create', '--owner', 'dev', '--name', '건강수첩', '--description', '혈압을 적는 앱입니다.'],
      ...['--scope', 'PROFILE', '--auth-method', 'AUTHORIZATION_CODE', '--auth-method', 'REFRESH_TOKEN'],
      ...['--redirect-uri', redirectUri, '--active', '--json', ...more],
    ]),
  ) as MadeClient;
  return { client, user, password };
}
