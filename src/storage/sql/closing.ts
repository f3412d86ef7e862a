import type { Act } from '#audit/ports';
import type { CloseOutcome, ClosingStore, OwnedWork } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { removeClient } from './client-edits.ts';
import { closedLoginId } from './closed-login-id.ts';
import { withdrawAll } from './withdrawals.ts';
import { eraseFactors } from './factor-rows.ts';
import { heldAbout } from './held.ts';
import { release } from './holdings.ts';
import { enqueue } from './jobs.ts';
import { isOperator } from './people.ts';
import { isLastOperator, lockOperators } from './user-administration.ts';

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
  if ((await livingWorks(tx, user)).length > 0) return 'owns-works';
  if (await isOperator(tx, user)) await lockOperators(tx);
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
  await endHealth(tx, act, user);
  await deleteClients(tx, act, user);
  // Approved by an operator in this very moment: a fault undoes all of it, and the next try is told.
  if ((await livingWorks(tx, user)).length > 0) throw new Error('An application of the account was just approved.');
  await erasePerson(tx, user);
  await record(tx, act, { action: 'user.closed', outcome: 'ok', subject: user });
  return 'closed';
});

/** The epoch has ended every grant; this says so in their rows, and ends each consent by an event of its own. */
async function endConnections(tx: Tx, act: Act, user: UserMuid): Promise<void> {
  const connections = await tx.selectFrom('connection').select('client_id').where('user_id', '=', user).execute();
  for (const { client_id: client } of connections) await withdrawAll(tx, act, { user, client });
  await tx
    .updateTable('oauth_grant')
    .set({ ended_at: act.at, end_reason: 'account closed' })
    .where('user_id', '=', user)
    .where('ended_at', 'is', null)
    .execute();
}

/**
 * Devices leave the account and shares end here; what devices have measured may be millions of rows, so it is erased by a
 * job that this transaction asks for and that nothing but its end takes away.
 */
async function endHealth(tx: Tx, act: Act, user: UserMuid): Promise<void> {
  const held = await tx
    .selectFrom('device_holding')
    .select('device_muid')
    .where('user_id', '=', user)
    .where('held_until', 'is', null)
    .execute();
  for (const { device_muid: device } of held) await release(tx, act, user, device);
  await tx.updateTable('device_holding').set({ nickname: '' }).where('user_id', '=', user).execute();
  await tx
    .updateTable('health_share')
    .set({ ended_at: act.at })
    .where((eb) => eb.or([eb('owner_id', '=', user), eb('grantee_id', '=', user)]))
    .where('ended_at', 'is', null)
    .execute();
  await tx.updateTable('health_share').set({ grantee_login: '' }).where('grantee_id', '=', user).execute();
  await enqueue(tx, 'erase-health', { user }, act.at);
}

/** What nobody but the owner could use goes with the owner; an ACTIVE one would have stood in the way. */
async function deleteClients(tx: Tx, act: Act, user: UserMuid): Promise<void> {
  const owned = await tx
    .selectFrom('client')
    .select(['id', 'pending_version'])
    .where('owner_id', '=', user)
    .where('status', 'in', ['PENDING', 'REJECTED', 'SUSPENDED'])
    .execute();
  for (const { id, pending_version: pendingVersion } of owned) {
    const removed = await removeClient(tx, act, id, pendingVersion);
    if (!removed) throw new Error('A client of the closed account was changed in the same moment.');
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
    'user_role',
    'user_contact',
    'developer_notice',
    'mail_link',
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

/** Applications and products that other people are using now. */
async function livingWorks(db: Tx, user: UserMuid): Promise<OwnedWork[]> {
  const clients = await db
    .selectFrom('client as c')
    .innerJoin('client_version as v', (join) =>
      join
        .onRef('v.client_id', '=', 'c.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version')),
    )
    .select(['c.id', 'v.name'])
    .where('c.owner_id', '=', user)
    .where('c.status', '=', 'ACTIVE')
    .orderBy('c.created_at')
    .execute();
  const products = await db
    .selectFrom('product as p')
    .innerJoin('product_version as v', (join) =>
      join
        .onRef('v.product_id', '=', 'p.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('p.live_version', 'p.newest_version')),
    )
    .select(['p.id', 'v.name'])
    .where('p.owner_id', '=', user)
    .where('p.status', '=', 'ACTIVE')
    .orderBy('p.created_at')
    .execute();
  return [...clients, ...products].map(({ id, name }): OwnedWork => ({ id, name }));
}

export const closingStore = ({ read, run }: Engine): ClosingStore => ({
  held: (user) => heldAbout(read, user),
  isLastOperator: (user) => isLastOperator(read, user),

  worksOf: (user) => livingWorks(read, user),
  close: (act, user, passwordHash) => run(close, { act, user, passwordHash }),
});
