import { Type } from 'typebox';
import { ClientContent, ClientDetail, Difference, Field, Method, Scope, ScopeVerdict, Status } from './client.ts';
import { closed, Flag, Hash, Hex32, listOf, maybe, Time, Version } from './shapes.ts';
import { CLIENT_METHODS, CONTENT_FIELDS, LIMITS, SCOPES } from './terms.ts';
import { HistoryEvent } from './history.ts';

export const Reason = Type.String({ minLength: 1, maxLength: LIMITS.reason });

/** Who registered a client, for those who review it. */
export const Asker = closed({
  userMuid: Hex32,
  userId: Type.String(),
  name: Type.String(),
  email: Type.String(),
  joinedAt: Time,
  clients: Type.Integer({ minimum: 0, description: 'How many it has registered.' }),
});
export type Asker = Type.Static<typeof Asker>;

export const QueueItem = closed({
  clientId: Hex32,
  name: Type.String(),
  kind: Type.Enum(['new', 'again', 'change'], { description: 'again: edited by its owner after a refusal.' }),
  submittedAt: Time,
  asker: closed({ userId: Type.String(), name: Type.String() }),
  scopes: listOf(Scope, SCOPES.length),
  methods: listOf(Method, CLIENT_METHODS.length),
  changed: Type.Array(Field, { maxItems: CONTENT_FIELDS.length, description: 'For a change: what differs.' }),
  own: Type.Boolean({ description: 'Registered by the caller, who can not decide about it.' }),
});
export type QueueItem = Type.Static<typeof QueueItem>;

/** Oldest first. */
export const ReviewQueue = closed({ items: listOf(QueueItem, 500) });
export type ReviewQueue = Type.Static<typeof ReviewQueue>;

/** What a reviewer decides about: `proposed` against `live`; `proposed` is null when nothing waits. */
export const ReviewCase = closed({
  client: ClientDetail,
  asker: Asker,
  own: Flag,
  live: maybe(ClientContent),
  proposed: maybe(closed({ version: Version, content: ClientContent, contentHash: Hash, submittedAt: Time })),
  differences: listOf(Difference, 60),
  history: listOf(HistoryEvent, 500),
  approvedVersions: Type.Array(Version, { maxItems: 500 }),
});
export type ReviewCase = Type.Static<typeof ReviewCase>;

/**
 * A decision about one version. `seen` is the content hash that was looked at (409 `changed_meanwhile` otherwise). Each
 * scope of the version has its verdict; approving needs one approved scope at least, refusing anything needs a reason.
 */
export const ReviewDecision = closed({
  action: Type.Enum(['approve', 'reject']),
  version: Version,
  seen: Hash,
  reason: Type.String({ maxLength: LIMITS.reason }),
  scopeVerdicts: listOf(ScopeVerdict, SCOPES.length),
  allowImplicit: Flag,
});
export type ReviewDecision = Type.Static<typeof ReviewDecision>;

export const ReasonOnly = closed({ reason: Reason });
export type ReasonOnly = Type.Static<typeof ReasonOnly>;

export const FoundClient = closed({
  id: Hex32,
  name: Type.String(),
  status: Status,
  owner: closed({ userId: Type.String(), name: Type.String() }),
  connectedUsers: Type.Integer({ minimum: 0 }),
  changePending: Flag,
  updatedAt: Time,
});
export type FoundClient = Type.Static<typeof FoundClient>;

/** By name, id or owner; `more`: there are others that a narrower query would show. */
export const FoundClients = closed({ items: listOf(FoundClient, 100), more: Flag });
export type FoundClients = Type.Static<typeof FoundClients>;

export const ClientQuery = closed({
  query: Type.Optional(Type.String({ maxLength: LIMITS.query })),
  status: Type.Optional(Status),
});
export type ClientQuery = Type.Static<typeof ClientQuery>;
