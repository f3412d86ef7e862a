import type { Act } from '#audit/ports';
import { mintHandle, type PresentedHandle, SECOND } from '#kernel';
import type { SessionCookie } from '../login-sessions.ts';
import { PENDING_MS } from './options.ts';

/** A begun login's row and its cookie. The text is kept nowhere. */
export function mintPending({ at }: Act): {
  row: { handle: PresentedHandle; expiresAt: number };
  cookie: SessionCookie;
} {
  const { text, lookupId, digest } = mintHandle('pending', at);
  return {
    row: { handle: { lookupId, digest }, expiresAt: at + PENDING_MS },
    cookie: { text, maxAgeSeconds: PENDING_MS / SECOND },
  };
}
