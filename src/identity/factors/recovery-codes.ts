import { randomBytes } from 'node:crypto';
import { hmacBase64url, type UserMuid } from '#kernel';
import { RECOVERY_CODES } from './options.ts';

/** Crockford's base 32: nothing that can be misread on paper, and what is misread is read right. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
const LENGTH = 12;
const SHAPE = /^[0-9a-hjkmnp-tv-z]{12}$/;

/** Ten codes of 60 random bits, as people write them down: `k7q2-9xfd-3mwp`. */
export const newRecoveryCodes = (): string[] =>
  Array.from({ length: RECOVERY_CODES }, () => {
    const letters = [...randomBytes(LENGTH)].map((byte) => ALPHABET.charAt(byte & 31)).join('');
    return `${letters.slice(0, 4)}-${letters.slice(4, 8)}-${letters.slice(8)}`;
  });

/** The twelve characters behind any spelling of case, dashes and spaces (AC-24); null for what can't be a code. */
export function readRecoveryCode(typed: string): string | null {
  if (typed.length > 64) return null;
  const bare = typed
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{Pd}_.]/gu, '')
    .replaceAll('o', '0')
    .replaceAll(/[il]/g, '1');
  return SHAPE.test(bare) ? bare : null;
}

/** What the table keeps. Bound to its owner: one person's code is nothing in another's row. */
export const recoveryDigest = (key: Uint8Array, user: UserMuid, bare: string): string =>
  hmacBase64url(key, `${user}\n${bare}`);

export const recoveryDigests = (key: Uint8Array, user: UserMuid, codes: readonly string[]): string[] =>
  codes.map((code) => recoveryDigest(key, user, readRecoveryCode(code) ?? ''));
