import type { Act } from '#audit/ports';
import { LOGIN_METHODS, type LoginMethod, type SessionStore } from '#identity/ports';
import { MINUTE, type PresentedHandle, type UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { personOf, selectPeople } from './people.ts';

const TOUCH_EVERY = 5 * MINUTE;
/** Nobody uses so many browsers at once; the oldest login ends instead of the table growing (CWE-770). */
const MOST_SESSIONS = 50;

type NewSession = Parameters<SessionStore['start']>[1];

const start = verb('sessions.start', (tx, { act, session }: { act: Act; session: NewSession }) =>
  startSession(tx, act, session),
);

/** The body of every verb that ends in a session. */
export async function startSession(tx: Tx, act: Act, session: NewSession): Promise<'started' | 'user-gone'> {
  const { handle, user, expiresAt, replaces, methods = ['password'] } = session;
  if (replaces !== null) await endSession(tx, act.at, replaces);
  const epochs = await epochsOf(tx, user);
  if (epochs === null) return 'user-gone';
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
      methods: methods.join(' '),
      second_factor: methods.some((method) => method !== 'password') ? 1 : 0,
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
  await record(tx, act, { action: 'login.succeeded', outcome: 'ok', subject: user, reason: methods.join(' ') });
  return 'started';
}

/** The epochs that a session of the user lives by; null when the user is not active. */
export async function epochsOf(tx: Tx, user: UserMuid): Promise<{ user_epoch: number; instance_epoch: number } | null> {
  const epochs = await tx
    .selectFrom('user_account as u')
    .innerJoin('instance as i', (join) => join.on('i.id', '=', 1))
    .select(['u.epoch as user_epoch', 'i.epoch as instance_epoch'])
    .where('u.id', '=', user)
    .where('u.status', '=', 'ACTIVE')
    .executeTakeFirst();
  return epochs ?? null;
}

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

const endOne = verb(
  'sessions.endOne',
  async (tx, { act, user, lookupId }: { act: Act; user: UserMuid; lookupId: string }): Promise<boolean> => {
    const ended = await tx
      .updateTable('login_session')
      .set({ ended_at: act.at })
      .where('lookup_id', '=', lookupId)
      .where('user_id', '=', user)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) return false;
    await record(tx, act, { action: 'session.ended', outcome: 'ok', subject: user, reason: 'one' });
    return true;
  },
);

const endOthers = verb(
  'sessions.endOthers',
  async (tx, { act, user, keep }: { act: Act; user: UserMuid; keep: string }): Promise<number> => {
    const ended = await endOtherSessions(tx, user, keep, act.at);
    await record(tx, act, { action: 'session.ended', outcome: 'ok', subject: user, reason: 'all others' });
    return ended;
  },
);

/** Every session of the user but one, and every login that still owes a factor; `keep` null: all of them. */
export async function endOtherSessions(tx: Tx, user: UserMuid, keep: string | null, at: number): Promise<number> {
  const all = tx
    .updateTable('login_session')
    .set({ ended_at: at })
    .where('user_id', '=', user)
    .where('ended_at', 'is', null);
  const ended = await (keep === null ? all : all.where('lookup_id', '!=', keep)).executeTakeFirst();
  await tx
    .updateTable('pending_login')
    .set({ ended_at: at })
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .execute();
  return Number(ended.numUpdatedRows);
}

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

/**
 * What lives, in the one statement that reads it. A session made by the password alone is none for somebody who has a
 * second factor, whatever order the two came in.
 */
const selectLiving = (read: Engine['read'], now: number, idleMs: number) =>
  selectPeople(read)
    .innerJoin('login_session as s', (join) =>
      join.onRef('s.user_id', '=', 'u.id').onRef('s.user_epoch', '=', 'u.epoch'),
    )
    .innerJoin('instance as i', (join) => join.on('i.id', '=', 1).onRef('i.epoch', '=', 's.instance_epoch'))
    .select([
      's.lookup_id',
      's.authenticated_at',
      's.created_at as started_at',
      's.last_seen_at',
      's.expires_at',
      's.methods',
      's.ip',
      's.user_agent',
    ])
    .where('s.ended_at', 'is', null)
    .where('s.expires_at', '>', now)
    .where('s.last_seen_at', '>', now - idleMs)
    .where('u.status', '=', 'ACTIVE')
    .where((eb) =>
      eb.or([
        eb('s.second_factor', '=', 1),
        eb.not(
          eb.or([
            eb.exists(eb.selectFrom('totp_key as t').select('t.id').whereRef('t.user_id', '=', 'u.id')),
            eb.exists(eb.selectFrom('passkey as p').select('p.credential_id').whereRef('p.user_id', '=', 'u.id')),
          ]),
        ),
      ]),
    );

type LivingRow = Awaited<ReturnType<ReturnType<typeof selectLiving>['execute']>>[number];

const sessionOf = (row: LivingRow) => ({
  lookupId: row.lookup_id,
  authenticatedAt: row.authenticated_at,
  createdAt: row.started_at,
  lastSeenAt: row.last_seen_at,
  expiresAt: row.expires_at,
  methods: methodsOf(row.methods),
});

const methodsOf = (stored: string): readonly LoginMethod[] =>
  stored.split(' ').flatMap((word) => LOGIN_METHODS.filter((method) => method === word));

export function sessionStore({ read, run }: Engine): SessionStore {
  return {
    async live(handle, now, idleMs) {
      const rows = await selectLiving(read, now, idleMs)
        .where('s.lookup_id', '=', handle.lookupId)
        .where('s.digest', '=', handle.digest)
        .execute();
      const session = rows[0];
      const user = personOf(rows);
      return session === undefined || user === null ? null : { ...sessionOf(session), user };
    },

    async list(user, now, idleMs) {
      const rows = await selectLiving(read, now, idleMs)
        .where('s.user_id', '=', user)
        .orderBy('s.last_seen_at', 'desc')
        .orderBy('s.lookup_id', 'desc')
        .execute();
      // One row per role of the person: each session counts once.
      const once = new Map(rows.map((row) => [row.lookup_id, row]));
      return [...once.values()].map((row) => ({ ...sessionOf(row), ip: row.ip, userAgent: row.user_agent }));
    },

    start: (act, session) => run(start, { act, session }),
    confirm: (act, lookupId, user) => run(confirm, { act, lookupId, user }),
    touch: (lookupId, now) => run(touch, { lookupId, now }),
    end: (act, handle) => run(end, { act, handle }),
    endOne: (act, user, lookupId) => run(endOne, { act, user, lookupId }),
    endOthers: (act, user, keep) => run(endOthers, { act, user, keep }),
  };
}
