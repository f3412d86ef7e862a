/**
 * The writer thread: the only connection that writes in this process. Whatever has come in by the time a batch starts goes
 * into it; what comes meanwhile waits for the next one, so batches grow with the load by themselves.
 */
import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import '../../sql/index.ts';
import { runBatch } from './batch.ts';
import { kyselyOver } from './connection.ts';
import type { Call } from './messages.ts';
import { openSqlite } from './open.ts';

/** A batch holds the write lock; other processes (the command line) must get their turn. */
const MOST_CALLS = 500;

const port = parentPort;
if (port === null) throw new Error('This file runs as a worker.');
const { file } = workerData as { file: string };
const database = openSqlite(file, 'write');
const tx = kyselyOver(database);
const queue: Call[] = [];
let running = false;

async function work(): Promise<void> {
  if (running) return;
  running = true;
  while (queue.length > 0) {
    const answers = await runBatch(database, tx, queue.splice(0, MOST_CALLS));
    port?.postMessage(answers);
    // What came in while the disk was writing.
    drain();
  }
  running = false;
}

let closing = false;

function drain(): void {
  for (;;) {
    const more: { message: readonly Call[] | 'close' } | undefined =
      port === null ? undefined : receiveMessageOnPort(port);
    if (more === undefined) return;
    take(more.message);
  }
}

function take(message: readonly Call[] | 'close'): void {
  if (message === 'close') closing = true;
  else queue.push(...message);
}

port.on('message', (message: readonly Call[] | 'close') => {
  take(message);
  void work().then(() => {
    // Whoever finds a batch running leaves the end to it.
    if (!closing || running) return;
    database.close();
    port.close();
  });
});
port.postMessage([]);
