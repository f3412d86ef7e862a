import type { HealthKind } from '#consent/ports';
import type { ClientId, DeviceMuid, UserMuid } from '#kernel';

/** What a device sent to say who it is, and where it wants to go. */
export interface DeviceKey {
  readonly device: DeviceMuid;
  /** SHA-256 of the secret. */
  readonly digest: Uint8Array;
}

/** A field's parameter as the manifest has it, with what the catalogue says of it. */
export interface FieldParameter {
  readonly name: string;
  readonly kind: 'CATALOGUE' | 'TIME' | 'CUSTOM';
  /** The unit that the device means. */
  readonly unit: string;
  /** The maker's own bounds, in the maker's unit; the catalogue's hold beside them. */
  readonly minimum: number | null;
  readonly maximum: number | null;
  readonly catalogue: CatalogueParameter | null;
}

export interface CatalogueParameter {
  readonly root: HealthKind;
  readonly kind: 'NUMBER' | 'CODE' | 'SAMPLES';
  readonly name: string;
  readonly unit: string;
  /** ISO/IEEE 11073-10101, 32 bits; null where there is no code. */
  readonly mdc: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** A credential that lives, what it may do, and the field. */
export interface OpenedField {
  /** Of the manifest in force. */
  readonly manifest: number;
  readonly parameters: readonly FieldParameter[];
}

export type Opening = 'refused' | 'no-field' | OpenedField;

/** One measurement: all values of one root code, in the catalogue's units. */
export interface Measurement {
  readonly root: HealthKind;
  readonly values: Readonly<Record<string, number | string | readonly number[]>>;
}

export interface NewInstance {
  readonly manifest: number;
  /** As it was sent: a string as it is, anything else as compact JSON. */
  readonly con: string;
  readonly cnf: string | null;
  /** Null where the device gives no time. */
  readonly measuredAt: number | null;
  readonly measurements: readonly Measurement[];
  /** Root codes that the field's parameters have, whether or not values came of them. */
  readonly roots: readonly HealthKind[];
  /** What was not understood, as `parameter:problem`. */
  readonly marks: readonly string[];
  readonly tie: number;
  /** From the Idempotency-Key header: the key, and a digest over what was sent with it. */
  readonly repeat: { readonly key: string; readonly digest: Uint8Array } | null;
}

export interface Instance {
  readonly createdAt: number;
  readonly tie: number;
  readonly cnf: string | null;
  readonly con: string;
  readonly marks: readonly string[];
}

export type Storing =
  | { readonly outcome: 'stored' | 'repeated'; readonly instance: Instance }
  | { readonly outcome: 'refused' | 'too-many' | 'other-body' };

/** Who read, for the access ledger; null where a factory secret read what is nobody's. */
export interface DataReader {
  readonly user: UserMuid;
  readonly client: ClientId;
  readonly grant: string;
}

export type DataPage =
  | 'refused'
  | 'no-field'
  | { readonly reader: DataReader | null; readonly total: number; readonly instances: readonly Instance[] };

export interface InstanceQuestion {
  /** Created in this time, both ends included. */
  readonly from: number;
  readonly to: number;
  /** One alone. */
  readonly tie: number | null;
  readonly order: 'newest' | 'oldest';
  readonly offset: number;
  readonly limit: number;
}

export interface DeviceDataStore {
  /** Credential, device, product and field at this moment. */
  open(key: DeviceKey, field: string, now: number): Promise<Opening>;
  /**
   * Writes what was sent and the health data made of it in one transaction, for whoever holds the device in it; the
   * credential is tested again there. At most `mostPerMinute` are taken for one field.
   */
  store(key: DeviceKey, field: string, instance: NewInstance, at: number, mostPerMinute: number): Promise<Storing>;
  /**
   * The factory secret reads only while nobody holds the device, and only what nobody held. A derived token reads what is
   * its user's, with DEVICE and HEALTH, of the kinds that the user gave. Tested in the statement that reads.
   */
  read(key: DeviceKey, field: string, question: InstanceQuestion, now: number): Promise<DataPage>;
}
