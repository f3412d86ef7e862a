#!/usr/bin/env node
// Plain JavaScript, so that any Node >= 20 can read it: the program itself is TypeScript and needs Node 26, which comes
// along as a dependency. This file finds it, and says in plain words what to do where it can't.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import module from 'node:module';
import { constants, homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NEEDED = 26;
const root = fileURLToPath(new URL('..', import.meta.url));

if (Number(process.versions.node.split('.')[0]) >= NEEDED) await run();
else runOnPinnedNode();

async function run() {
  // Compiled code is kept in the user's own cache, never in a shared folder that others may write to.
  if (!process.env.NODE_COMPILE_CACHE) module.enableCompileCache?.(join(homedir(), '.cache', 'medbiz', 'compile'));
  if (process.env.npm_lifecycle_event) endWithParent();
  const { main } = await import('../src/main/cli.ts');
  await main(process.argv.slice(2));
}

/** npm passes a signal to the shell that it starts us by, and the shell just dies: without this we would outlive both. */
function endWithParent() {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, 250);
  watch.unref();
}

function runOnPinnedNode() {
  const node = pinnedNode();
  if (node === null) {
    console.error(
      [
        `MEDBIZ는 Node.js ${NEEDED} 이상이 필요합니다. 지금은 ${process.version}입니다.`,
        '이 폴더에서 "npm ci"를 실행하면 알맞은 Node.js가 함께 설치됩니다.',
        `MEDBIZ needs Node.js ${NEEDED} or newer; this is ${process.version}.`,
        'Run "npm ci" in this folder: it installs the right one along. On other machines install Node.js from nodejs.org.',
      ].join('\n'),
    );
    process.exit(1);
  }
  // The channel ends with this process, however it ends, and tells the program to stop.
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    console.error(`${node}: ${error.message}`);
    process.exit(1);
  });
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** The newest Node that npm installed for this machine, or null. */
function pinnedNode() {
  const { platform, arch } = process;
  const name = platform === 'win32' ? 'node.exe' : 'node';
  const folders = [`node-${platform}-${arch}`, `node-bin-${platform}-${arch}`, `node-win-${arch}`];
  const candidates = folders.map((folder) => join(root, 'node_modules', folder, 'bin', name));
  if (platform !== 'win32') candidates.unshift(join(root, 'node_modules', '.bin', name));
  return candidates.find((path) => existsSync(path)) ?? null;
}
