import { hash } from 'node:crypto';
import type { Act } from '#audit/ports';
import { type ConsentAnswer, type ConsentItem, type ConsentStore, HEALTH_KINDS, type Notice } from '#consent/ports';
import { asScope, type ClientId, newSortableId, type PresentedHandle, type ScopeName, type UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { connect } from './standing.ts';
import { answerTransaction } from './transactions.ts';
import { bare } from './users.ts';

type Answer = Parameters<ConsentStore['answer']>[1];
type Event = Pick<
  Database['consent_event'],
  'scope' | 'action' | 'basis' | 'notice_id' | 'kinds' | 'expires_at' | 'ticket_id'
>;

interface Pair {
  readonly user: UserMuid;
  readonly client: ClientId;
}

/** What the platform's own service holds without a page stands under these terms; no page's terms are ever equal to them. */
const OWN_SERVICE_TERMS = 'own-service';

const answer = verb(
  'consents.answer',
  async (tx, { act, given }: { act: Act; given: Answer }): Promise<'taken' | 'already-answered' | 'ticket-dead'> => {
    const { ticket, user, client, answers } = given;
    const taken = await answerTransaction(tx, ticket, { user, client, at: act.at });
    if (taken !== 'taken') return taken;
    await connect(tx, user, client, act.at);
    for (const one of answers) await writeAnswer(tx, act, { user, client }, one, ticket);
    await recordScopes(
      tx,
      act,
      given,
      'consent.given',
      answers.filter((one) => one.given),
    );
    await recordScopes(
      tx,
      act,
      given,
      'consent.refused',
      answers.filter((one) => !one.given),
    );
    return 'taken';
  },
);

async function writeAnswer(tx: Tx, act: Act, pair: Pair, one: ConsentAnswer, ticket: PresentedHandle): Promise<void> {
  const { notice, given, expiresAt } = one;
  const kinds = one.kinds.join(' ');
  const event = await appendEvent(tx, act, pair, {
    scope: notice.scope,
    action: given ? 'GRANT' : 'DENY',
    basis: notice.scope === 'HEALTH' ? 'SENSITIVE' : 'THIRD_PARTY',
    notice_id: await keepNotice(tx, act.at, pair.client, notice),
    kinds,
    expires_at: expiresAt,
    ticket_id: ticket.lookupId,
  });
  await setItem(tx, pair, {
    scope: notice.scope,
    state: given ? 'GIVEN' : 'REFUSED',
    terms: notice.terms,
    kinds,
    event_id: event,
    since: act.at,
    expires_at: expiresAt,
  });
}

const recordScopes = async (
  tx: Tx,
  act: Act,
  { user, client }: Pair,
  action: 'consent.given' | 'consent.refused',
  answers: readonly ConsentAnswer[],
): Promise<void> => {
  if (answers.length === 0) return;
  const reason = answers.map(({ notice }) => notice.scope).join(' ');
  await record(tx, act, {
    action,
    outcome: action === 'consent.given' ? 'ok' : 'refused',
    subject: user,
    client,
    reason,
  });
};

/** One row per text: whoever saw the same words shares it. Its id is the hash of all of them. */
async function keepNotice(tx: Tx, at: number, client: ClientId, notice: Notice): Promise<string> {
  const words = {
    client_id: client,
    scope: notice.scope,
    locale: notice.locale,
    required: notice.required ? 1 : 0,
    recipient: notice.recipient,
    purpose: notice.purpose,
    items: JSON.stringify(notice.items),
    retention: notice.retention,
    refusal_effect: notice.refusalEffect,
    terms: notice.terms,
    wording: notice.wording,
  };
  const id = hash('sha256', JSON.stringify(words), 'hex');
  await tx
    .insertInto('notice')
    .values({ id, ...words, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return id;
}

async function appendEvent(tx: Tx, { at, actor }: Act, { user, client }: Pair, event: Event): Promise<string> {
  const id = newSortableId(at);
  await tx
    .insertInto('consent_event')
    .values({
      id,
      at,
      user_id: user,
      client_id: client,
      ...event,
      actor: actor.kind,
      ip: actor.ip,
      user_agent: actor.userAgent,
      request_id: actor.requestId,
    })
    .execute();
  return id;
}

const setItem = (
  tx: Tx,
  { user, client }: Pair,
  item: Omit<Database['consent_item'], 'user_id' | 'client_id'>,
): Promise<unknown> =>
  tx
    .insertInto('consent_item')
    .values({ user_id: user, client_id: client, ...item })
    .onConflict((conflict) => conflict.columns(['user_id', 'client_id', 'scope']).doUpdateSet(item))
    .execute();

const givenItems = (tx: Tx, { user, client }: Pair) =>
  tx
    .selectFrom('consent_item')
    .selectAll()
    .where('user_id', '=', user)
    .where('client_id', '=', client)
    .where('state', '=', 'GIVEN')
    .execute();

type OwnService = Pair & { act: Act; scopes: readonly ScopeName[] };

const noteOwnService = verb(
  'consents.noteOwnService',
  async (tx, { act, scopes, ...pair }: OwnService): Promise<void> => {
    await connect(tx, pair.user, pair.client, act.at);
    const before = new Set((await givenItems(tx, pair)).map(({ scope }) => scope));
    for (const scope of scopes.filter((name) => !before.has(name))) {
      const event = await appendEvent(tx, act, pair, {
        scope,
        action: 'GRANT',
        basis: 'OWN_SERVICE',
        notice_id: null,
        kinds: '',
        expires_at: null,
        ticket_id: null,
      });
      const item = { scope, state: 'GIVEN' as const, terms: OWN_SERVICE_TERMS, kinds: '', event_id: event };
      await setItem(tx, pair, { ...item, since: act.at, expires_at: null });
    }
  },
);

type Withdrawal = Pair & { act: Act; scopes: readonly ScopeName[] | null };

/** Everything: the connection's epoch rises and every grant ends. A part: the projection narrows, and every token with it. */
const withdraw = verb('consents.withdraw', async (tx, { act, scopes, ...pair }: Withdrawal): Promise<void> => {
  const { user, client } = pair;
  await tx
    .updateTable('connection')
    .set((eb) => ({ epoch: scopes === null ? eb('epoch', '+', 1) : eb.ref('epoch') }))
    .where('user_id', '=', user)
    .where('client_id', '=', client)
    .execute();
  const items = (await givenItems(tx, pair)).filter(
    (item) => scopes === null || scopes.some((name) => name === item.scope),
  );
  for (const item of items) {
    const event = await appendEvent(tx, act, pair, {
      scope: item.scope,
      action: 'WITHDRAW',
      basis: item.scope === 'HEALTH' ? 'SENSITIVE' : item.terms === OWN_SERVICE_TERMS ? 'OWN_SERVICE' : 'THIRD_PARTY',
      notice_id: null,
      kinds: item.kinds,
      expires_at: null,
      ticket_id: null,
    });
    await tx
      .updateTable('consent_item')
      .set({ state: 'WITHDRAWN', event_id: event, since: act.at, expires_at: null })
      .where('user_id', '=', user)
      .where('client_id', '=', client)
      .where('scope', '=', item.scope)
      .execute();
  }
  const reason = scopes === null ? 'everything' : items.map(({ scope }) => scope).join(' ');
  await record(tx, act, { action: 'consent.withdrawn', outcome: 'ok', subject: user, client, reason });
});

export function consentStore({ read, run }: Engine): ConsentStore {
  return {
    async items(user, client) {
      const rows = await read
        .selectFrom('consent_item')
        .selectAll()
        .where('user_id', '=', user)
        .where('client_id', '=', client)
        .execute();
      return rows.flatMap((row): ConsentItem[] => {
        const scope = asScope(row.scope);
        if (scope === null) return [];
        const kinds = new Set(row.kinds.split(' '));
        return [
          {
            scope,
            state: row.state,
            terms: row.terms,
            kinds: HEALTH_KINDS.filter((kind) => kinds.has(kind)),
            since: row.since,
            expiresAt: row.expires_at,
          },
        ];
      });
    },

    answer: (act, given) => run(answer, { act, given: { ...given, ticket: bare(given.ticket) } }),
    noteOwnService: (act, user, client, scopes) => run(noteOwnService, { act, user, client, scopes }),
    withdraw: (act, user, client, scopes) => run(withdraw, { act, user, client, scopes }),
  };
}
