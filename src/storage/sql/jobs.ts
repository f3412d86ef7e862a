import type { DeadJob, JobKind, JobPayloads, JobStore, LeasedJob } from '#jobs/ports';
import { newSortableId } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';

/** Puts a job into the queue, in the transaction of what asks for it: both happen or neither. */
export const enqueue = <Kind extends JobKind>(
  tx: Tx,
  kind: Kind,
  payload: JobPayloads[Kind],
  at: number,
): Promise<unknown> =>
  tx
    .insertInto('job')
    .values({
      id: newSortableId(at),
      kind,
      payload: JSON.stringify(payload),
      run_at: at,
      leased_until: 0,
      lease: null,
      attempts: 0,
      created_at: at,
      done_at: null,
      last_error: null,
    })
    .execute();

const enqueueAlone = verb(
  'jobs.enqueue',
  async (tx, { kind, payload, at }: { kind: JobKind; payload: JobPayloads[JobKind]; at: number }): Promise<void> => {
    await enqueue(tx, kind, payload, at);
  },
);

type Wish = Parameters<JobStore['lease']>[0];

/** What nobody holds is asked again in the update itself: on PostgreSQL whoever waited for the row finds it taken. */
const lease = verb('jobs.lease', async (tx, wish: Wish): Promise<LeasedJob[]> => {
  const due = dueJobs(tx, wish).orderBy('run_at').limit(wish.most);
  const rows = await tx
    .updateTable('job')
    .set((eb) => ({ lease: wish.lease, leased_until: wish.until, attempts: eb('attempts', '+', 1) }))
    .where('id', 'in', due)
    .where('done_at', 'is', null)
    .where('leased_until', '<=', wish.now)
    .returning(['id', 'kind', 'payload', 'attempts', 'created_at', 'run_at'])
    .execute();
  return rows
    .toSorted((a, b) => a.run_at - b.run_at)
    .map((row) => ({
      id: row.id,
      // Only kinds that were asked for come back, and we wrote the payload ourselves.
      kind: row.kind as JobKind,
      payload: JSON.parse(row.payload) as JobPayloads[JobKind],
      attempts: row.attempts,
      createdAt: row.created_at,
    }));
});

const dueJobs = (db: Tx, { kinds, now }: Pick<Wish, 'kinds' | 'now'>) =>
  db
    .selectFrom('job')
    .select('id')
    .where('done_at', 'is', null)
    .where('run_at', '<=', now)
    .where('leased_until', '<=', now)
    .where('kind', 'in', kinds);

const finish = verb('jobs.finish', async (tx, args: { id: string; lease: string; now: number }): Promise<boolean> => {
  const ended = await heldBy(tx, args)
    .set({ done_at: args.now, lease: null, payload: '{}', last_error: null })
    .executeTakeFirst();
  return ended.numUpdatedRows === 1n;
});

const fail = verb(
  'jobs.fail',
  async (
    tx,
    args: { id: string; lease: string; now: number; error: string; retryAt: number | null },
  ): Promise<boolean> => {
    const { error, retryAt, now } = args;
    const failed = await heldBy(tx, args)
      .set({
        lease: null,
        leased_until: 0,
        last_error: error,
        ...(retryAt === null ? { done_at: now } : { run_at: retryAt }),
      })
      .executeTakeFirst();
    return failed.numUpdatedRows === 1n;
  },
);

const heldBy = (tx: Tx, held: { id: string; lease: string }) =>
  tx.updateTable('job').where('id', '=', held.id).where('lease', '=', held.lease).where('done_at', 'is', null);

/** Done and with an error: given up. What was done well has none. */
const revive = verb('jobs.revive', async (tx, { id, now }: { id: string; now: number }): Promise<boolean> => {
  const revived = await tx
    .updateTable('job')
    .set({ done_at: null, run_at: now, created_at: now, attempts: 0, leased_until: 0, lease: null })
    .where('id', '=', id)
    .where('done_at', 'is not', null)
    .where('last_error', 'is not', null)
    .executeTakeFirst();
  return revived.numUpdatedRows === 1n;
});

export function jobStore({ read, run }: Engine): JobStore {
  return {
    enqueue: (kind, payload, at) => run(enqueueAlone, { kind, payload, at }),

    async lease(wish) {
      // Nearly always nothing is due: then nobody takes the write lock.
      if ((await dueJobs(read, wish).limit(1).executeTakeFirst()) === undefined) return [];
      return run(lease, wish);
    },

    finish: (id, held, now) => run(finish, { id, lease: held, now }),
    fail: (id, held, failed) => run(fail, { id, lease: held, ...failed }),

    async dead(most) {
      const rows = await read
        .selectFrom('job')
        .select(['id', 'kind', 'attempts', 'created_at', 'done_at', 'last_error'])
        .where('done_at', 'is not', null)
        .where('last_error', 'is not', null)
        .orderBy('done_at', 'desc')
        .limit(most)
        .execute();
      return rows.map(
        (row): DeadJob => ({
          id: row.id,
          kind: row.kind,
          attempts: row.attempts,
          createdAt: row.created_at,
          diedAt: row.done_at ?? 0,
          error: row.last_error ?? '',
        }),
      );
    },

    revive: (id, now) => run(revive, { id, now }),
  };
}
