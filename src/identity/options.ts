import type { AuditStore } from '#audit/ports';
import type { Clock } from '#kernel';
import type { BackoffLimits } from './backoff.ts';
import type {
  BackoffStore,
  ClosingStore,
  FactorStore,
  RecoveryStore,
  SessionStore,
  UserAdministration,
  UserStore,
} from './ports/index.ts';

export interface IdentityOptions {
  /** The operator's name for the platform; nobody's login id or password. */
  readonly brand: string;
  /** Full years; younger people are refused at sign-up (개인정보 보호법 제22조의2). */
  readonly minimumAge: number;
  /** Milliseconds without a request after which a session is over. */
  readonly sessionIdleMs: number;
  /** Milliseconds after which a session is over in any case. */
  readonly sessionMs: number;
  /** Password hashes that run at once, and how many may wait. */
  readonly hashesAtOnce: number;
  readonly hashQueue: number;
  /** 32 bytes; the back-off table's keys are hashed with it. The same for every process. */
  readonly backoffKey: Uint8Array;
  readonly limits: BackoffLimits;
  /** Milliseconds that a link for the first operator lives. */
  readonly operatorLinkMs: number;
  /** Whether mail can be sent. Without it none is ever asked for. */
  readonly mails: boolean;
  /** Scheme, host and port as browsers see it: passkeys belong to it and to no other. */
  readonly publicUrl: string;
  /** Whether an operator without a second factor can do anything but enrol one. */
  readonly operatorSecondFactor: 'required' | 'optional';
  /** Seals the keys of authenticator apps; the id names the master key that it comes from. */
  readonly factorKey: { readonly key: Uint8Array; readonly id: string };
  /** 32 bytes; recovery codes are hashed with it, so that a copy of the database is nothing to guess against. */
  readonly recoveryKey: Uint8Array;
}

export interface IdentityDeps {
  readonly users: UserStore & UserAdministration;
  readonly sessions: SessionStore;
  readonly recovery: RecoveryStore;
  readonly factors: FactorStore;
  readonly closing: ClosingStore;
  readonly backoff: BackoffStore;
  readonly audit: Pick<AuditStore, 'append'>;
  readonly clock: Clock;
  readonly options: IdentityOptions;
}
