import type { Device, DeviceModel } from '#contracts';
import type { UserMuid } from '#kernel';
import type { DeviceRecord } from '../ports/index.ts';

/**
 * A device as `/v1/devices` shows it to one user (platform contract, section 4). Who made it, who has it and its address
 * are told to whoever holds it and to nobody else; `usersMuid` names the caller alone, even where several hold it.
 */
export function deviceOnWire(device: DeviceRecord, caller: UserMuid, token: string | null): Device {
  const { holding } = device;
  const isHeld = holding !== null;
  return {
    deviceMuid: device.muid,
    deviceToken: isHeld ? token : null,
    developerUserMuid: isHeld ? device.model.ownerId : null,
    userRegistered: isHeld,
    enabled: device.enabled,
    deviceModel: modelOnWire(device, isHeld),
    deviceSerialNumber: device.serialNumber,
    deviceNickname: holding?.nickname ?? null,
    version: device.manifestVersion,
    usersMuid: isHeld ? [caller] : null,
    ownerUserMuid: isHeld ? caller : null,
    deviceCreateDate: device.createdAt,
    deviceModifyDate: holding?.updatedAt ?? device.modifiedAt,
    deviceMacAddress: isHeld ? device.macAddress : null,
  };
}

const modelOnWire = ({ model }: DeviceRecord, isHeld: boolean): DeviceModel => ({
  modelMuid: model.muid,
  modelSerialNumber: model.code,
  developerUserMuid: isHeld ? model.ownerId : null,
  modelImageUri: model.imageUri,
  modelDuplicationRegistration: model.severalUsers,
  modelName: model.name,
  modelDesc: model.description,
  modelDeveloperName: model.maker,
  modelInfoImageUri: model.infoImageUri,
  modelBuyLink: model.buyLink,
  modelSize: model.size,
  modelWeight: model.weight,
  // The contract knows three words; a product that is not approved is, for a user, not approved yet.
  status: model.status === 'ACTIVE' ? 'ACTIVE' : 'PENDING',
  modelCreateDate: model.createdAt,
  modelModifyDate: model.modifiedAt,
});
