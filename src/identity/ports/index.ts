import type { Act } from '#audit/ports';
import type { Gender, Locale, PresentedHandle, Role, UserMuid } from '#kernel';
import type { LoginMethod } from './factors.ts';

export * from './closing.ts';
export * from './factors.ts';

export type UserStatus = 'ACTIVE' | 'SUSPENDED' | 'CLOSED';

export interface User {
  readonly id: UserMuid;
  /** As the user typed it; `foldLoginId` of it is what is unique. */
  readonly loginId: string;
  readonly name: string;
  readonly email: string;
  readonly gender: Gender;
  /** `yyyy-MM-dd`, or null where an operator made the account without one. */
  readonly birthday: string | null;
  readonly status: UserStatus;
  readonly roles: readonly Role[];
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface NewUser {
  readonly id: UserMuid;
  readonly loginId: string;
  readonly loginIdFolded: string;
  readonly name: string;
  readonly email: string;
  readonly emailFolded: string;
  readonly gender: Gender;
  readonly birthday: string | null;
  readonly passwordHash: string;
  readonly roles: readonly Role[];
  /** Agreements given at sign-up: what and which version. */
  readonly agreements: readonly { readonly kind: string; readonly version: string }[];
}

export interface UserStore {
  byId(id: UserMuid): Promise<User | null>;
  byLoginId(folded: string): Promise<User | null>;
  /** For the login check alone. */
  passwordOf(folded: string): Promise<{ user: User; passwordHash: string } | null>;
  passwordOfId(id: UserMuid): Promise<string | null>;
  /**
   * One transaction; 'taken' when the folded login id was ever used by anyone. With `verifyIn` a mail that verifies the
   * address is asked for in the same transaction, in that language.
   */
  create(act: Act, user: NewUser, verifyIn?: Locale | null): Promise<'created' | 'taken'>;
  /** Creates the first operator if the one-time link lives and nobody has claimed the platform yet. Exactly one wins. */
  claimOperator(act: Act, link: PresentedHandle, user: NewUser): Promise<'created' | 'taken' | 'link-dead'>;
  /** True while nobody is operator. */
  needsOperator(): Promise<boolean>;
  /** Keeps a one-time link (its digest) until it expires. */
  offerOperatorLink(link: PresentedHandle, now: number, expiresAt: number): Promise<void>;
  operatorLinkLives(link: PresentedHandle, now: number): Promise<boolean>;
  /** Idempotent. */
  grantRole(act: Act, user: UserMuid, role: Role, agreement: { kind: string; version: string } | null): Promise<void>;
  /**
   * Compare-and-swap on the old hash. Ends every other session of the user and every link that would set a password; with `everywhere` raises the user's epoch,
   * which ends every grant too (the current session is carried over).
   */
  changePassword(
    act: Act,
    change: {
      user: UserMuid;
      oldHash: string;
      newHash: string;
      keepSession: PresentedHandle | null;
      everywhere: boolean;
    },
  ): Promise<'changed' | 'lost-race'>;
  /** Replaces a hash by one with today's parameters; nothing else changes. */
  rehash(user: UserMuid, oldHash: string, newHash: string): Promise<void>;
  /** Suspending ends all sessions and grants at once (the epoch is raised); reinstating revives none of them. */
  setStatus(act: Act, user: UserMuid, status: 'ACTIVE' | 'SUSPENDED'): Promise<boolean>;
}

/** What an operator sees of a person. */
export interface FoundUser extends User {
  readonly lastSeenAt: number | null;
  /** How many living clients the person registered. */
  readonly clients: number;
}

/** What operators do with accounts. Whatever would leave no active operator is refused, in parallel calls too. */
export interface UserAdministration {
  /** By login id, name or e-mail, or the very `userMuid`; each person found is noted as seen in the audit log. */
  search(act: Act, query: string, limit: number): Promise<FoundUser[]>;
  read(id: UserMuid): Promise<FoundUser | null>;
  changeStatus(
    act: Act,
    change: { user: UserMuid; status: 'ACTIVE' | 'SUSPENDED'; reason: string },
  ): Promise<'changed' | 'not-in-this-status' | 'last-operator'>;
  giveRole(act: Act, user: UserMuid, role: Role): Promise<void>;
  /** Taking a role that is not there is done already. */
  takeRole(act: Act, user: UserMuid, role: Role): Promise<'taken' | 'last-operator'>;
}

export interface Session {
  readonly lookupId: string;
  readonly user: User;
  /** When the person last proved who it is: the last step of the login. */
  readonly authenticatedAt: number;
  /** How it was proven, in the order in which it was. */
  readonly methods: readonly LoginMethod[];
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
}

export interface SessionStore {
  /**
   * Starts a session and, in the same transaction, ends the one that the browser had before (new id at login), notes
   * the login in the audit log and forgets the failures counted under `forgive` keys.
   */
  start(
    act: Act,
    session: {
      handle: PresentedHandle;
      user: UserMuid;
      expiresAt: number;
      replaces: PresentedHandle | null;
      forgive: readonly BackoffKey[];
      /** The password alone where left out. */
      methods?: readonly LoginMethod[];
    },
  ): Promise<'started' | 'user-gone'>;
  /**
   * The living session: not ended, not expired, not idle for `idleMs`, its user active and epochs unchanged, and proven
   * by a second factor where the user has one. One statement.
   */
  live(handle: PresentedHandle, now: number, idleMs: number): Promise<Session | null>;
  /** The password was given again in it: it is as fresh as a new login. */
  confirm(act: Act, lookupId: string, user: UserMuid): Promise<void>;
  /** Notes that it was seen; a no-op when the last note is younger than five minutes. Never awaited by a request. */
  touch(lookupId: string, now: number): Promise<void>;
  end(act: Act, handle: PresentedHandle): Promise<void>;
  /** The user's living sessions, the one seen last first. */
  list(user: UserMuid, now: number, idleMs: number): Promise<ListedSession[]>;
  /** Ends one of the user's sessions; false when there is none of that id, or it is another user's. */
  endOne(act: Act, user: UserMuid, lookupId: string): Promise<boolean>;
  /** Ends all of the user's sessions and begun logins but one session; returns how many sessions. */
  endOthers(act: Act, user: UserMuid, keep: string): Promise<number>;
}

export interface ListedSession extends Omit<Session, 'user'> {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** What a mail is asked for; `sought` and `email` are folded. */
export type MailWish =
  | { readonly mail: 'reset'; readonly sought: string; readonly locale: Locale }
  | { readonly mail: 'login-ids'; readonly email: string; readonly locale: Locale }
  | { readonly mail: 'verify'; readonly user: UserMuid; readonly locale: Locale };

/** `RESET` sets a new password, `VERIFY` proves an address. */
export type MailLinkKind = 'RESET' | 'VERIFY';

/** Somebody who can be reached: the account is active, and the address may get mail about it. */
export interface Reachable {
  readonly user: UserMuid;
  readonly loginId: string;
  readonly email: string;
  readonly emailFolded: string;
  readonly verified: boolean;
}

/** What a link that still works is about. */
export interface LivingLink {
  readonly user: User;
  /** The address that it was sent to. */
  readonly email: string;
}

export interface RecoveryStore {
  /** Writes down that it was asked for, and puts the mail into the queue, in one transaction. Tells nothing. */
  ask(act: Act, wish: MailWish): Promise<void>;
  /**
   * Accounts whose address is one that recovery mail goes to: a verified one, or the one that the account was made with.
   * By folded login id or by folded e-mail address, which never look alike: only an address has an @.
   */
  reachable(sought: string): Promise<Reachable[]>;
  /** The person's own address, verified or not; null when the account is not active. */
  addressOf(user: UserMuid): Promise<Reachable | null>;
  /**
   * Keeps a link's digest and ends the user's older links of that kind: of parallel ones the last survives. 'gone' when
   * the account is not active any more, or the address is not its own.
   */
  makeLink(
    link: {
      handle: PresentedHandle;
      kind: MailLinkKind;
      user: UserMuid;
      emailFolded: string;
      expiresAt: number;
    },
    now: number,
  ): Promise<'made' | 'gone'>;
  /** Null for a link that was used, overtaken, is over, or whose account or address changed since. */
  livingLink(kind: MailLinkKind, handle: PresentedHandle, now: number): Promise<LivingLink | null>;
  /**
   * Uses up the link, sets the password, proves the address, ends every session, grant and other link of the user, in one
   * transaction. Of parallel uses one wins; for all others the link is dead.
   */
  resetPassword(act: Act, handle: PresentedHandle, newHash: string): Promise<UserMuid | 'dead'>;
  /** Uses up the link and notes that the address is proven. Of parallel uses one wins. */
  verifyEmail(act: Act, handle: PresentedHandle): Promise<UserMuid | 'dead'>;
}

export interface BackoffKey {
  readonly kind:
    | 'login-account'
    | 'login-address'
    | 'client-secret'
    | 'signup-address'
    | 'setup-address'
    | 'device-serial'
    | 'mail-recipient'
    | 'mail-asker'
    | 'second-factor'
    | 'passkey-address';
  /** Already hashed, so that the table tells nobody's name or address. */
  readonly value: string;
}

export interface BackoffRule {
  readonly key: BackoffKey;
  /** Tries that are free within `windowMs`. */
  readonly free: number;
  readonly windowMs: number;
  /** The first block's length; it doubles with each further try up to `maxBlockMs`. */
  readonly blockMs: number;
  readonly maxBlockMs: number;
}

export interface BackoffStore {
  /**
   * Counts one try under every rule at once, or refuses when any of them is blocked (then nothing is counted). The count
   * is taken before the expensive check, so a burst of parallel guesses is counted in full; shared by all processes.
   */
  take(rules: readonly BackoffRule[], now: number): Promise<{ allowed: true } | { allowed: false; retryAt: number }>;
  /** Gives back one try (a success behind a shared address). */
  giveBack(keys: readonly BackoffKey[]): Promise<void>;
  forgive(keys: readonly BackoffKey[]): Promise<void>;
}
