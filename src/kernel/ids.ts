import { randomBytes, randomInt } from 'node:crypto';
import type { Brand } from './brand.ts';

/** A user's stable identifier, 32 lower-case hexadecimal characters (`userMuid` on the wire). Never reissued. */
export type UserMuid = Brand<'UserMuid'>;
/** A client's identifier, 32 lower-case hexadecimal characters. */
export type ClientId = Brand<'ClientId'>;
/** One made piece of a product (`deviceMuid`), 32 lower-case hexadecimal characters. */
export type DeviceMuid = Brand<'DeviceMuid'>;
/** A product (`modelMuid`), 32 lower-case hexadecimal characters. */
export type ModelMuid = Brand<'ModelMuid'>;
/** One authorization that a user gave to a client; a family of tokens hangs on it. */
export type GrantId = Brand<'GrantId'>;

const HEX_32 = /^[0-9a-f]{32}$/;

const newHex32 = (): string => randomBytes(16).toString('hex');

export const newUserMuid = (): UserMuid => newHex32() as UserMuid;
export const newClientId = (): ClientId => newHex32() as ClientId;
/** A client secret has the shape of a client id (platform contract, section 1): 128 random bits in hexadecimal. */
export const newClientSecret = (): string => newHex32();

export const newDeviceMuid = (): DeviceMuid => newHex32() as DeviceMuid;
export const newModelMuid = (): ModelMuid => newHex32() as ModelMuid;
/** A device's factory secret (`deviceToken`), 128 random bits in hexadecimal. */
export const newDeviceSecret = (): string => newHex32();

/** The id, or null when the text is not one. No case folding and no trimming: look-alikes are other ids (CA-19). */
export const asClientId = (text: string): ClientId | null => (HEX_32.test(text) ? (text as ClientId) : null);
export const asUserMuid = (text: string): UserMuid | null => (HEX_32.test(text) ? (text as UserMuid) : null);

export const asDeviceMuid = (text: string): DeviceMuid | null => (HEX_32.test(text) ? (text as DeviceMuid) : null);
export const asModelMuid = (text: string): ModelMuid | null => (HEX_32.test(text) ? (text as ModelMuid) : null);

/** What big tables call a user or a device: 47 random bits, a third of a hexadecimal id in every row and index. */
export const newNumber = (): number => randomInt(1, 2 ** 47);
/** Tells rows of one key and millisecond apart. */
export const newTie = (): number => randomInt(2 ** 31);

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/**
 * 26 characters that sort by time: 48 bits of milliseconds, then 80 random bits, in Crockford's base 32. Rows keyed by
 * it are inserted at one end of the index, and expiry is a range.
 */
export function newSortableId(now: number): string {
  let out = '';
  let time = now;
  for (let i = 0; i < 10; i++) {
    out = ALPHABET.charAt(time % 32) + out;
    time = Math.floor(time / 32);
  }
  for (const byte of randomBytes(16)) out += ALPHABET.charAt(byte & 31);
  return out;
}

export const newGrantId = (now: number): GrantId => newSortableId(now) as GrantId;
