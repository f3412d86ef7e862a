import { Type } from 'typebox';
import {
  ALLOWANCES,
  CLIENT_METHODS,
  CLIENT_STATUSES,
  CLIENT_TYPES,
  CONTENT_FIELDS,
  LIMITS,
  SCOPE_LEVELS,
  SCOPES,
  WARNINGS,
} from './terms.ts';
import { closed, Flag, Hash, Hex32, listOf, maybe, Time, Version } from './shapes.ts';

export const Scope = Type.Enum([...SCOPES]);
export const Method = Type.Enum([...CLIENT_METHODS]);
export const Status = Type.Enum([...CLIENT_STATUSES]);
export const Field = Type.Enum([...CONTENT_FIELDS]);

/** Characters are counted by the rules (`rules/content.ts`); these bounds only keep requests small: two code units each. */
const text = (characters: number) => Type.String({ maxLength: characters * 2 });

const scopeRequest = {
  scope: Scope,
  level: Type.Enum([...SCOPE_LEVELS], { description: 'Whether a login works without it.' }),
  purpose: text(LIMITS.notice),
  retention: text(LIMITS.notice),
  refusalEffect: text(LIMITS.notice),
};

/** One scope with what the user will read about it; empty texts mean the platform’s plain default sentences. */
export const ScopeRequest = closed(scopeRequest);
export type ScopeRequest = Type.Static<typeof ScopeRequest>;

const content = {
  name: text(LIMITS.name),
  description: text(LIMITS.description),
  type: Type.Enum([...CLIENT_TYPES]),
  requirePkce: Flag,
  redirectUris: listOf(Type.String({ maxLength: LIMITS.redirectUri }), LIMITS.redirectUris),
  scopes: listOf(ScopeRequest, SCOPES.length),
  methods: listOf(Method, CLIENT_METHODS.length),
};

/** Everything of a client that a reviewer decides about. */
export const ClientContent = closed(content);
export type ClientContent = Type.Static<typeof ClientContent>;

/** One difference between two versions. Values are lists, so that texts, switches and lists read alike; empty: not there. */
export const Difference = closed({
  field: Field,
  scope: maybe(Scope, 'Set for level, purpose, retention and refusalEffect.'),
  before: listOf(Type.String(), 30),
  after: listOf(Type.String(), 30),
});
export type Difference = Type.Static<typeof Difference>;

export const Verdict = Type.Enum(['APPROVED', 'REFUSED']);

export const ScopeVerdict = closed({
  scope: Scope,
  verdict: Verdict,
  reason: Type.String({ maxLength: LIMITS.reason }),
});
export type ScopeVerdict = Type.Static<typeof ScopeVerdict>;

export const DecisionAction = Type.Enum(['approve', 'reject', 'suspend', 'reinstate', 'rollback']);

/** The last word of an operator. */
export const LastDecision = closed({
  action: DecisionAction,
  version: Version,
  reason: Type.String(),
  decidedAt: Time,
});

/** An edit of an ACTIVE client that waits for its decision; the approved version stays live until then. */
export const PendingChange = closed({
  version: Version,
  content: ClientContent,
  contentHash: Hash,
  submittedAt: Time,
  changed: listOf(Field, CONTENT_FIELDS.length),
});
export type PendingChange = Type.Static<typeof PendingChange>;

/** A row of `내 클라이언트`. */
export const ClientSummary = closed({
  id: Hex32,
  name: Type.String(),
  description: Type.String(),
  status: Status,
  type: content.type,
  changePending: Flag,
  updatedAt: Time,
  lastUsedAt: maybe(Time, 'When a token was last issued to it.'),
});
export type ClientSummary = Type.Static<typeof ClientSummary>;

export const ClientList = closed({ items: listOf(ClientSummary, 1000) });
export type ClientList = Type.Static<typeof ClientList>;

/** The client as its owner sees it. The content is that of the live version, or of the newest while none was approved. */
export const ClientDetail = closed({
  id: Hex32,
  ...content,
  status: Status,
  createdAt: Time,
  updatedAt: Time,
  version: Version,
  liveVersion: maybe(Version),
  newestVersion: Version,
  contentHash: Hash,
  pending: maybe(PendingChange),
  lastDecision: maybe(LastDecision),
  scopeVerdicts: listOf(ScopeVerdict, SCOPES.length),
  allowances: listOf(Type.Enum([...ALLOWANCES]), ALLOWANCES.length),
  connectedUsers: Type.Integer({ minimum: 0, description: 'People whose consent to it lives.' }),
  warnings: listOf(Type.Enum([...WARNINGS]), WARNINGS.length),
});
export type ClientDetail = Type.Static<typeof ClientDetail>;

/** An edit. `seen` is the hash of what was on the screen: the waiting change’s if there is one, else the client’s. */
export const ClientEdit = closed({ content: ClientContent, seen: Hash });
export type ClientEdit = Type.Static<typeof ClientEdit>;

export const ClientDeletion = closed({ name: Type.String({ maxLength: LIMITS.name * 2 }) });
export type ClientDeletion = Type.Static<typeof ClientDeletion>;

export const RollbackRequest = closed({ version: Version });
export type RollbackRequest = Type.Static<typeof RollbackRequest>;
