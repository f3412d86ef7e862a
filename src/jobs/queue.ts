import { type Clock, MINUTE, newSortableId } from '#kernel';
import type { Jobs } from './every.ts';
import { JobFailure } from './failure.ts';
import type { JobKind, JobPayloads, JobStore, LeasedJob } from './ports/index.ts';

/**
 * How one kind of job is done. `run` may be called again after it succeeded (the process died before that was noted), so
 * doing it twice must do no harm; and it ends by itself well within LEASE_MS.
 */
export interface Handler<Kind extends JobKind> {
  /** How often it is begun before it is given up. */
  readonly attempts: number;
  /** The wait after the first failure; it doubles with each further one up to `maxDelayMs`. */
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** A job that has waited for longer is given up untried: nobody wants it any more. */
  readonly goodForMs: number;
  run(payload: JobPayloads[Kind]): Promise<void>;
}

/** Kinds without a handler are left for a process that has one. */
export type Handlers = { readonly [Kind in JobKind]?: Handler<Kind> };

export interface QueueLog {
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface QueueDeps {
  readonly jobs: Jobs;
  readonly store: JobStore;
  readonly handlers: Handlers;
  readonly clock: Clock;
  readonly log: QueueLog;
}

export interface Queue {
  /** No job begins after this; resolves when the running ones have ended. */
  stop(): Promise<void>;
}

/** After so long a job whose process is gone is somebody else's. */
export const LEASE_MS = MINUTE;
/** How often it is looked whether something is due; an idle look is one small read. */
const LOOK_MS = 250;
/** Jobs that run at once in one process: one slow mail server must not hold up everything. */
const AT_ONCE = 4;

/** Runs what is in the queue until it is stopped. */
export function startQueue({ jobs, store, handlers, clock, log }: QueueDeps): Queue {
  const kinds = Object.keys(handlers) as JobKind[];
  const running = new Set<Promise<void>>();
  let stopped = false;
  let looking: Promise<void> = Promise.resolve();

  async function look(): Promise<void> {
    const free = AT_ONCE - running.size;
    if (stopped || free === 0) return;
    const now = clock.now();
    const lease = newSortableId(now);
    const taken = await store.lease({ kinds, lease, now, until: now + LEASE_MS, most: free });
    for (const job of taken) {
      const done = run(job, lease)
        .catch((error: unknown) => {
          // The database went away: the lease runs out and the job comes again.
          log.error({ job: job.kind, id: job.id, err: error }, 'The end of a job could not be noted; it runs again.');
        })
        .finally(() => running.delete(done));
      running.add(done);
    }
  }

  async function run(job: LeasedJob, lease: string): Promise<void> {
    const handler = handlers[job.kind] as Handler<JobKind>;
    const late = clock.now() - job.createdAt > handler.goodForMs;
    // Begun so often and never ended: it takes its process along.
    if (late || job.attempts > handler.attempts) {
      await giveUp(job, lease, late ? 'too-late' : 'never-ended');
      return;
    }
    try {
      await handler.run(job.payload);
    } catch (error) {
      const word = wordOf(error);
      const final = error instanceof JobFailure && error.final;
      if (final || job.attempts >= handler.attempts) {
        await giveUp(job, lease, word, error);
        return;
      }
      const now = clock.now();
      const delay = Math.min(handler.maxDelayMs, handler.delayMs * 2 ** Math.min(job.attempts - 1, 30));
      await store.fail(job.id, lease, { now, error: word, retryAt: now + delay });
      log.warn({ ...about(job, word), ...unforeseen(error) }, 'A job failed; it is tried again.');
      return;
    }
    await store.finish(job.id, lease, clock.now());
  }

  async function giveUp(job: LeasedJob, lease: string, word: string, error?: unknown): Promise<void> {
    await store.fail(job.id, lease, { now: clock.now(), error: word, retryAt: null });
    log.error({ ...about(job, word), ...unforeseen(error) }, 'A job was given up. See: medbiz jobs list');
  }

  if (kinds.length > 0) {
    jobs.every(LOOK_MS, 'queue', () => {
      looking = look();
      return looking;
    });
  }
  return {
    async stop() {
      stopped = true;
      // What is being taken at this moment is run, too: nobody else would for as long as the lease.
      await looking.catch(() => undefined);
      await Promise.all(running);
    },
  };
}

const about = ({ kind, id, attempts }: LeasedJob, why: string): object => ({ job: kind, id, attempts, why });

/** A failure that was not foreseen is logged whole. */
const unforeseen = (error: unknown): object =>
  error === undefined || error instanceof JobFailure ? {} : { err: error };

/** Messages may quote what came from outside; names of errors do not. */
function wordOf(error: unknown): string {
  if (error instanceof JobFailure) return error.word;
  return error instanceof Error && /^[A-Za-z]{1,60}$/.test(error.name) ? error.name : 'unknown';
}
