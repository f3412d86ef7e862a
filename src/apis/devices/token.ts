import { createHmac } from 'node:crypto';
import { sha256 } from '#kernel';
import type { DerivedToken, DeviceRecord, DeviceStore, TokenRight } from '../ports/index.ts';

/**
 * The token that an application gets for a device instead of its factory secret: 32 hexadecimal characters made from
 * grant and holding, so that it ends with either, and so that it is the same each time it is asked for.
 */
export const derivedToken = (key: Uint8Array, grant: string, holding: string): string =>
  createHmac('sha256', key).update(`${grant}\n${holding}`).digest('hex').slice(0, 32);

/** Tokens for the devices that the user holds, by device; each is known to the device data server when this returns. */
export async function derivedTokens(
  deps: { devices: DeviceStore; deviceTokenKey: Uint8Array },
  right: TokenRight,
  devices: readonly DeviceRecord[],
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const tokens = new Map<string, string>();
  const unknown: DerivedToken[] = [];
  for (const { muid, holding } of devices) {
    if (holding === null) continue;
    const token = derivedToken(deps.deviceTokenKey, right.grantId, holding.id);
    tokens.set(muid, token);
    if (holding.tokenKept) continue;
    unknown.push({ grant: right.grantId, holding: holding.id, device: muid, digest: sha256(token) });
  }
  if (unknown.length > 0) await deps.devices.keepTokens(unknown, now);
  return tokens;
}
