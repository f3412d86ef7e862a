import { hash } from 'node:crypto';
import type { Act } from '#audit/ports';
import type { ConsentAnswer, ConsentItem, ConsentStore, Notice } from '#consent/ports';
import { asScope, type ClientId, type PresentedHandle, type ScopeName } from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { appendEvent, givenItems, OWN_SERVICE_TERMS, type Pair, readKinds } from './consent-rows.ts';
import { connect } from './standing.ts';
import { answerTransaction } from './transactions.ts';
import { bare } from './users.ts';
import { expire, withdraw, withdrawKinds } from './withdrawals.ts';

type Answer = Parameters<ConsentStore['answer']>[1];
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

type OwnService = Pair & { act: Act; scopes: readonly ScopeName[] };

const noteOwnService = verb(
  'consents.noteOwnService',
  async (tx, { act, scopes, ...pair }: OwnService): Promise<void> => {
    await connect(tx, pair.user, pair.client, act.at);
    const before = new Set((await givenItems(tx, pair, act.at)).map(({ scope }) => scope));
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
        return [
          {
            scope,
            state: row.state,
            terms: row.terms,
            kinds: readKinds(row.kinds),
            since: row.since,
            expiresAt: row.expires_at,
          },
        ];
      });
    },

    answer: (act, given) => run(answer, { act, given: { ...given, ticket: bare(given.ticket) } }),
    noteOwnService: (act, user, client, scopes) => run(noteOwnService, { act, user, client, scopes }),
    withdraw: (act, user, client, scopes) => run(withdraw, { act, user, client, scopes }),
    withdrawKinds: (act, user, client, kinds) => run(withdrawKinds, { act, user, client, kinds }),
    expire: (act, most) => run(expire, { act, most }),
  };
}
