import type { Act } from '#audit/ports';
import type { PresentedHandle, UserMuid } from '#kernel';
import type { User } from './index.ts';

/** Each way in which a person can prove who it is. All but the password count as a second factor. */
export const LOGIN_METHODS = ['password', 'totp', 'recovery', 'passkey'] as const;
export type LoginMethod = (typeof LOGIN_METHODS)[number];

export interface Passkey {
  /** In base64url, as the browser names it. */
  readonly credentialId: string;
  readonly name: string;
  readonly transports: readonly string[];
  /** Kept by the person's cloud account rather than by one device. */
  readonly synced: boolean;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What a person has besides the password. */
export interface Factors {
  readonly totp: { readonly createdAt: number; readonly lastUsedAt: number | null } | null;
  readonly passkeys: readonly Passkey[];
  /** Recovery codes that are still good. */
  readonly recoveryCodes: number;
}

/** A login whose password was right and that still owes the second factor. It opens nothing. */
export interface PendingLogin {
  readonly handle: PresentedHandle;
  /** Digest of the pre-session cookie of the browser that it belongs to. */
  readonly browser: Uint8Array;
  readonly user: User;
  /** The application's request that it began in; null on our own login page. */
  readonly ticketId: string | null;
  readonly createdAt: number;
  readonly factors: Factors;
}

export type PendingKey = Pick<PendingLogin, 'handle' | 'browser'>;

/** A second factor as the store can count it once. The check itself (code, signature) was made before. */
export type Proof =
  /** `step` is the number of the 30 seconds that the code stands for (RFC 6238 §4.2). */
  | { readonly method: 'totp'; readonly keyId: string; readonly step: number; readonly stepEndsAt: number }
  | { readonly method: 'recovery'; readonly digest: string }
  | { readonly method: 'passkey'; readonly credentialId: string; readonly counter: number; readonly synced: boolean };

export interface FactorSession {
  readonly handle: PresentedHandle;
  readonly user: UserMuid;
  readonly expiresAt: number;
  readonly replaces: PresentedHandle | null;
  readonly methods: readonly LoginMethod[];
  /** The login that it completes; null for a passkey without a password. */
  readonly pending: PendingKey | null;
}

export type FactorOutcome =
  | 'started'
  | 'user-gone'
  /** The begun login has ended, is over, or was tried too often. */
  | 'pending-dead'
  /** The code of this step or the recovery code was used before, or the signature counter went back. */
  | 'spent';

/** Where a new factor was added: in a session, which goes on, or while logging in, which then is complete. */
export type Enroller = { readonly session: string } | { readonly start: FactorSession };

export interface NewPasskey {
  readonly credentialId: string;
  readonly publicKey: Uint8Array;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly name: string;
  readonly synced: boolean;
}

export interface SealedTotp {
  readonly id: string;
  readonly sealed: Uint8Array;
  readonly keyId: string;
}

export type EnrolOutcome =
  /** `codesKept`: the recovery codes that were offered are now good, since there were none before. */
  { readonly outcome: 'enrolled'; readonly codesKept: boolean } | { readonly outcome: 'dead' | 'taken' };

export interface FactorStore {
  of(user: UserMuid): Promise<Factors>;

  /** False when the user is not active any more. */
  begin(
    act: Act,
    pending: PendingKey & { user: UserMuid; ticketId: string | null; expiresAt: number },
  ): Promise<boolean>;
  /** Null when it ended, is over, belongs to another browser, or the password was changed since. One statement. */
  pending(key: PendingKey, now: number, mostTries: number): Promise<PendingLogin | null>;
  /** Counts one try before it is checked; false when there were `most` already. */
  countTry(key: PendingKey, now: number, most: number): Promise<boolean>;
  cancel(key: PendingKey, now: number): Promise<void>;
  /** Counts the proof, ends the begun login and starts the session, in one transaction. Of parallel uses of one proof one wins. */
  complete(act: Act, session: FactorSession, proof: Proof): Promise<FactorOutcome>;

  totpOf(user: UserMuid): Promise<SealedTotp | null>;
  /** One per holder; an older one of the same holder is replaced. */
  startTotp(
    enrolment: SealedTotp & { holder: Uint8Array; user: UserMuid; at: number; expiresAt: number },
  ): Promise<void>;
  totpEnrolment(holder: Uint8Array, now: number): Promise<(SealedTotp & { user: UserMuid }) | null>;
  /**
   * Takes the enrolment, replaces an older authenticator app of the user, counts the code's step, and ends every other
   * session of the user: those were made without it. Of parallel confirmations one wins.
   */
  enrolTotp(
    act: Act,
    enrolment: {
      id: string;
      holder: Uint8Array;
      user: UserMuid;
      step: number;
      stepEndsAt: number;
      recovery: readonly string[];
      by: Enroller;
    },
  ): Promise<EnrolOutcome>;

  startChallenge(challenge: {
    id: string;
    kind: 'REGISTER' | 'LOGIN';
    holder: Uint8Array;
    user: UserMuid | null;
    at: number;
    expiresAt: number;
  }): Promise<void>;
  /** Removes the challenge and tells whom it was for; null when there is none for this holder. Of parallel takers one gets it. */
  takeChallenge(challenge: {
    id: string;
    kind: 'REGISTER' | 'LOGIN';
    holder: Uint8Array;
    now: number;
  }): Promise<{ user: UserMuid | null } | null>;
  /** 'taken' when the credential is known already, whoever has it. Ends every other session of the user. */
  enrolPasskey(
    act: Act,
    passkey: NewPasskey & { user: UserMuid; recovery: readonly string[]; by: Enroller },
  ): Promise<EnrolOutcome>;
  passkey(
    credentialId: string,
  ): Promise<{ user: UserMuid; publicKey: Uint8Array; transports: readonly string[] } | null>;
  namePasskey(user: UserMuid, credentialId: string, name: string): Promise<boolean>;

  /**
   * Ends every other session of the user; with the last factor the recovery codes go. 'last' changes nothing: it was the
   * only factor of somebody who must have one.
   */
  remove(
    act: Act,
    removal: {
      user: UserMuid;
      what: 'totp' | { passkey: string };
      keepSession: string | null;
      mustKeepOne: boolean;
    },
  ): Promise<'removed' | 'last' | 'gone'>;
  /** For somebody who lost everything: all factors, codes and sessions of the user. False when there was nothing. */
  removeAll(act: Act, user: UserMuid): Promise<boolean>;
  /** Replaces all recovery codes; false when the user has no factor that they could stand in for. */
  makeRecoveryCodes(act: Act, user: UserMuid, digests: readonly string[]): Promise<boolean>;
}
