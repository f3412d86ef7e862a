import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort } from './serve.ts';

const RUN = fileURLToPath(new URL('../../demo/run.ts', import.meta.url));

/** `npm run demo`, as a person starts it and reads what it prints. */
export interface Demo {
  readonly process: ChildProcess;
  readonly printed: string;
  readonly url: string;
  readonly appUrl: string;
  readonly clientId: string;
  /** By login id. */
  readonly passwords: ReadonlyMap<string, string>;
  /** Presses Ctrl+C; the exit code. */
  interrupt(): Promise<number | null>;
}

export async function startDemo(
  more: readonly string[] = [],
  ports?: { port: number; appPort: number },
): Promise<Demo> {
  const port = ports?.port ?? (await freePort());
  const appPort = ports?.appPort ?? (await freePort());
  const args = [RUN, '--port', String(port), '--app-port', String(appPort), ...more];
  // The channel ends with this process, however it ends, and takes the demo along.
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let printed = '';
  child.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  const began = performance.now();
  while (!printed.includes('Ctrl+C')) {
    if (child.exitCode !== null) throw new Error(`the demo ended with ${child.exitCode}:\n${printed}`);
    if (performance.now() - began > 90_000) throw new Error(`the demo did not get ready:\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const found = (pattern: RegExp): string => {
    const value = pattern.exec(printed)?.[1];
    if (value === undefined) throw new Error(`${pattern} is not in:\n${printed}`);
    return value;
  };
  return {
    process: child,
    printed,
    url: found(/플랫폼 · Platform +(http:\/\/\S+)/),
    appUrl: found(/건강 일기 · Health diary +(http:\/\/\S+)/),
    clientId: found(/client_id +([0-9a-f]{32})/),
    passwords: new Map(
      [...printed.matchAll(/^ .* · (?:User|Developer|Operator) .*?\) +(\S+) +(\S+)$/gm)].map(
        ([, id = '', password = '']) => [id, password],
      ),
    ),
    async interrupt() {
      if (child.exitCode !== null) return child.exitCode;
      const ended = once(child, 'exit');
      child.kill('SIGINT');
      await ended;
      return child.exitCode;
    },
  };
}
