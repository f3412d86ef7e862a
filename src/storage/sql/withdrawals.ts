import type { Act } from '#audit/ports';
import type { HealthKind, Withdrawn } from '#consent/ports';
import type { ScopeName } from '#kernel';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { appendEvent, basisOf, givenItems, type ItemRow, type Pair, readKinds } from './consent-rows.ts';

/**
 * Takes the connection's row, so that answers, withdrawals and expiry of one pair come one after another, and always in
 * the order connection, then items. False where the user never connected the client.
 */
async function takeConnection(tx: Tx, { user, client }: Pair): Promise<boolean> {
  const taken = await tx
    .updateTable('connection')
    .set((eb) => ({ epoch: eb.ref('epoch') }))
    .where('user_id', '=', user)
    .where('client_id', '=', client)
    .executeTakeFirst();
  return taken.numUpdatedRows > 0n;
}

/** Where nothing is held any more the connection is over: its epoch rises and every grant ends. */
async function endIfEmpty(tx: Tx, pair: Pair, at: number): Promise<boolean> {
  if ((await givenItems(tx, pair, at)).length > 0) return false;
  await tx
    .updateTable('connection')
    .set((eb) => ({ epoch: eb('epoch', '+', 1) }))
    .where('user_id', '=', pair.user)
    .where('client_id', '=', pair.client)
    .execute();
  return true;
}

async function withdrawItem(tx: Tx, act: Act, pair: Pair, item: ItemRow): Promise<void> {
  const { scope, kinds } = item;
  const event = await appendEvent(tx, act, pair, {
    scope,
    action: 'WITHDRAW',
    basis: basisOf(item),
    notice_id: null,
    kinds,
    expires_at: null,
    ticket_id: null,
  });
  await itemOf(tx, pair, scope).set({ state: 'WITHDRAWN', event_id: event, since: act.at, expires_at: null }).execute();
}

const itemOf = (tx: Tx, { user, client }: Pair, scope: string) =>
  tx.updateTable('consent_item').where('user_id', '=', user).where('client_id', '=', client).where('scope', '=', scope);

const noteWithdrawn = (tx: Tx, act: Act, { user, client }: Pair, reason: string): Promise<void> =>
  record(tx, act, { action: 'consent.withdrawn', outcome: 'ok', subject: user, client, reason });

/** For an account that is being closed: what was given is taken back, whatever it was, and the connection ends. */
export async function withdrawAll(tx: Tx, act: Act, pair: Pair): Promise<void> {
  if (!(await takeConnection(tx, pair))) return;
  const items = await givenItems(tx, pair, act.at);
  for (const item of items) await withdrawItem(tx, act, pair, item);
  await endIfEmpty(tx, pair, act.at);
  if (items.length > 0) await noteWithdrawn(tx, act, pair, 'everything');
}

type Withdrawal = Pair & { act: Act; scopes: readonly ScopeName[] | null };

/** The projection narrows, and every token with it; what leaves nothing ends them. */
export const withdraw = verb(
  'consents.withdraw',
  async (tx, { act, scopes, ...pair }: Withdrawal): Promise<Withdrawn> => {
    if (!(await takeConnection(tx, pair))) return 'nothing';
    const given = await givenItems(tx, pair, act.at);
    const items = given.filter((item) => scopes === null || scopes.some((name) => name === item.scope));
    if (items.length === 0) return 'nothing';
    for (const item of items) await withdrawItem(tx, act, pair, item);
    const ended = await endIfEmpty(tx, pair, act.at);
    await noteWithdrawn(tx, act, pair, ended ? 'everything' : items.map(({ scope }) => scope).join(' '));
    return 'withdrawn';
  },
);

type KindWithdrawal = Pair & { act: Act; kinds: readonly HealthKind[] };

/** What was given stays given, with fewer kinds; the event names the ones that went. */
export const withdrawKinds = verb(
  'consents.withdrawKinds',
  async (tx, { act, kinds, ...pair }: KindWithdrawal): Promise<Withdrawn> => {
    if (!(await takeConnection(tx, pair))) return 'nothing';
    const item = (await givenItems(tx, pair, act.at)).find(({ scope }) => scope === 'HEALTH');
    if (item === undefined) return 'nothing';
    const had = readKinds(item.kinds);
    const left = had.filter((kind) => !kinds.includes(kind));
    if (left.length === had.length) return 'nothing';
    if (left.length === 0) {
      await withdrawItem(tx, act, pair, item);
      const ended = await endIfEmpty(tx, pair, act.at);
      await noteWithdrawn(tx, act, pair, ended ? 'everything' : 'HEALTH');
      return 'withdrawn';
    }
    const gone = had.filter((kind) => kinds.includes(kind));
    await appendEvent(tx, act, pair, {
      scope: item.scope,
      action: 'WITHDRAW',
      basis: basisOf(item),
      notice_id: null,
      kinds: gone.join(' '),
      expires_at: null,
      ticket_id: null,
    });
    await itemOf(tx, pair, item.scope)
      .set({ kinds: left.join(' ') })
      .execute();
    await noteWithdrawn(tx, act, pair, `HEALTH: ${gone.join(' ')}`);
    return 'withdrawn';
  },
);

/** In the order of the pairs, so that two processes that sweep at once wait for each other instead of blocking each other. */
export const expire = verb(
  'consents.expire',
  async (tx, { act, most }: { act: Act; most: number }): Promise<number> => {
    const due = await tx
      .selectFrom('consent_item')
      .selectAll()
      .where('state', '=', 'GIVEN')
      .where('expires_at', '<=', act.at)
      .orderBy('expires_at')
      .limit(most)
      .execute();
    const pairs = due.toSorted((a, b) => compare(a.user_id, b.user_id) || compare(a.client_id, b.client_id));
    for (const item of pairs) await expireItem(tx, act, item);
    return due.length;
  },
);

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

async function expireItem(tx: Tx, act: Act, item: ItemRow): Promise<void> {
  const pair = { user: item.user_id, client: item.client_id };
  if (!(await takeConnection(tx, pair))) return;
  // Given anew, withdrawn or swept by another process since it was read: then it is none of our business.
  const ended = await itemOf(tx, pair, item.scope)
    .set({ state: 'EXPIRED', since: act.at })
    .where('state', '=', 'GIVEN')
    .where('expires_at', '<=', act.at)
    .executeTakeFirst();
  if (ended.numUpdatedRows === 0n) return;
  const event = await appendEvent(tx, act, pair, {
    scope: item.scope,
    action: 'EXPIRE',
    basis: basisOf(item),
    notice_id: null,
    kinds: item.kinds,
    expires_at: item.expires_at,
    ticket_id: null,
  });
  await itemOf(tx, pair, item.scope).set({ event_id: event }).execute();
  await endIfEmpty(tx, pair, act.at);
  const { user: subject, client } = pair;
  await record(tx, act, { action: 'consent.expired', outcome: 'ok', subject, client, reason: item.scope });
}
