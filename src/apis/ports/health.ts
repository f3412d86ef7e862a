import type { Act } from '#audit/ports';
import type { HealthKind } from '#consent/ports';
import type { ClientId, DeviceMuid, Locale, PresentedHandle, UserMuid } from '#kernel';
import type { CatalogueParameter } from './data.ts';
import type { TokenRight } from './index.ts';

export interface HealthRight extends TokenRight {
  /** The kinds that the user gave this client; of no meaning without HEALTH. */
  readonly kinds: readonly HealthKind[];
}

export interface HealthRange {
  readonly root: HealthKind;
  /** Measured in this time, both ends included. */
  readonly from: number;
  readonly to: number;
  readonly offset: number;
  readonly limit: number;
}

export interface Observation {
  readonly root: HealthKind;
  readonly device: DeviceMuid;
  readonly field: string;
  readonly measuredAt: number;
  readonly receivedAt: number;
  readonly values: Readonly<Record<string, number | string | readonly number[]>>;
}

export interface Observations {
  readonly total: number;
  /** Newest first. */
  readonly items: readonly Observation[];
}

/** One read of somebody's data, as both people see it. Values are never part of it. */
export interface LedgerEntry {
  /** Whose data. */
  readonly user: UserMuid;
  /** The user of the application that read; the same person unless it was shared. */
  readonly reader: UserMuid;
  readonly client: string;
  readonly grant: string;
  readonly what: 'health' | 'shared-health' | 'device-data';
  /** The root code, or the field. */
  readonly detail: string;
  readonly count: number;
}

export interface LedgerRow {
  readonly id: string;
  readonly at: number;
  readonly what: string;
  readonly detail: string;
  readonly count: number;
  readonly clientId: string;
  readonly clientName: string | null;
  readonly company: string | null;
  readonly ownerLogin: string;
  readonly readerLogin: string;
}

export interface LedgerFilter {
  readonly root: HealthKind | null;
  readonly client: string | null;
  readonly from: number;
  readonly to: number;
  /** The id of the last entry of the page before. */
  readonly before: string | null;
  readonly limit: number;
}

export interface LedgerStore {
  /** Durable when it returns: only then may the read be answered. */
  append(act: Act, entry: LedgerEntry): Promise<void>;
  /** Reads of this person's data, and this person's reads of others'. Newest first. */
  of(user: UserMuid, filter: LedgerFilter): Promise<readonly LedgerRow[]>;
}

export interface HealthStore {
  /** Right, consented kind and data in one statement. Null for a dead token. Nothing comes without HEALTH and the kind. */
  ofToken(
    token: PresentedHandle,
    range: HealthRange,
    now: number,
  ): Promise<(Observations & { right: HealthRight }) | null>;
  /**
   * Somebody else's data, by a living share of this root code to the token's user that its owner let reach this client's
   * company. `owner` is null where there is none.
   */
  sharedWithToken(
    token: PresentedHandle,
    ownerLoginFolded: string,
    range: HealthRange,
    now: number,
  ): Promise<(Observations & { right: HealthRight; owner: UserMuid | null }) | null>;
  catalogue(): Promise<readonly CatalogueParameter[]>;
}

/** What a person may do with his or her own health data. */
export interface OwnHealthStore {
  /** How many there are of each kind. */
  summary(user: UserMuid): Promise<readonly { root: HealthKind; count: number; newest: number }[]>;
  /** Oldest first, after the given row; for exports, page by page. */
  page(
    user: UserMuid,
    after: { root: HealthKind; measuredAt: number; tie: number } | null,
    limit: number,
  ): Promise<{
    items: readonly Observation[];
    next: { root: HealthKind; measuredAt: number; tie: number } | null;
  }>;
  noteExport(act: Act, user: UserMuid): Promise<void>;
  /** Deletes what was received up to `act.at`, and what devices sent of it; at most `most` rows. Returns how many. */
  erase(act: Act, user: UserMuid, most: number): Promise<number>;
  noteErased(act: Act, user: UserMuid, rows: number): Promise<void>;
}

export interface SharedApplication {
  readonly id: string;
  readonly clientId: ClientId;
  readonly clientName: string;
  readonly recipient: string;
  readonly givenAt: number;
}

export interface Share {
  readonly id: string;
  readonly root: HealthKind;
  /** As the owner typed it; nobody may have it. */
  readonly granteeLogin: string;
  readonly ownerLogin: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly applications: readonly SharedApplication[];
}

/** What the owner was told and agreed to when letting a share reach an application. */
export interface ApplicationConsent {
  readonly share: string;
  readonly client: ClientId;
  readonly clientOwner: UserMuid;
  readonly clientName: string;
  readonly recipient: string;
  readonly locale: Locale;
  /** Word for word. */
  readonly wording: string;
}

export interface ShareStore {
  /** Living shares that this person gave, newest first. */
  given(owner: UserMuid, now: number): Promise<readonly Share[]>;
  /** Living shares that this person got. */
  received(grantee: UserMuid, now: number): Promise<readonly Share[]>;
  /** One share per root code; `granteeFolded` need not be anybody's. 'too-many' past `most` living ones. */
  create(
    act: Act,
    share: {
      owner: UserMuid;
      granteeLogin: string;
      granteeFolded: string;
      roots: readonly HealthKind[];
      expiresAt: number;
      most: number;
    },
  ): Promise<'created' | 'too-many'>;
  /** False where it is not this person's, or has ended. */
  end(act: Act, owner: UserMuid, share: string): Promise<boolean>;
  allowApplication(act: Act, owner: UserMuid, consent: ApplicationConsent): Promise<boolean>;
  endApplication(act: Act, owner: UserMuid, application: string): Promise<boolean>;
}
