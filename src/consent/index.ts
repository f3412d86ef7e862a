/**
 * Owns: what a user is told and asked about a client, what was answered, and what that means now: notices, terms, the
 * decision what to ask, connected applications and what taking a part back does to them. Does not own: pages, sessions, tokens, SQL. Events and projection are written by the store in
 * one transaction.
 */
import type { Act, AuditStore } from '#audit/ports';
import { type ClientId, type Clock, type Locale, SCOPES, type ScopeName, type UserMuid } from '#kernel';
import { noticeFor, type Terms, termsOf } from './notice.ts';
import type {
  Connection,
  ConnectionStore,
  ConsentClient,
  ConsentClients,
  ConsentEvent,
  ConsentItem,
  ConsentStore,
  Held,
  Notice,
} from './ports/index.ts';
import { type ConnectionUses, createConnectionUses } from './uses.ts';

export { type AnswerProblem, answersFrom, type Ticked } from './answers.ts';
export { type ConsentDecision, type ConsentQuestion, decideConsent } from './decide.ts';
export { fieldNames, kindName } from './fields.ts';
export { noticeFor, type Terms, termsOf } from './notice.ts';
export type * from './ports/index.ts';
export { HEALTH_KINDS } from './ports/index.ts';
export type { ConnectionUse, ConnectionUses } from './uses.ts';
export { isRequired, type Part, withdrawalEffect, type WithdrawalEffect } from './withdrawal.ts';
export { scopeAllows } from './words.ts';

export interface ConsentOptions {
  /** Days after which HEALTH is asked again. */
  readonly healthConsentDays: number;
}

export interface ConsentDeps {
  readonly consents: ConsentStore;
  readonly connections: ConnectionStore;
  readonly clients: ConsentClients;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: Clock;
  readonly options: ConsentOptions;
}

/** A client and what it asks of people. */
export interface Asker {
  readonly client: ConsentClient;
  /** Terms of these scopes, in the order in which people are shown them; a scope the client does not have is left out. */
  terms(scopes: readonly ScopeName[]): readonly Terms[];
  notices(scopes: readonly ScopeName[], locale: Locale): readonly Notice[];
}

export interface Consent {
  readonly healthConsentDays: number;
  /** Null for a client that does not exist. */
  asker(id: ClientId): Promise<Asker | null>;
  items(user: UserMuid, client: ClientId): Promise<readonly ConsentItem[]>;
  /** What the user has agreed to and what has not expired. */
  readonly given: (user: UserMuid, client: ClientId) => Promise<readonly ScopeName[]>;
  answer: ConsentStore['answer'];
  noteOwnService: ConsentStore['noteOwnService'];
  withdraw: ConsentStore['withdraw'];
  withdrawKinds: ConsentStore['withdrawKinds'];
  /** The applications that hold something now. */
  connections(user: UserMuid): Promise<readonly Connection[]>;
  /**
   * One that the user once connected, whether it holds anything or not; null for any other client. What it holds is told
   * in `locale` where the terms are still the ones that were agreed to, and otherwise as it was shown then.
   */
  connection(user: UserMuid, client: ClientId, locale: Locale): Promise<Connection | null>;
  /** The user's own record, newest first; `before` is the id of an event. */
  record: (user: UserMuid, wish: Parameters<ConnectionStore['events']>[1]) => Promise<readonly ConsentEvent[]>;
  readonly uses: ConnectionUses;
  /** The user pressed 취소: nothing was decided about single scopes, so only the log knows. */
  noteCancelled(act: Act, user: UserMuid, client: ClientId): Promise<void>;
}

export function createConsent({ consents, connections, clients, audit, clock, options }: ConsentDeps): Consent {
  const consent: Consent = {
    healthConsentDays: options.healthConsentDays,
    uses: createConnectionUses(connections),

    async asker(id) {
      const client = await clients.find(id);
      if (client === null) return null;
      const pick = (scopes: readonly ScopeName[]) =>
        SCOPES.filter((name) => scopes.includes(name)).flatMap((name) =>
          client.scopes.filter(({ scope }) => scope === name),
        );
      return {
        client,
        terms: (scopes) => pick(scopes).map((request) => termsOf(client, request)),
        notices: (scopes, locale) => pick(scopes).map((request) => noticeFor(client, request, locale)),
      };
    },

    items: (user, client) => consents.items(user, client),

    async given(user, client) {
      const now = clock.now();
      const items = await consents.items(user, client);
      return items
        .filter((item) => item.state === 'GIVEN' && (item.expiresAt === null || item.expiresAt > now))
        .map((item) => item.scope);
    },

    answer: (act, answer) => consents.answer(act, answer),
    noteOwnService: (act, user, client, scopes) => consents.noteOwnService(act, user, client, scopes),
    withdraw: (act, user, client, scopes) => consents.withdraw(act, user, client, scopes),

    withdrawKinds: (act, user, client, kinds) => consents.withdrawKinds(act, user, client, kinds),
    connections: (user) => connections.list(user, clock.now()),

    async connection(user, client, locale) {
      const [connection, asker] = await Promise.all([
        connections.find(user, client, clock.now()),
        consent.asker(client),
      ]);
      if (connection === null || asker === null) return null;
      const now = asker.notices(
        connection.held.map(({ scope }) => scope),
        locale,
      );
      const told = (held: Held): Held => ({
        ...held,
        notice: now.find(({ scope, terms }) => scope === held.scope && terms === held.notice?.terms) ?? held.notice,
      });
      return { ...connection, held: connection.held.map(told) };
    },

    record: (user, wish) => connections.events(user, wish),

    noteCancelled: (act, subject, client) =>
      audit.append(act, { action: 'consent.refused', outcome: 'refused', subject, client, reason: 'cancelled' }),
  };
  return consent;
}
