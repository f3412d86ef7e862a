import type { Act, Actor } from '#audit/ports';
import type { ClientId, ClientStatus, Locale, PresentedHandle, ScopeLevel, ScopeName, UserMuid } from '#kernel';

/** The kinds of health data that the user may give one by one; the root codes of the platform contract, section 6. */
export const HEALTH_KINDS = [
  'BLOOD_PRESSURE',
  'GLUCOSE',
  'TEMP',
  'PULS_OXIM',
  'SCALE',
  'SCALE_MEASUREMENT',
  'SPIROMETER',
  'CARDIO',
] as const;
export type HealthKind = (typeof HEALTH_KINDS)[number];

/** A notice as it was shown: the five items of 개인정보 보호법 제17조②, in one language. */
export interface Notice {
  readonly scope: ScopeName;
  readonly locale: Locale;
  readonly required: boolean;
  readonly recipient: string;
  readonly purpose: string;
  readonly items: readonly string[];
  readonly retention: string;
  readonly refusalEffect: string;
  /** SHA-256 (hex) over what does not depend on the language; when it changes, the user is asked again. */
  readonly terms: string;
  /** The version of our own wording around it. */
  readonly wording: string;
}

export type ConsentState = 'GIVEN' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED';

/** The current state for one scope, derived from the events and kept beside them in the same transaction. */
export interface ConsentItem {
  readonly scope: ScopeName;
  readonly state: ConsentState;
  readonly terms: string;
  readonly kinds: readonly HealthKind[];
  readonly since: number;
  readonly expiresAt: number | null;
}

export interface ConsentAnswer {
  readonly notice: Notice;
  readonly given: boolean;
  readonly kinds: readonly HealthKind[];
  readonly expiresAt: number | null;
}

export interface ConsentStore {
  items(user: UserMuid, client: ClientId): Promise<ConsentItem[]>;
  /**
   * Appends one event per answer and updates the projection, if the ticket's transaction lives, belongs to this user and
   * has not been answered yet. Of parallel answers exactly one is taken.
   */
  answer(
    act: Act,
    answer: { ticket: PresentedHandle; user: UserMuid; client: ClientId; answers: readonly ConsentAnswer[] },
  ): Promise<'taken' | 'already-answered' | 'ticket-dead'>;
  /** The operator's own application: noted as the platform's own service, not as provision to a third party. */
  noteOwnService(act: Act, user: UserMuid, client: ClientId, scopes: readonly ScopeName[]): Promise<void>;
  /**
   * Withdraws everything given to a client (`scopes` null) or some scopes; tokens follow on their next use, on every
   * process. Where nothing is left, the connection ends and every grant with it. Of parallel calls one is 'withdrawn'.
   */
  withdraw(act: Act, user: UserMuid, client: ClientId, scopes: readonly ScopeName[] | null): Promise<Withdrawn>;
  /** Withdraws single kinds of HEALTH; the last kind withdraws the scope. Of parallel calls one is 'withdrawn'. */
  withdrawKinds(act: Act, user: UserMuid, client: ClientId, kinds: readonly HealthKind[]): Promise<Withdrawn>;
  /**
   * Turns consents whose time is over into EXPIRE events, at most `most`; returns how many. Nothing depends on it: every
   * read compares the time.
   */
  expire(act: Act, most: number): Promise<number>;
}

/** 'nothing': none of it was given any more, so nothing was written. */
export type Withdrawn = 'withdrawn' | 'nothing';

/** A scope that an application holds now. */
export interface Held {
  readonly scope: ScopeName;
  readonly kinds: readonly HealthKind[];
  readonly since: number;
  readonly expiresAt: number | null;
  /** What was shown when it was given; null where the platform's own service has it without a page. */
  readonly notice: Notice | null;
}

/** An application that a user once connected, as it stands now. */
export interface Connection {
  readonly client: ClientId;
  readonly name: string;
  /** Who receives the data. */
  readonly ownerName: string;
  readonly status: ClientStatus;
  readonly connectedAt: number;
  /** To about five minutes; null before the first use. */
  readonly lastUsedAt: number | null;
  /** In the order of the house. Empty: disconnected, or everything has expired. */
  readonly held: readonly Held[];
}

/** One entry of the user's own record: what was shown, and what became of it. Never changed, never removed. */
export interface ConsentEvent {
  readonly id: string;
  readonly at: number;
  readonly client: ClientId;
  /** As the application is called now; notices say who received. */
  readonly clientName: string;
  readonly scope: ScopeName;
  readonly action: 'GRANT' | 'DENY' | 'WITHDRAW' | 'EXPIRE';
  readonly basis: 'THIRD_PARTY' | 'SENSITIVE' | 'OWN_SERVICE';
  /** Of GRANT: the kinds given. Of WITHDRAW and EXPIRE: the kinds that ended. */
  readonly kinds: readonly HealthKind[];
  readonly expiresAt: number | null;
  readonly notice: (Notice & { readonly id: string }) | null;
  readonly actor: Omit<Actor, 'id'>;
}

export interface ConnectionStore {
  /** The applications that hold something at `now`, the one connected last first. */
  list(user: UserMuid, now: number): Promise<Connection[]>;
  /** Null for a client that this user never connected, as for one that does not exist. */
  find(user: UserMuid, client: ClientId, now: number): Promise<Connection | null>;
  /** Newest first, of one client or (`client` null) of all; those before the event `before`, at most `most`. */
  events(
    user: UserMuid,
    wish: { client: ClientId | null; before: string | null; most: number },
  ): Promise<ConsentEvent[]>;
  /** At most one write in five minutes; never awaited by a request. */
  noteUse(user: UserMuid, client: ClientId, now: number): Promise<void>;
}

/** What notices are made from; the developer module's store gives it. */
export interface ConsentClient {
  readonly id: ClientId;
  readonly name: string;
  readonly ownerId: UserMuid;
  /** Who receives the data: the company, or the person, that registered the client. */
  readonly ownerName: string;
  readonly status: ClientStatus;
  readonly scopes: readonly {
    readonly scope: ScopeName;
    readonly level: ScopeLevel;
    /** Empty where the platform's plain default holds; so with the next two. */
    readonly purpose: string;
    readonly retention: string;
    readonly refusalEffect: string;
  }[];
}

export interface ConsentClients {
  find(id: ClientId): Promise<ConsentClient | null>;
}
