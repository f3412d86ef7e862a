import type {
  ClientId,
  ClientMethod,
  ClientStatus,
  ClientType,
  OperatorAllowance,
  ScopeLevel,
  ScopeName,
  UserMuid,
} from '#kernel';

export interface ScopeRequest {
  readonly scope: ScopeName;
  readonly level: ScopeLevel;
  /** What the client wants it for, shown to users; empty means the platform's plain default sentence. */
  readonly purpose: string;
  readonly retention: string;
  readonly refusalEffect: string;
}

/** Everything of a client that a reviewer decides about. Immutable once written. */
export interface ClientContent {
  readonly type: ClientType;
  readonly name: string;
  readonly description: string;
  readonly requirePkce: boolean;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly ScopeRequest[];
  readonly methods: readonly ClientMethod[];
}

/** What the compare-and-swap of every verb on a client compares: together these say which client was looked at. */
export interface ClientStanding {
  readonly status: ClientStatus;
  readonly liveVersion: number | null;
  /** The version that waits for a decision: the first ones of a client, or a change of a live one. */
  readonly pendingVersion: number | null;
  /** Every edit raises it; never reused. */
  readonly newestVersion: number;
}

export interface Client extends ClientContent, ClientStanding {
  readonly id: ClientId;
  readonly ownerId: UserMuid;
  readonly ownerName: string;
  /** The version whose content this is: the approved one, or the newest while none is approved. */
  readonly version: number;
  readonly contentHash: string;
  readonly allowances: readonly OperatorAllowance[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** REPLACED: its owner edited again before it was decided. */
export type VersionState = 'PENDING' | 'APPROVED' | 'REJECTED' | 'REPLACED' | 'WITHDRAWN';

export interface ClientVersion {
  readonly client: ClientId;
  readonly version: number;
  readonly content: ClientContent;
  readonly contentHash: string;
  readonly state: VersionState;
  readonly createdAt: number;
  /** Null where it was made on the machine's command line. */
  readonly createdBy: UserMuid | null;
  /** What it was compared with when it was made: the live version then, or the one before it; null for the first. */
  readonly baseVersion: number | null;
}

export interface NewVersion {
  readonly content: ClientContent;
  readonly contentHash: string;
}

export interface NewSecret {
  readonly id: string;
  readonly name: string;
  readonly digest: Uint8Array;
  /** Null where the operator set "show once". */
  readonly sealed: Uint8Array | null;
  readonly keyId: string;
}

export interface KeptSecret {
  readonly id: string;
  readonly name: string;
  readonly sealed: Uint8Array | null;
  readonly keyId: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}
