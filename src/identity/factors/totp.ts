import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { SECOND, seal, unseal, type UserMuid } from '#kernel';

const PERIOD = 30;
/** RFC 4226 §4, R6: 160 bits. */
const BYTES = 20;
/** RFC 6238 §5.2: one step of delay, one of a clock that runs ahead. */
const WINDOW = 1;

/** An authenticator app's key as the page shows it: text to be typed in groups of four, and the address in the QR code. */
export interface ShownTotp {
  readonly key: string;
  readonly uri: string;
}

export const newTotpKey = (): string => new Secret({ buffer: toBuffer(randomBytes(BYTES)) }).base32;

const toBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** SHA-1, six digits, 30 seconds: what every app assumes, whatever the address says. */
const totpOf = (key: string, issuer: string, label: string): TOTP =>
  new TOTP({ issuer, label, algorithm: 'SHA1', digits: 6, period: PERIOD, secret: Secret.fromBase32(key) });

export function showTotp(key: string, issuer: string, loginId: string): ShownTotp {
  return { key: key.replaceAll(/(.{4})(?=.)/g, '$1 '), uri: totpOf(key, issuer, loginId).toString() };
}

/** Six digits, in whatever shape keyboards and apps give them (`123 456`, full width); null for anything else. */
export function readTotpCode(typed: string): string | null {
  if (typed.length > 32) return null;
  const bare = typed.normalize('NFKC').replaceAll(/[\s\p{Pd}]/gu, '');
  return /^[0-9]{6}$/.test(bare) ? bare : null;
}

/** The step that the code is for, or null. By the server's clock alone (AC-21). */
export function stepOfCode(key: string, code: string, now: number): { step: number; stepEndsAt: number } | null {
  const delta = totpOf(key, '', '').validate({ token: code, timestamp: now, window: WINDOW });
  if (delta === null) return null;
  const step = Math.floor(now / (PERIOD * SECOND)) + delta;
  // Remembered until no clock takes it any more.
  return { step, stepEndsAt: (step + 1 + WINDOW) * PERIOD * SECOND };
}

const contextOf = (user: UserMuid, id: string, keyId: string): string => `totp\n${user}\n${id}\n${keyId}`;

export const sealTotp = (by: { key: Uint8Array; id: string }, user: UserMuid, id: string, key: string) => ({
  id,
  sealed: seal(by.key, key, contextOf(user, id, by.id)),
  keyId: by.id,
});

/** Null where it was sealed under another master key, or for somebody else. */
export const unsealTotp = (
  by: { key: Uint8Array },
  user: UserMuid,
  sealed: { id: string; sealed: Uint8Array; keyId: string },
): string | null => unseal(by.key, sealed.sealed, contextOf(user, sealed.id, sealed.keyId));
