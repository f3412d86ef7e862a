import type { Act } from '#audit/ports';
import type { SessionStore } from '#identity/ports';
import { MINUTE, type PresentedHandle, type UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { personOf, selectPeople } from './people.ts';

const TOUCH_EVERY = 5 * MINUTE;
/** Nobody uses so many browsers at once; the oldest login ends instead of the table growing (CWE-770). */
const MOST_SESSIONS = 50;

type NewSession = Parameters<SessionStore['start']>[1];

const start = verb(
  'sessions.start',
  async (tx, { act, session }: { act: Act; session: NewSession }): Promise<'started' | 'user-gone'> => {
    const { handle, user, expiresAt, replaces } = session;
    if (replaces !== null) await endSession(tx, act.at, replaces);
    const epochs = await tx
      .selectFrom('user_account as u')
      .innerJoin('instance as i', (join) => join.on('i.id', '=', 1))
      .select(['u.epoch as user_epoch', 'i.epoch as instance_epoch'])
      .where('u.id', '=', user)
      .where('u.status', '=', 'ACTIVE')
      .executeTakeFirst();
    if (epochs === undefined) return 'user-gone';
    await tx
      .insertInto('login_session')
      .values({
        lookup_id: handle.lookupId,
        digest: handle.digest,
        user_id: user,
        ...epochs,
        created_at: act.at,
        authenticated_at: act.at,
        last_seen_at: act.at,
        expires_at: expiresAt,
        ended_at: null,
        ip: act.actor.ip,
        user_agent: act.actor.userAgent,
      })
      .execute();
    await endOldest(tx, user, act.at);
    for (const key of session.forgive) {
      await tx
        .updateTable('backoff_counter')
        .set({ tries: 0, blocked_until: 0 })
        .where('kind', '=', key.kind)
        .where('value', '=', key.value)
        .execute();
    }
    await record(tx, act, { action: 'login.succeeded', outcome: 'ok', subject: user });
    return 'started';
  },
);

async function endOldest(tx: Tx, user: UserMuid, at: number): Promise<void> {
  const kept = await tx
    .selectFrom('login_session')
    .select('lookup_id')
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .orderBy('lookup_id', 'desc')
    .limit(1)
    .offset(MOST_SESSIONS - 1)
    .executeTakeFirst();
  if (kept === undefined) return;
  await tx
    .updateTable('login_session')
    .set({ ended_at: at })
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .where('lookup_id', '<', kept.lookup_id)
    .execute();
}

/** The session's user when it ended now, null when it had ended or never was. */
async function endSession(tx: Tx, at: number, handle: PresentedHandle): Promise<UserMuid | null> {
  const ended = await tx
    .updateTable('login_session')
    .set({ ended_at: at })
    .where('lookup_id', '=', handle.lookupId)
    .where('digest', '=', handle.digest)
    .where('ended_at', 'is', null)
    .returning('user_id')
    .executeTakeFirst();
  return ended?.user_id ?? null;
}

const end = verb('sessions.end', async (tx, { act, handle }: { act: Act; handle: PresentedHandle }): Promise<void> => {
  const user = await endSession(tx, act.at, handle);
  if (user !== null) await record(tx, act, { action: 'logout', outcome: 'ok', subject: user });
});

const confirm = verb(
  'sessions.confirm',
  async (tx, { act, lookupId, user }: { act: Act; lookupId: string; user: UserMuid }): Promise<void> => {
    const confirmed = await tx
      .updateTable('login_session')
      .set({ authenticated_at: act.at })
      .where('lookup_id', '=', lookupId)
      .where('user_id', '=', user)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (confirmed.numUpdatedRows === 1n) {
      await record(tx, act, { action: 'login.confirmed', outcome: 'ok', subject: user });
    }
  },
);

const touch = verb(
  'sessions.touch',
  async (tx, { lookupId, now }: { lookupId: string; now: number }): Promise<void> => {
    await tx
      .updateTable('login_session')
      .set({ last_seen_at: now })
      .where('lookup_id', '=', lookupId)
      .where('last_seen_at', '<=', now - TOUCH_EVERY)
      .execute();
  },
);

export function sessionStore({ read, run }: Engine): SessionStore {
  return {
    async live(handle, now, idleMs) {
      const rows = await selectPeople(read)
        .innerJoin('login_session as s', (join) =>
          join.onRef('s.user_id', '=', 'u.id').onRef('s.user_epoch', '=', 'u.epoch'),
        )
        .innerJoin('instance as i', (join) => join.on('i.id', '=', 1).onRef('i.epoch', '=', 's.instance_epoch'))
        .select(['s.lookup_id', 's.authenticated_at', 's.created_at as started_at', 's.last_seen_at', 's.expires_at'])
        .where('s.lookup_id', '=', handle.lookupId)
        .where('s.digest', '=', handle.digest)
        .where('s.ended_at', 'is', null)
        .where('s.expires_at', '>', now)
        .where('s.last_seen_at', '>', now - idleMs)
        .where('u.status', '=', 'ACTIVE')
        .execute();
      const session = rows[0];
      const user = personOf(rows);
      if (session === undefined || user === null) return null;
      return {
        lookupId: session.lookup_id,
        user,
        authenticatedAt: session.authenticated_at,
        createdAt: session.started_at,
        lastSeenAt: session.last_seen_at,
        expiresAt: session.expires_at,
      };
    },

    start: (act, session) => run(start, { act, session }),
    confirm: (act, lookupId, user) => run(confirm, { act, lookupId, user }),
    touch: (lookupId, now) => run(touch, { lookupId, now }),
    end: (act, handle) => run(end, { act, handle }),
  };
}
