import { createHmac, hash, hkdfSync, timingSafeEqual } from 'node:crypto';

/** SHA-256 of a text's UTF-8 bytes, 32 bytes. What the database keeps of a token, code or secret. */
export const sha256 = (text: string): Uint8Array => Uint8Array.from(hash('sha256', text, 'buffer'));

export const sha256Base64url = (text: string): string => hash('sha256', text, 'base64url');

/** Compares without telling by its time where the two differ. Lengths may differ and are no secret. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}

export const equalText = (a: string, b: string): boolean => equalBytes(Buffer.from(a), Buffer.from(b));

export const hmacBase64url = (key: Uint8Array, text: string): string =>
  createHmac('sha256', key).update(text).digest('base64url');

/** 32 bytes for one purpose from a longer secret (RFC 5869), so that no key serves two ends. */
export const deriveKey = (secret: Uint8Array | string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', secret, new Uint8Array(0), purpose, 32));
