import type { Act } from '#audit/ports';
import type { DeviceMuid, ModelMuid, PresentedHandle, UserMuid } from '#kernel';
import type { TokenRight } from './index.ts';

export interface DeviceModel {
  readonly muid: ModelMuid;
  readonly ownerId: UserMuid;
  readonly status: 'PENDING' | 'ACTIVE' | 'REJECTED' | 'SUSPENDED';
  /** The maker's model code. */
  readonly code: string;
  readonly name: string;
  readonly description: string;
  readonly maker: string;
  readonly imageUri: string;
  readonly infoImageUri: string;
  readonly buyLink: string;
  readonly size: string;
  readonly weight: string;
  /** May several users add one device? */
  readonly severalUsers: boolean;
  readonly createdAt: number;
  readonly modifiedAt: number;
}

/** A device in one user's account. */
export interface Holding {
  readonly id: string;
  readonly nickname: string;
  readonly updatedAt: number;
  /** The token that this grant gets for the device is known to the device data server already. */
  readonly tokenKept: boolean;
}

export interface DeviceRecord {
  readonly muid: DeviceMuid;
  readonly serialNumber: string | null;
  readonly macAddress: string | null;
  readonly enabled: boolean;
  /** The product's manifest; 0 while it has none. */
  readonly manifestVersion: number;
  readonly createdAt: number;
  readonly modifiedAt: number;
  readonly model: DeviceModel;
  /** The asking user's; null for whoever does not hold the device. */
  readonly holding: Holding | null;
}

/** The right and what was asked for; the device is null where there is none that this user may see or have. */
export interface DeviceAnswer {
  readonly right: TokenRight;
  readonly device: DeviceRecord | null;
}

export interface NewHolding {
  readonly device: DeviceMuid;
  /** Of the holding that is made; a device that is held already keeps its own. */
  readonly id: string;
  /** Null: the name of the product, or the one that it has already. */
  readonly nickname: string | null;
}

/** A token derived for one grant and holding; only its digest is kept. */
export interface DerivedToken {
  readonly grant: string;
  readonly holding: string;
  readonly device: DeviceMuid;
  readonly digest: Uint8Array;
}

/**
 * Devices of the token's user. Token, liveness, scope and owner are tested in the statement that reads, or in the
 * transaction that writes, before anything is changed; without the scope DEVICE nothing is. Null for a dead token.
 */
export interface DeviceStore {
  list(
    token: PresentedHandle,
    page: { offset: number; limit: number },
    now: number,
  ): Promise<{ right: TokenRight; total: number; devices: readonly DeviceRecord[] } | null>;
  /** A device that the user holds, that nobody holds, or whose product allows several users. */
  find(token: PresentedHandle, by: { model: ModelMuid; serial: string }, now: number): Promise<DeviceAnswer | null>;
  /** Of users who want a device for one at the same moment, exactly one gets it. Adding it again changes its name alone. */
  add(act: Act, token: PresentedHandle, holding: NewHolding): Promise<DeviceAnswer | null>;
  rename(act: Act, token: PresentedHandle, device: DeviceMuid, nickname: string): Promise<DeviceAnswer | null>;
  /** The device as it is afterwards. Derived tokens die with the holding. */
  remove(act: Act, token: PresentedHandle, device: DeviceMuid): Promise<DeviceAnswer | null>;
  /** Durable when it returns; repeating it changes nothing. */
  keepTokens(tokens: readonly DerivedToken[], at: number): Promise<void>;
}

/** The same for whoever is logged in on the platform's own pages. */
export interface OwnDeviceStore {
  of(user: UserMuid): Promise<readonly DeviceRecord[]>;
  add(act: Act, user: UserMuid, holding: NewHolding): Promise<DeviceRecord | null>;
  rename(act: Act, user: UserMuid, device: DeviceMuid, nickname: string): Promise<boolean>;
  remove(act: Act, user: UserMuid, device: DeviceMuid): Promise<boolean>;
}
