/**
 * `npm run demo [-- --data FOLDER] [--port 8080] [--app-port 3000]`: the platform with an operator, a developer, a user
 * and one approved client, and beside it, as a process of its own, an application of another company that logs people in.
 * Everything is made with the product's own command line, as anybody would. Ctrl+C ends both.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { portNear } from './ports.ts';
import { endWithParent, type Running, startDiary, startPlatform } from './processes.ts';
import { prepare } from './people.ts';
import { demoText } from './text.ts';

const { values } = parseArgs({
  options: { data: { type: 'string' }, port: { type: 'string' }, 'app-port': { type: 'string' } },
});

const kept = values.data === undefined ? null : resolve(values.data);
if (kept !== null) await mkdir(kept, { recursive: true, mode: 0o700 });
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'medbiz-demo-')));
const running: Running[] = [];
let ending: Promise<void> | null = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end(0));
endWithParent(() => void end(0));

try {
  const port = await portNear(values.port, 8080);
  const appPort = await portNear(values['app-port'], 3000);
  const made = await prepare(folder, { port, appPort });
  running.push(await startPlatform(folder, made));
  running.push(await startDiary(made));
  for (const one of running) {
    void one.ended.then((how) => {
      if (ending !== null) return;
      console.error(`${one.name}: ${how}`);
      return end(1);
    });
  }
  console.log(demoText(made, kept));
} catch (error) {
  if (ending === null) console.error(error instanceof Error ? error.message : error);
  await end(1);
}

/** Both processes finish what they are doing; a folder that nobody named goes with them. */
function end(code: number): Promise<void> {
  process.exitCode ??= code;
  ending ??= (async () => {
    await Promise.all(running.map((one) => one.stop()));
    if (kept === null) await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    process.exit();
  })();
  return ending;
}
