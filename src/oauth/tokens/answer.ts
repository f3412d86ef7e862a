import { SECOND, spellScope } from '#kernel';
import type { Settled } from '../grants/grant.ts';

/** RFC 6749 §5.1. */
export interface TokenAnswer {
  readonly access_token: string;
  readonly token_type: 'bearer';
  /** Seconds. */
  readonly expires_in: number;
  readonly scope: string;
  readonly refresh_token?: string;
}

export function tokenAnswer(settled: Extract<Settled, { kind: 'tokens' }>, now: number): TokenAnswer {
  const { grant, keptRefresh, minted } = settled;
  const refresh = keptRefresh ?? minted.refresh?.handle.text;
  return {
    access_token: minted.access.handle.text,
    token_type: 'bearer',
    expires_in: Math.floor((minted.access.expiresAt - now) / SECOND),
    scope: spellScope(grant.scopes, grant.spelling),
    ...(refresh === undefined ? {} : { refresh_token: refresh }),
  };
}
