import { DAY } from '#kernel';
import type { BackoffKey, BackoffRule, BackoffStore } from '#identity/ports';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';

type Turn = Awaited<ReturnType<BackoffStore['take']>>;

/** Counters that nobody has touched for so long say nothing any more. */
export const BACKOFF_KEPT_MS = 2 * DAY;

/**
 * All rules count or none does. Each counter's row is taken by its upsert before it is read, in one order for everybody,
 * so parallel tries are counted one after another and never lock each other out.
 */
const take = verb(
  'backoff.take',
  async (tx, { rules, now }: { rules: readonly BackoffRule[]; now: number }): Promise<Turn> => {
    const ordered = rules.toSorted((a, b) => compare(a.key, b.key));
    const counters: { rule: BackoffRule; tries: number; windowStartedAt: number; blockedUntil: number }[] = [];
    for (const rule of ordered) {
      const row = await tx
        .insertInto('backoff_counter')
        .values({ ...rule.key, tries: 0, window_started_at: now, blocked_until: 0, updated_at: now })
        .onConflict((conflict) => conflict.columns(['kind', 'value']).doUpdateSet({ updated_at: now }))
        .returning(['tries', 'window_started_at', 'blocked_until'])
        .executeTakeFirstOrThrow();
      const over = now - row.window_started_at >= rule.windowMs;
      counters.push({
        rule,
        tries: over ? 0 : row.tries,
        windowStartedAt: over ? now : row.window_started_at,
        blockedUntil: row.blocked_until,
      });
    }
    const retryAt = Math.max(0, ...counters.map((counter) => counter.blockedUntil));
    if (retryAt > now) return { allowed: false, retryAt };
    for (const { rule, tries, windowStartedAt } of counters) {
      const spent = tries + 1 - rule.free;
      const blockedUntil = spent < 0 ? 0 : now + Math.min(rule.maxBlockMs, rule.blockMs * 2 ** Math.min(spent, 30));
      await tx
        .updateTable('backoff_counter')
        .set({
          tries: tries + 1,
          // From the end of a block on: whoever waits it out and guesses again does not start from nothing.
          window_started_at: Math.max(windowStartedAt, blockedUntil),
          blocked_until: blockedUntil,
        })
        .where('kind', '=', rule.key.kind)
        .where('value', '=', rule.key.value)
        .execute();
    }
    return { allowed: true };
  },
);

/** A success is no guess: its try is taken back, with the block that it may have caused. */
const giveBack = verb('backoff.giveBack', async (tx, keys: readonly BackoffKey[]): Promise<void> => {
  for (const key of keys.toSorted(compare)) {
    await forKey(tx, key)
      .set((eb) => ({ tries: eb('tries', '-', 1), blocked_until: 0 }))
      .where('tries', '>', 0)
      .execute();
  }
});

const forgive = verb('backoff.forgive', async (tx, keys: readonly BackoffKey[]): Promise<void> => {
  for (const key of keys.toSorted(compare)) await forKey(tx, key).set({ tries: 0, blocked_until: 0 }).execute();
});

const forKey = (tx: Tx, key: BackoffKey) =>
  tx.updateTable('backoff_counter').where('kind', '=', key.kind).where('value', '=', key.value);

const compare = (a: BackoffKey, b: BackoffKey): number =>
  a.kind === b.kind
    ? Number(a.value > b.value) - Number(a.value < b.value)
    : Number(a.kind > b.kind) - Number(a.kind < b.kind);

export const backoffStore = ({ run }: Engine): BackoffStore => ({
  take: (rules, now) => run(take, { rules, now }),
  giveBack: (keys) => run(giveBack, keys),
  forgive: (keys) => run(forgive, keys),
});
