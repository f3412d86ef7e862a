import type { Act } from '#audit/ports';
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

export interface Client extends ClientContent {
  readonly id: ClientId;
  readonly ownerId: UserMuid;
  readonly ownerName: string;
  readonly status: ClientStatus;
  /** The version whose content this is: the approved one, or the newest while none is approved. */
  readonly version: number;
  readonly liveVersion: number | null;
  readonly newestVersion: number;
  readonly contentHash: string;
  readonly allowances: readonly OperatorAllowance[];
  readonly createdAt: number;
  readonly updatedAt: number;
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

export type ReviewAction = 'approve' | 'reject' | 'suspend' | 'reinstate';

export interface Decision {
  readonly client: ClientId;
  readonly version: number;
  /** The content the decider saw; a decision about other content is refused (WB-14). */
  readonly contentHash: string;
  readonly action: ReviewAction;
  readonly from: ClientStatus;
  readonly to: ClientStatus;
  /** Null where the operator of the machine decides on the command line. */
  readonly decidedBy: UserMuid | null;
  readonly reason: string;
  /** Scopes refused in this decision; all others of the version are approved. */
  readonly refusedScopes: readonly { readonly scope: ScopeName; readonly reason: string }[];
}

export interface ClientStore {
  find(id: ClientId): Promise<Client | null>;
  listOf(owner: UserMuid): Promise<Client[]>;
  create(
    act: Act,
    client: { id: ClientId; owner: UserMuid; content: ClientContent; contentHash: string; secret: NewSecret | null },
  ): Promise<void>;
  secrets(client: ClientId, now: number): Promise<KeptSecret[]>;
  /** Compare-and-swap on status and content hash. Approving makes the version live; suspending and rejecting raise the client's epoch. */
  decide(act: Act, decision: Decision): Promise<'decided' | 'changed-meanwhile'>;
  /** Replaces the client's allowances. */
  setAllowances(act: Act, client: ClientId, allowances: readonly OperatorAllowance[]): Promise<boolean>;
}

export type * from './products.ts';
export { PRODUCT_STATUSES } from './products.ts';
