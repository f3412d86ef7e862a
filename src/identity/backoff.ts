import { isIPv4 } from 'node:net';
import { hmacBase64url, HOUR, MINUTE, SECOND } from '#kernel';
import type { BackoffKey, BackoffRule } from './ports/index.ts';

/** Tries that are free, in how long, and how long the block is that follows; it doubles up to `maxBlockMs`. */
export type BackoffLimit = Omit<BackoffRule, 'key'>;

export interface BackoffLimits {
  readonly account: BackoffLimit;
  readonly address: BackoffLimit;
  /** For all addresses of an IPv6 network together: many providers give a household a /56, which is 256 times a /64. */
  readonly network: BackoffLimit;
  readonly signup: BackoffLimit;
  readonly setup: BackoffLimit;
  /** Mails for account recovery, per recipient and per asking address. */
  readonly mail: BackoffLimit;
  /** Codes of a second factor, per account, over all sessions and addresses (AC-22). */
  readonly factor: BackoffLimit;
  /** Passkey ceremonies that strangers may begin, per address. */
  readonly passkey: BackoffLimit;
}

const block = { blockMs: 30 * SECOND, maxBlockMs: 15 * MINUTE };

/** No lock-out that a stranger could hold somebody in: the longest block is fifteen minutes (AC-04). */
export const DEFAULT_LIMITS: BackoffLimits = {
  account: { free: 5, windowMs: 15 * MINUTE, ...block },
  address: { free: 60, windowMs: 15 * MINUTE, ...block },
  network: { free: 240, windowMs: 15 * MINUTE, ...block },
  signup: { free: 20, windowMs: HOUR, ...block },
  setup: { free: 20, windowMs: HOUR, ...block },
  // Three in an hour (AC-19).
  mail: { free: 3, windowMs: HOUR, blockMs: HOUR, maxBlockMs: HOUR },
  // Whoever is counted here knows the password already. Of the million codes three fit at a time: 24 guesses a day.
  factor: { free: 5, windowMs: HOUR, blockMs: MINUTE, maxBlockMs: HOUR },
  passkey: { free: 120, windowMs: 15 * MINUTE, ...block },
};

/** Keys are keyed hashes: the table names nobody and can't be searched by guessing. */
export function backoffKeys(secret: Uint8Array) {
  const key = (kind: BackoffKey['kind'], value: string): BackoffKey => ({
    kind,
    value: hmacBase64url(secret, `${kind}\n${value}`),
  });
  return {
    account: (foldedLoginId: string) => key('login-account', foldedLoginId),
    address: (address: string) => key('login-address', addressBlock(address)),
    /** Null for IPv4, where one address is already shared by many. */
    network: (address: string) => {
      const network = networkOf(address);
      return network === null ? null : key('login-address', network);
    },
    signup: (address: string) => key('signup-address', addressBlock(address)),
    serial: (user: string) => key('device-serial', user),
    setup: (address: string) => key('setup-address', addressBlock(address)),
    mailTo: (foldedEmail: string) => key('mail-recipient', foldedEmail),
    mailBy: (address: string) => key('mail-asker', addressBlock(address)),
    factor: (user: string) => key('second-factor', user),
    passkey: (address: string) => key('passkey-address', addressBlock(address)),
  };
}

/**
 * Who an address counts as: an IPv4 address itself (written as IPv6 too), the /64 of an IPv6 one, since a household
 * or a cheap server holds all of a /64 (AC-06).
 */
export function addressBlock(address: string): string {
  const bare = address.split('%', 1)[0] ?? '';
  if (isIPv4(bare)) return bare;
  const groups = expandIPv6(bare);
  if (groups === null) return address;
  if (isMapped(groups)) {
    const [high = 0, low = 0] = groups.slice(6);
    return [high >> 8, high & 255, low >> 8, low & 255].join('.');
  }
  return `${inHex(groups.slice(0, 4))}::/64`;
}

/** The /56 that an IPv6 address is in; null for everything else. */
export function networkOf(address: string): string | null {
  const groups = expandIPv6(address.split('%', 1)[0] ?? '');
  if (groups === null || isMapped(groups)) return null;
  const [a = 0, b = 0, c = 0, d = 0] = groups;
  return `${inHex([a, b, c, d & 0xff00])}::/56`;
}

/** An IPv4 address written as IPv6 (RFC 4291 §2.5.5.2). */
const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
const inHex = (groups: readonly number[]): string => groups.map((group) => group.toString(16)).join(':');

function expandIPv6(text: string): number[] | null {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(text);
  const [, head = '', a = '', b = '', c = '', d = ''] = dotted ?? [];
  const plain = dotted
    ? `${head}${(Number(a) * 256 + Number(b)).toString(16)}:${(Number(c) * 256 + Number(d)).toString(16)}`
    : text;
  const [left = '', right, more] = plain.split('::');
  if (more !== undefined) return null;
  const words = (part: string): string[] => (part === '' ? [] : part.split(':'));
  const start = words(left);
  const end = words(right ?? '');
  const gap = 8 - start.length - end.length;
  if (right === undefined ? gap !== 0 : gap < 1) return null;
  const all = [...start, ...Array<string>(gap).fill('0'), ...end];
  return all.every((word) => /^[0-9a-f]{1,4}$/i.test(word)) ? all.map((word) => Number.parseInt(word, 16)) : null;
}
