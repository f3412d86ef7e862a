import type { Act } from '#audit/ports';
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

export type ConsentState = 'GIVEN' | 'REFUSED' | 'WITHDRAWN';

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
  /** Withdraws everything given to a client (`scopes` null) or some scopes; tokens follow on their next use. */
  withdraw(act: Act, user: UserMuid, client: ClientId, scopes: readonly ScopeName[] | null): Promise<void>;
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
