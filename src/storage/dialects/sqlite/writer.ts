import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { StorageError } from '../../storage-error.ts';
import type { RunVerb } from '../../verb.ts';
import type { Answered, Call } from './messages.ts';

export interface Writer {
  readonly run: RunVerb;
  /** False once the thread has ended; then every write fails. */
  alive(): boolean;
  /** Writes what is waiting, then ends the thread. */
  close(): Promise<void>;
}

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: StorageError): void;
}

/** Starts the writer thread on a file. Resolves when it has the database open. */
export async function startWriter(file: string): Promise<Writer> {
  const worker = new Worker(new URL('./writer-thread.ts', import.meta.url), { workerData: { file } });
  const waiting = new Map<number, Waiting>();
  let outbox: Call[] = [];
  let nextId = 1;
  let gone: StorageError | null = null;

  worker.on('message', (answers: readonly Answered[]) => {
    settle(answers);
    // An idle thread keeps no process alive; one that somebody waits for does.
    if (waiting.size === 0) worker.unref();
  });
  const settle = (answers: readonly Answered[]): void => {
    for (const answered of answers) {
      const caller = waiting.get(answered.id);
      waiting.delete(answered.id);
      if (answered.ok) caller?.resolve(answered.answer);
      else
        caller?.reject(new StorageError('A write failed; nothing of it was kept.', { cause: faultOf(answered.error) }));
    }
  };
  const fail = (cause: unknown): void => {
    gone ??= new StorageError('The writer thread has ended.', { cause });
    for (const caller of waiting.values()) caller.reject(gone);
    waiting.clear();
  };
  worker.on('error', fail);
  worker.on('exit', (code) => fail(new Error(`exit code ${code}`)));

  try {
    await once(worker, 'message');
  } catch (error) {
    await worker.terminate();
    throw new StorageError('The database file can not be opened for writing.', { cause: error });
  }

  /** One message for all calls of this turn of the event loop. */
  function flush(): void {
    worker.postMessage(outbox);
    outbox = [];
  }

  return {
    run: (verb, args) =>
      new Promise((resolve, reject) => {
        if (gone !== null) {
          reject(gone);
          return;
        }
        const id = nextId++;
        if (waiting.size === 0) worker.ref();
        waiting.set(id, { resolve: (answer) => resolve(answer as never), reject });
        if (outbox.length === 0) setImmediate(flush);
        outbox.push({ id, verb: verb.name, args });
      }),
    alive: () => gone === null,
    async close() {
      if (gone !== null) return;
      const ended = once(worker, 'exit');
      // Now its end is waited for, and nothing else may be left that keeps the process alive until then.
      worker.ref();
      if (outbox.length > 0) flush();
      worker.postMessage('close');
      await ended;
    },
  };
}

function faultOf({ message, stack }: { message: string; stack: string }): Error {
  const error = new Error(message);
  error.stack = stack;
  return error;
}
