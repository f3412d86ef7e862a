import type { Act } from '#audit/ports';
import type { CloseOutcome, ClosingStore, OwnedClient } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { closedLoginId } from './closed-login-id.ts';
import { withdrawConsent } from './consents.ts';
import { eraseFactors } from './factor-rows.ts';
import { heldAbout } from './held.ts';

type Closing = { act: Act; user: UserMuid; passwordHash: string };

const close = verb('closing.close', async (tx, { act, user, passwordHash }: Closing): Promise<CloseOutcome> => {
  // Of two closings, and of a closing and a change of the password, one comes first.
  const held = await tx
    .updateTable('password')
    .set((eb) => ({ hash: eb.ref('hash') }))
    .where('user_id', '=', user)
    .where('hash', '=', passwordHash)
    .executeTakeFirst();
  if (held.numUpdatedRows === 0n) return 'gone';
  if ((await ownedClients(tx, user, ['ACTIVE'])).length > 0) return 'owns-clients';
  if (await isLastOperator(tx, user)) return 'last-operator';
  const closed = await tx
    .updateTable('user_account')
    .set((eb) => ({
      status: 'CLOSED',
      epoch: eb('epoch', '+', 1),
      login_id: '',
      name: '',
      gender: 'UNKNOWN',
      drive_agreed_at: null,
      updated_at: act.at,
      closed_at: act.at,
    }))
    .where('id', '=', user)
    .where('status', '=', 'ACTIVE')
    .executeTakeFirst();
  if (closed.numUpdatedRows === 0n) return 'gone';
  await endConnections(tx, act, user);
  await deleteClients(tx, act, user);
  await erasePerson(tx, user);
  await record(tx, act, { action: 'user.closed', outcome: 'ok', subject: user });
  return 'closed';
});

/** The epoch has ended every grant; this says so in their rows, and ends each consent by an event of its own. */
async function endConnections(tx: Tx, act: Act, user: UserMuid): Promise<void> {
  const connections = await tx.selectFrom('connection').select('client_id').where('user_id', '=', user).execute();
  for (const { client_id: client } of connections) await withdrawConsent(tx, { act, user, client, scopes: null });
  await tx
    .updateTable('oauth_grant')
    .set({ ended_at: act.at, end_reason: 'account closed' })
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .execute();
}

/** What nobody but the owner could use goes with the owner; an ACTIVE one would have stood in the way. */
async function deleteClients(tx: Tx, act: Act, user: UserMuid): Promise<void> {
  for (const { id } of await ownedClients(tx, user, ['PENDING', 'REJECTED', 'SUSPENDED'])) {
    await tx
      .updateTable('client')
      .set((eb) => ({ status: 'DELETED', epoch: eb('epoch', '+', 1), updated_at: act.at, deleted_at: act.at }))
      .where('id', '=', id)
      .execute();
    await tx.deleteFrom('client_secret').where('client_id', '=', id).execute();
    await record(tx, act, {
      action: 'client.deleted',
      outcome: 'ok',
      subject: user,
      client: id,
      reason: 'owner closed',
    });
  }
}

/**
 * Everything that tells who it was. What stays stands under a number that names nobody: agreements and consent events,
 * which prove that what was done was allowed, and the access records of the law's two years.
 */
async function erasePerson(tx: Tx, user: UserMuid): Promise<void> {
  await eraseFactors(tx, user);
  for (const table of [
    'user_email',
    'user_birthday',
    'user_contact',
    'user_role',
    'password',
    'pending_login',
    'login_session',
  ] as const) {
    await tx.deleteFrom(table).where('user_id', '=', user).execute();
  }
  const ids = await tx.selectFrom('login_id').select('folded').where('user_id', '=', user).execute();
  for (const { folded } of ids) {
    await tx
      .updateTable('login_id')
      .set({ folded: closedLoginId(folded) })
      .where('folded', '=', folded)
      .execute();
  }
}

type ClientStatus = 'ACTIVE' | 'PENDING' | 'REJECTED' | 'SUSPENDED';

const ownedClients = (db: Tx, user: UserMuid, statuses: readonly ClientStatus[]) =>
  db
    .selectFrom('client as c')
    .innerJoin('client_version as v', (join) =>
      join
        .onRef('v.client_id', '=', 'c.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version')),
    )
    .select(['c.id', 'v.name'])
    .where('c.owner_id', '=', user)
    .where('c.status', 'in', statuses)
    .orderBy('c.created_at')
    .execute();

async function isLastOperator(db: Tx, user: UserMuid): Promise<boolean> {
  const operators = await db
    .selectFrom('user_role as r')
    .innerJoin('user_account as u', 'u.id', 'r.user_id')
    .select('u.id')
    .where('r.role', '=', 'operator')
    .where('u.status', '=', 'ACTIVE')
    .limit(2)
    .execute();
  return operators.length === 1 && operators[0]?.id === user;
}

export const closingStore = ({ read, run }: Engine): ClosingStore => ({
  held: (user) => heldAbout(read, user),
  isLastOperator: (user) => isLastOperator(read, user),

  async activeClientsOf(user) {
    const owned = await ownedClients(read, user, ['ACTIVE']);
    return owned.map(({ id, name }): OwnedClient => ({ id, name }));
  },

  close: (act, user, passwordHash) => run(close, { act, user, passwordHash }),
});
