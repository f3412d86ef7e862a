import { randomBytes } from 'node:crypto';
import { sha256 } from './hash.ts';
import { newSortableId } from './ids.ts';

/**
 * A handle is a bearer value that we issue: `PREFIX_LOOKUP_SECRET`. The prefix tells its kind to people, secret scanners
 * and to us (an access token is no refresh token, RT-13); the lookup id (26 characters, sorts by time) finds the row; the
 * secret is 256 random bits. The database keeps the lookup id and the SHA-256 of the whole string, so every changed
 * character counts, and only digests are compared. Starts with a letter and needs no URL encoding.
 */
export const HANDLE_PREFIX = {
  code: 'mbc',
  access: 'mba',
  refresh: 'mbr',
  session: 'mbs',
  /** A login whose password was right and whose second factor is still owed. */
  pending: 'mbl',
  ticket: 'mbt',
  setup: 'mbi',
  /** In a link sent by mail: sets a new password. */
  reset: 'mbp',
  /** In a link sent by mail: proves an e-mail address. */
  email: 'mbv',
} as const;

export type HandleKind = keyof typeof HANDLE_PREFIX;

export interface Handle {
  /** The whole value, to be given out once and never kept. */
  readonly text: string;
  readonly lookupId: string;
  readonly digest: Uint8Array;
}

/** What is needed to find and compare a handle that was presented. */
export type PresentedHandle = Pick<Handle, 'lookupId' | 'digest'>;

const LOOKUP = 26;
const SECRET = 43;
const BODY = /^[0-9a-hjkmnp-tv-z]{26}_[A-Za-z0-9_-]{43}$/;

export function mintHandle(kind: HandleKind, now: number): Handle {
  const lookupId = newSortableId(now);
  const text = `${HANDLE_PREFIX[kind]}_${lookupId}_${randomBytes(32).toString('base64url')}`;
  return { text, lookupId, digest: sha256(text) };
}

/** Null when the text cannot be a handle of that kind; whether it exists and lives is for the store to say. */
export function readHandle(kind: HandleKind, text: string): PresentedHandle | null {
  const prefix = `${HANDLE_PREFIX[kind]}_`;
  if (text.length !== prefix.length + LOOKUP + 1 + SECRET || !text.startsWith(prefix)) return null;
  const body = text.slice(prefix.length);
  if (!BODY.test(body)) return null;
  return { lookupId: body.slice(0, LOOKUP), digest: sha256(text) };
}
