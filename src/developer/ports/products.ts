import type { Act } from '#audit/ports';
import type { HealthKind } from '#consent/ports';
import type { DeviceMuid, ModelMuid, UserMuid } from '#kernel';

export const PRODUCT_ACTIONS = ['approve', 'reject', 'suspend', 'reinstate'] as const;
export type ProductAction = (typeof PRODUCT_ACTIONS)[number];

export const PRODUCT_STATUSES = ['PENDING', 'ACTIVE', 'REJECTED', 'SUSPENDED'] as const;
export type ProductStatus = (typeof PRODUCT_STATUSES)[number];

/** Everything of a product that a reviewer decides about. Immutable once written. */
export interface ProductContent {
  readonly name: string;
  /** The maker's own code of the model. */
  readonly modelCode: string;
  readonly maker: string;
  readonly description: string;
  readonly imageUri: string;
  readonly infoImageUri: string;
  readonly buyLink: string;
  readonly size: string;
  readonly weight: string;
  /** May several users add one device? */
  readonly severalUsers: boolean;
}

export interface Product extends ProductContent {
  readonly id: ModelMuid;
  readonly ownerId: UserMuid;
  readonly ownerName: string;
  readonly status: ProductStatus;
  /** The version whose content this is: the approved one, or the newest while none is approved. */
  readonly version: number;
  readonly liveVersion: number | null;
  readonly newestVersion: number;
  readonly contentHash: string;
  /** 0 while it has none. */
  readonly manifestVersion: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A version that waits for its review. */
export interface PendingVersion {
  readonly product: ModelMuid;
  readonly version: number;
  readonly content: ProductContent;
  readonly contentHash: string;
}

export interface ManifestParameter {
  readonly name: string;
  /** CATALOGUE: becomes health data; TIME: when it was measured; CUSTOM: kept as it is. */
  readonly kind: 'CATALOGUE' | 'TIME' | 'CUSTOM';
  readonly rootCode: HealthKind | null;
  /** What the device sends; converted where the catalogue has another one. */
  readonly unit: string;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

export interface ManifestField {
  readonly name: string;
  readonly description: string;
  readonly parameters: readonly ManifestParameter[];
}

export interface CatalogueEntry {
  readonly root: HealthKind;
  readonly name: string;
  readonly unit: string;
}

export interface NewDevice {
  readonly muid: DeviceMuid;
  readonly number: number;
  readonly serial: string | null;
  readonly mac: string | null;
  /** SHA-256 of the factory secret, and the id of its row. */
  readonly credential: { readonly id: string; readonly digest: Uint8Array };
}

export interface MadeDevice {
  readonly muid: DeviceMuid;
  readonly serial: string | null;
  readonly mac: string | null;
  readonly enabled: boolean;
  readonly holders: number;
  readonly createdAt: number;
}

export interface ProductDecision {
  readonly product: ModelMuid;
  readonly version: number;
  readonly contentHash: string;
  readonly action: ProductAction;
  readonly from: ProductStatus;
  readonly to: ProductStatus;
  readonly decidedBy: UserMuid | null;
  readonly reason: string;
}

export interface ProductStore {
  find(id: ModelMuid): Promise<Product | null>;
  listOf(owner: UserMuid): Promise<readonly Product[]>;
  /** Versions that wait for a decision, oldest first. */
  pending(limit: number): Promise<readonly PendingVersion[]>;
  pendingOf(id: ModelMuid): Promise<PendingVersion | null>;
  create(
    act: Act,
    product: { id: ModelMuid; owner: UserMuid; content: ProductContent; contentHash: string },
  ): Promise<void>;
  /** A new version, which replaces one that still waits; a refused product waits again. False where it is not this owner's. */
  edit(
    act: Act,
    edit: { id: ModelMuid; owner: UserMuid; content: ProductContent; contentHash: string },
  ): Promise<boolean>;
  /** Compare-and-swap on status, version and content hash. */
  decide(act: Act, decision: ProductDecision): Promise<'decided' | 'changed-meanwhile'>;
  /** Writes the next manifest version and puts it in force; its number, or null where the product is not this owner's. */
  activateManifest(
    act: Act,
    manifest: { id: ModelMuid; owner: UserMuid; fields: readonly ManifestField[] },
  ): Promise<number | null>;
  manifest(id: ModelMuid, version: number): Promise<readonly ManifestField[]>;
  catalogue(): Promise<readonly CatalogueEntry[]>;
  /** The places in the list whose serial number the product has already; all others are made. Null: not this owner's. */
  createDevices(
    act: Act,
    batch: { product: ModelMuid; owner: UserMuid; devices: readonly NewDevice[] },
  ): Promise<readonly number[] | null>;
  /** For the command line of the machine; null for a device that does not exist. */
  ownerOfDevice(device: DeviceMuid): Promise<UserMuid | null>;
  devicesOf(
    product: ModelMuid,
    page: { offset: number; limit: number },
  ): Promise<{ total: number; devices: readonly MadeDevice[] }>;
  /** The old secret ends in the same transaction. */
  rotateSecret(
    act: Act,
    rotation: { device: DeviceMuid; owner: UserMuid; credential: { id: string; digest: Uint8Array } },
  ): Promise<boolean>;
}
