import type { ClientId, GrantId, UserMuid } from '#kernel';

/**
 * Everything that the platform writes down about itself, as one closed list. A row is written in the transaction of
 * what it records. No secret, token or health value is ever part of one.
 */
export const AUDIT_ACTIONS = [
  'login.succeeded',
  'login.failed',
  'login.backed-off',
  'login.confirmed',
  'logout',
  'user.created',
  'user.role-granted',
  'user.role-revoked',
  'user.viewed',
  'user.suspended',
  'user.reinstated',
  'user.signed-out-everywhere',
  'password.changed',
  'password.reset',
  'email.verified',
  'recovery.asked',
  'recovery.mailed',
  'factor.enrolled',
  'factor.removed',
  'factor.failed',
  'factor.backed-off',
  'recovery-codes.made',
  'recovery-code.used',
  'session.ended',
  'user.exported',
  'user.closed',
  'operator.claimed',
  'client.created',
  'client.edited',
  'client.narrowed',
  'client.change-withdrawn',
  'client.approved',
  'client.rejected',
  'client.suspended',
  'client.reinstated',
  'client.rolled-back',
  'client.deleted',
  'client.allowed',
  'client.disallowed',
  'client.secret-made',
  'client.secret-shown',
  'client.secret-ended',
  'client.authentication-failed',
  'clients.listed',
  'consent.given',
  'consent.refused',
  'consent.withdrawn',
  'consent.expired',
  'code.issued',
  'code.replayed',
  'token.issued',
  'token.refreshed',
  'token.replayed',
  'grant.ended',
  'key.rotated',
  'instance.restored',
  'audit.exported',
  'product.created',
  'product.edited',
  'product.manifest-activated',
  'product.approved',
  'product.rejected',
  'product.suspended',
  'product.reinstated',
  'device.created',
  'device.secret-rotated',
  'device.added',
  'device.removed',
  'health.shared',
  'health.share-ended',
  'health.share-application-allowed',
  'health.share-application-ended',
  'health.exported',
  'health.erased',
] as const;

export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** Who did it and from where: the five columns that Korean law asks of an access record are these, `at`, subject and action. */
export interface Actor {
  readonly kind: 'user' | 'operator' | 'client' | 'system' | 'nobody';
  /** The acting user or client, null for system and nobody. */
  readonly id: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
}

/** Passed to every verb that writes: who acts, and when (milliseconds, UTC). */
export interface Act {
  readonly at: number;
  readonly actor: Actor;
}

export interface AuditEntry {
  readonly action: AuditAction;
  readonly outcome: 'ok' | 'refused';
  readonly subject?: UserMuid | null;
  readonly client?: ClientId | null;
  readonly grant?: GrantId | null;
  /** One short word or sentence: ours, or an operator's reason for a decision. Never what a visitor typed. */
  readonly reason?: string | null;
}

export interface AuditRow extends AuditEntry {
  readonly id: string;
  readonly at: number;
  readonly actor: Actor;
  readonly sequence: number | null;
  readonly hash: string | null;
}

/** What an operator looks for in the log; everything that is named must hold. */
export interface AuditFilter {
  readonly subject?: UserMuid;
  readonly client?: ClientId;
  readonly action?: AuditAction;
  /** Milliseconds: from inclusive, to exclusive. */
  readonly from?: number;
  readonly to?: number;
  /** Only rows older than this one. */
  readonly before?: string;
  readonly limit: number;
}

/** A row with the names that go with its ids now; null where a person was forgotten. */
export interface NamedAuditRow extends AuditRow {
  readonly actorName: string | null;
  /** The reference stands in the row for ever; the person behind it may be forgotten. */
  readonly subjectRef: string | null;
  readonly subjectName: string | null;
  readonly clientName: string | null;
}

/** What `sealing` found when it walked the chain. */
export interface ChainReport {
  readonly sealed: number;
  readonly unsealed: number;
  /** Ids of rows whose content no longer gives their hash, or whose link is missing. */
  readonly broken: readonly string[];
}

export interface AuditStore {
  /** Writes one entry on its own, for things that change nothing else (a failed login). Durable when it returns. */
  append(act: Act, entry: AuditEntry): Promise<void>;
  /** Newest first. */
  list(filter: { subject?: UserMuid; client?: ClientId; action?: AuditAction; limit: number }): Promise<AuditRow[]>;
  /** Newest first. */
  search(filter: AuditFilter): Promise<NamedAuditRow[]>;
  /** Links every unsealed row into the chain, oldest first; one sealer at a time wins. Returns how many it linked. */
  sealPending(at: number): Promise<number>;
  verify(): Promise<ChainReport>;
}
