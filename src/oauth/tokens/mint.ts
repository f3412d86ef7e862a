import { type Handle, mintHandle, SECOND } from '#kernel';
import type { OAuthLifetimes } from '../options.ts';
import type { NewToken, OAuthClient } from '../ports/index.ts';

/** A token with its text, which leaves this process once, in the answer, and is never stored. */
export type MintedToken = NewToken & { readonly handle: Handle };

export interface Minted {
  readonly access: MintedToken;
  /** Null where REFRESH_TOKEN is not ticked. */
  readonly refresh: MintedToken | null;
  readonly grantExpiresAt: number;
}

/** Confidential clients keep their refresh token (FAPI 2.0); public and native ones, secret or not, rotate it. */
export const rotates = (client: OAuthClient): boolean => client.type !== 'web';

export function mint(client: OAuthClient, now: number, grantExpiresAt: number, lifetimes: OAuthLifetimes): Minted {
  const idle = rotates(client) ? lifetimes.refreshIdle : lifetimes.grant;
  const until = (seconds: number): number => Math.min(now + seconds * SECOND, grantExpiresAt);
  return {
    access: { handle: mintHandle('access', now), expiresAt: until(lifetimes.accessToken) },
    refresh: client.methods.includes('REFRESH_TOKEN')
      ? { handle: mintHandle('refresh', now), expiresAt: until(idle) }
      : null,
    grantExpiresAt,
  };
}
