import { Type } from 'typebox';
import { closed, Flag, Hex32, listOf, maybe, SortableId, Time } from './shapes.ts';
import { LIMITS, ROLES } from './terms.ts';

export const UserStatus = Type.Enum(['ACTIVE', 'SUSPENDED', 'CLOSED']);

export const FoundUser = closed({
  userMuid: Hex32,
  userId: Type.String(),
  name: Type.String(),
  email: Type.String(),
  status: UserStatus,
  roles: listOf(Type.Enum([...ROLES]), ROLES.length),
  createdAt: Time,
  lastSeenAt: maybe(Time),
  clients: Type.Integer({ minimum: 0 }),
  self: Type.Boolean({ description: 'The caller, who can not suspend or demote themselves.' }),
});
export type FoundUser = Type.Static<typeof FoundUser>;

export const FoundUsers = closed({ items: listOf(FoundUser, 100), more: Flag });
export type FoundUsers = Type.Static<typeof FoundUsers>;

export const UserQuery = closed({ query: Type.Optional(Type.String({ maxLength: LIMITS.query })) });
export type UserQuery = Type.Static<typeof UserQuery>;

const named = closed({ id: Type.String(), name: maybe(Type.String(), 'Null where it is gone.') });

export const AuditEntry = closed({
  id: SortableId,
  at: Time,
  action: Type.String(),
  outcome: Type.Enum(['ok', 'refused']),
  actor: closed({
    kind: Type.Enum(['user', 'operator', 'client', 'system', 'nobody']),
    id: maybe(Type.String()),
    name: maybe(Type.String()),
  }),
  subject: maybe(named),
  client: maybe(named),
  ip: maybe(Type.String()),
  userAgent: maybe(Type.String()),
  requestId: maybe(Type.String()),
  reason: maybe(Type.String()),
  sealed: Type.Boolean({ description: 'Linked into the hash chain.' }),
});
export type AuditEntry = Type.Static<typeof AuditEntry>;

/** Newest first. `next` is the `before` of the next page, null on the last one. */
export const AuditPage = closed({
  items: listOf(AuditEntry, 100),
  next: maybe(SortableId),
  actions: Type.Array(Type.String(), { maxItems: 200, description: 'Every action there is, for the filter.' }),
});
export type AuditPage = Type.Static<typeof AuditPage>;

const filters = {
  action: Type.Optional(Type.String({ pattern: '^[a-z][a-z.-]{0,63}$' })),
  subject: Type.Optional(Type.String({ maxLength: LIMITS.query, description: 'A login id or userMuid.' })),
  client: Type.Optional(Hex32),
  from: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'Milliseconds since 1970, inclusive.' })),
  to: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$', description: 'Milliseconds since 1970, exclusive.' })),
};

export const AuditFilter = closed(filters);
export type AuditFilter = Type.Static<typeof AuditFilter>;

export const AuditQuery = closed({ ...filters, before: Type.Optional(SortableId) });
export type AuditQuery = Type.Static<typeof AuditQuery>;
