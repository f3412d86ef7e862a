import type { ClientId, Gender, PresentedHandle, Role, ScopeName, UserMuid } from '#kernel';

export interface ProfileRecord {
  readonly userMuid: UserMuid;
  readonly userId: string;
  readonly email: string;
  readonly userName: string;
  readonly birthDay: string | null;
  readonly gender: Gender;
  readonly enabled: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly roles: readonly Role[];
  readonly driveAgreed: boolean;
  readonly driveQuotaMb: number;
}

/** What a token opens at this moment: read together with the data, so that no withdrawal falls between the two. */
export interface TokenRight {
  readonly userMuid: UserMuid;
  readonly clientId: ClientId;
  readonly grantId: string;
  /** When the connection was last noted as used; null before the first time. */
  readonly lastUsedAt: number | null;
  /** Scopes of the token that its user's consent still covers. */
  readonly scopes: readonly ScopeName[];
}

export interface ProfileStore {
  /** Token, its liveness, its scopes and the profile in one statement. Null for a token that does not live. */
  readByToken(token: PresentedHandle, now: number): Promise<{ right: TokenRight; profile: ProfileRecord } | null>;
}

export type * from './data.ts';
export type * from './devices.ts';
export type * from './health.ts';
/** Notes when an application last used its connection. Returns at once, and writes at most every five minutes. */
export interface ConnectionUses {
  note(use: { user: UserMuid; client: ClientId; lastUsedAt: number | null }, now: number): void;
}
