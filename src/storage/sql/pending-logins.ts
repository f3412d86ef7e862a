import type { Act } from '#audit/ports';
import type { FactorOutcome, FactorSession, FactorStore, PendingKey, Proof } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { factorsOf } from './factor-rows.ts';
import { personOf, selectPeople } from './people.ts';
import { epochsOf, startSession } from './sessions.ts';
import { useOnce } from './single-use.ts';

type Begun = Parameters<FactorStore['begin']>[1];

const begin = verb('pending.begin', async (tx, { act, pending }: { act: Act; pending: Begun }): Promise<boolean> => {
  const epochs = await epochsOf(tx, pending.user);
  if (epochs === null) return false;
  await tx
    .insertInto('pending_login')
    .values({
      lookup_id: pending.handle.lookupId,
      digest: pending.handle.digest,
      browser: pending.browser,
      ticket_id: pending.ticketId,
      user_id: pending.user,
      ...epochs,
      tries: 0,
      created_at: act.at,
      expires_at: pending.expiresAt,
      ended_at: null,
    })
    .execute();
  return true;
});

/** The row while it has not ended; its update is a verb's first write and decides who may go on. */
const open = (tx: Tx, { handle, browser }: PendingKey, now: number) =>
  tx
    .updateTable('pending_login')
    .where('lookup_id', '=', handle.lookupId)
    .where('digest', '=', handle.digest)
    .where('browser', '=', browser)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now);

type Try = { key: PendingKey; now: number; most: number };

const countTry = verb('pending.countTry', async (tx, { key, now, most }: Try): Promise<boolean> => {
  const counted = await open(tx, key, now)
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('tries', '<', most)
    .executeTakeFirst();
  return counted.numUpdatedRows === 1n;
});

const cancel = verb('pending.cancel', async (tx, { key, now }: { key: PendingKey; now: number }): Promise<void> => {
  await open(tx, key, now).set({ ended_at: now }).execute();
});

/** Holds the begun login, so that of two who complete it one waits; false when it has ended. */
export async function holdPending(tx: Tx, key: PendingKey, user: UserMuid, now: number): Promise<boolean> {
  const held = await open(tx, key, now)
    .set((eb) => ({ tries: eb.ref('tries') }))
    .where('user_id', '=', user)
    .executeTakeFirst();
  return held.numUpdatedRows === 1n;
}

/** Ends the begun login and starts the session that it was begun for. */
export async function finish(tx: Tx, act: Act, session: FactorSession): Promise<'started' | 'user-gone'> {
  const { pending, ...rest } = session;
  if (pending !== null) await open(tx, pending, act.at).set({ ended_at: act.at }).execute();
  return startSession(tx, act, { ...rest, forgive: [] });
}

type Completion = { act: Act; session: FactorSession; proof: Proof };

/** The begun login is held before the proof is spent: a recovery code is never lost to a login that had ended. */
const complete = verb('pending.complete', async (tx, { act, session, proof }: Completion): Promise<FactorOutcome> => {
  const { pending, user } = session;
  if (pending !== null && !(await holdPending(tx, pending, user, act.at))) return 'pending-dead';
  if ((await epochsOf(tx, user)) === null) return 'user-gone';
  if (!(await spend(tx, act, user, proof))) return 'spent';
  return finish(tx, act, session);
});

async function spend(tx: Tx, act: Act, user: UserMuid, proof: Proof): Promise<boolean> {
  if (proof.method === 'totp') {
    // RFC 6238 §5.2: a code is taken once.
    if (!(await useOnce(tx, 'totp', proof.keyId, String(proof.step), proof.stepEndsAt))) return false;
    const used = await tx
      .updateTable('totp_key')
      .set({ last_used_at: act.at })
      .where('id', '=', proof.keyId)
      .where('user_id', '=', user)
      .executeTakeFirst();
    return used.numUpdatedRows === 1n;
  }
  if (proof.method === 'recovery') {
    const used = await tx
      .updateTable('recovery_code')
      .set({ used_at: act.at })
      .where('user_id', '=', user)
      .where('digest', '=', proof.digest)
      .where('used_at', 'is', null)
      .executeTakeFirst();
    if (used.numUpdatedRows === 0n) return false;
    await record(tx, act, { action: 'recovery-code.used', outcome: 'ok', subject: user });
    return true;
  }
  // WebAuthn §7.2, step 22: a counter that does not grow is a copy of the key, unless the key counts nothing at all.
  const used = await tx
    .updateTable('passkey')
    .set({ counter: proof.counter, last_used_at: act.at, synced: proof.synced ? 1 : 0 })
    .where('credential_id', '=', proof.credentialId)
    .where('user_id', '=', user)
    .where((eb) => (proof.counter === 0 ? eb('counter', '=', 0) : eb('counter', '<', proof.counter)))
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}

type PendingStore = Pick<FactorStore, 'begin' | 'pending' | 'countTry' | 'cancel' | 'complete'>;

export const pendingVerbs = ({ read, run }: Engine): PendingStore => ({
  begin: (act, pending) => run(begin, { act, pending }),
  countTry: (key, now, most) => run(countTry, { key, now, most }),
  cancel: (key, now) => run(cancel, { key, now }),
  complete: (act, session, proof) => run(complete, { act, session, proof }),

  async pending({ handle, browser }, now, mostTries) {
    const rows = await selectPeople(read)
      .innerJoin('pending_login as l', (join) =>
        join.onRef('l.user_id', '=', 'u.id').onRef('l.user_epoch', '=', 'u.epoch'),
      )
      .innerJoin('instance as i', (join) => join.on('i.id', '=', 1).onRef('i.epoch', '=', 'l.instance_epoch'))
      // A password that was set after it was given here proves nothing any more.
      .innerJoin('password as w', (join) =>
        join.onRef('w.user_id', '=', 'u.id').onRef('w.changed_at', '<=', 'l.created_at'),
      )
      .select(['l.ticket_id', 'l.created_at as begun_at'])
      .where('l.lookup_id', '=', handle.lookupId)
      .where('l.digest', '=', handle.digest)
      .where('l.browser', '=', browser)
      .where('l.ended_at', 'is', null)
      .where('l.expires_at', '>', now)
      .where('l.tries', '<', mostTries)
      .where('u.status', '=', 'ACTIVE')
      .execute();
    const row = rows[0];
    const user = personOf(rows);
    if (row === undefined || user === null) return null;
    return {
      handle,
      browser,
      user,
      ticketId: row.ticket_id,
      createdAt: row.begun_at,
      factors: await factorsOf(read, user.id),
    };
  },
});
