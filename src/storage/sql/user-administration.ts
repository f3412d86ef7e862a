import type { Act } from '#audit/ports';
import type { FoundUser, UserAdministration } from '#identity/ports';
import type { Role, UserMuid } from '#kernel';
import type { Kysely } from 'kysely';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { holds } from './matching.ts';
import { personOf, selectPeople } from './people.ts';
import { giveRole } from './users.ts';

/**
 * Operators are one aggregate, whose row is the instance's: whoever might remove one takes it first, so that of two who
 * remove each other in parallel the second sees what the first did.
 */
export const lockOperators = (tx: Tx): Promise<unknown> =>
  tx
    .updateTable('instance')
    .set((eb) => ({ epoch: eb.ref('epoch') }))
    .where('id', '=', 1)
    .execute();

/** Whether this person is the only active operator. */
export async function isLastOperator(tx: Tx, user: UserMuid): Promise<boolean> {
  const operators = await tx
    .selectFrom('user_role as r')
    .innerJoin('user_account as u', 'u.id', 'r.user_id')
    .select('u.id')
    .where('r.role', '=', 'operator')
    .where('u.status', '=', 'ACTIVE')
    .limit(2)
    .execute();
  return operators.length === 1 && operators[0]?.id === user;
}

type StatusChange = Parameters<UserAdministration['changeStatus']>[1];

const changeStatus = verb(
  'users.changeStatus',
  async (
    tx,
    { act, change }: { act: Act; change: StatusChange },
  ): Promise<'changed' | 'not-in-this-status' | 'last-operator'> => {
    const { user, status, reason } = change;
    await lockOperators(tx);
    if (status === 'SUSPENDED' && (await isLastOperator(tx, user))) return 'last-operator';
    const changed = await tx
      .updateTable('user_account')
      .set((eb) => ({ status, epoch: eb('epoch', '+', 1), updated_at: act.at }))
      .where('id', '=', user)
      .where('status', '=', status === 'ACTIVE' ? 'SUSPENDED' : 'ACTIVE')
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return 'not-in-this-status';
    const action = status === 'ACTIVE' ? 'user.reinstated' : 'user.suspended';
    await record(tx, act, { action, outcome: 'ok', subject: user, reason });
    return 'changed';
  },
);

const takeRole = verb(
  'users.takeRole',
  async (tx, { act, user, role }: { act: Act; user: UserMuid; role: Role }): Promise<'taken' | 'last-operator'> => {
    await lockOperators(tx);
    if (role === 'operator' && (await isLastOperator(tx, user))) return 'last-operator';
    const taken = await tx
      .deleteFrom('user_role')
      .where('user_id', '=', user)
      .where('role', '=', role)
      .executeTakeFirst();
    if (taken.numDeletedRows > 0n) {
      await record(tx, act, { action: 'user.role-revoked', outcome: 'ok', subject: user, reason: role });
    }
    return 'taken';
  },
);

const noteSeen = verb(
  'users.noteSeen',
  async (tx, { act, users }: { act: Act; users: readonly UserMuid[] }): Promise<void> => {
    for (const subject of users) await record(tx, act, { action: 'user.viewed', outcome: 'ok', subject });
  },
);

async function foundUsers(db: Kysely<Database>, ids: readonly UserMuid[]): Promise<FoundUser[]> {
  if (ids.length === 0) return [];
  const [people, seen, clients] = await Promise.all([
    selectPeople(db).where('u.id', 'in', ids).execute(),
    db
      .selectFrom('login_session')
      .select((eb) => ['user_id', eb.fn.max('last_seen_at').as('at')])
      .where('user_id', 'in', ids)
      .groupBy('user_id')
      .execute(),
    db
      .selectFrom('client')
      .select((eb) => ['owner_id', eb.fn.countAll<number>().as('count')])
      .where('owner_id', 'in', ids)
      .where('status', '!=', 'DELETED')
      .groupBy('owner_id')
      .execute(),
  ]);
  const rowsOf = Map.groupBy(people, (row) => row.id);
  return ids.flatMap((id) => {
    const user = personOf(rowsOf.get(id) ?? []);
    if (user === null) return [];
    const lastSeenAt = seen.find((row) => row.user_id === id)?.at ?? null;
    return [{ ...user, lastSeenAt, clients: clients.find((row) => row.owner_id === id)?.count ?? 0 }];
  });
}

export function userAdministration({ read, run }: Engine): UserAdministration {
  return {
    async search(act, query, limit) {
      let found = read.selectFrom('user_account as u').select('u.id');
      if (query !== '') {
        found = found.where((eb) =>
          eb.or([
            eb('u.id', '=', query as UserMuid),
            holds(eb.ref('u.login_id'), query),
            holds(eb.ref('u.name'), query),
            eb.exists(
              eb
                .selectFrom('user_email as e')
                .select('e.user_id')
                .whereRef('e.user_id', '=', 'u.id')
                .where((inner) => holds(inner.ref('e.email'), query)),
            ),
          ]),
        );
      }
      const rows = await found.orderBy('u.login_id').limit(limit).execute();
      const users = await foundUsers(
        read,
        rows.map(({ id }) => id),
      );
      // Before anything is shown: what an operator saw is on record even if the answer is lost.
      if (users.length > 0) await run(noteSeen, { act, users: users.map(({ id }) => id) });
      return users;
    },

    read: async (id) => (await foundUsers(read, [id]))[0] ?? null,
    changeStatus: (act, change) => run(changeStatus, { act, change }),
    giveRole: (act, user, role) => run(giveRole, { act, user, role, agreement: null }),
    takeRole: (act, user, role) => run(takeRole, { act, user, role }),
  };
}
