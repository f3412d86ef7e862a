import type { ClientId, ClientStatus, ScopeName, UserMuid } from '#kernel';
import type { ClientStanding, ClientVersion } from './clients.ts';

export interface ScopeVerdict {
  readonly scope: ScopeName;
  readonly verdict: 'APPROVED' | 'REFUSED';
  readonly reason: string;
}

/** The verdict on what waits. Storage compares the client's standing, the version and its content hash (WB-14). */
export interface Decision {
  readonly client: ClientId;
  readonly action: 'approve' | 'reject';
  readonly version: number;
  readonly contentHash: string;
  readonly from: ClientStatus;
  readonly to: ClientStatus;
  /** Null where the operator of the machine decides on the command line. */
  readonly decidedBy: UserMuid | null;
  readonly reason: string;
  /** Scopes that are not named are approved with the version. */
  readonly verdicts: readonly ScopeVerdict[];
  /** What becomes of the implicit grant when it is approved; null leaves it as it is. */
  readonly allowImplicit: boolean | null;
}

/** Ends all tokens at once, or lifts that; about the client as a whole, whatever version is live. */
export interface Suspension {
  readonly client: ClientId;
  readonly action: 'suspend' | 'reinstate';
  readonly decidedBy: UserMuid | null;
  readonly reason: string;
}

export interface Rollback {
  readonly client: ClientId;
  readonly standing: ClientStanding;
  readonly version: number;
  readonly decidedBy: UserMuid | null;
  readonly reason: string;
}

/** `narrow`: not an operator's word, but the record that its owner took something away from an approved version. */
export type DecisionKind = 'approve' | 'reject' | 'suspend' | 'reinstate' | 'rollback' | 'narrow';

export interface DecisionRow {
  readonly id: string;
  readonly client: ClientId;
  readonly version: number;
  readonly contentHash: string;
  readonly action: DecisionKind;
  readonly decidedBy: UserMuid | null;
  readonly decidedAt: number;
  readonly reason: string;
  readonly verdicts: readonly ScopeVerdict[];
}

export const NOTICE_KINDS = [
  'client-approved',
  'client-rejected',
  'change-approved',
  'change-rejected',
  'client-suspended',
  'client-reinstated',
  'client-rolled-back',
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** What a developer is told of a decision; written in the transaction that decides. */
export interface DecisionNotice {
  readonly id: string;
  readonly kind: NoticeKind;
  readonly client: ClientId;
  /** Of the version that was decided about. */
  readonly clientName: string;
  readonly reason: string;
  readonly refusedScopes: readonly ScopeVerdict[];
  readonly createdAt: number;
  readonly readAt: number | null;
}

/** What waits for a decision. */
export interface Waiting extends ClientVersion {
  readonly owner: { readonly id: UserMuid; readonly loginId: string; readonly name: string };
  readonly status: ClientStatus;
  readonly liveVersion: number | null;
  /** An earlier version of it was refused. */
  readonly refusedBefore: boolean;
}
