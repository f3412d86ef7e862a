import { ok } from '#kernel';
import type { OAuthClient } from '../ports/index.ts';
import { type Check, refusal } from './refusal.ts';

/** A SHA-256 in base64url without padding is exactly this (RFC 7636 §4.2). */
const S256 = /^[A-Za-z0-9_-]{43}$/;

/**
 * Always for public clients, and where the client's own switch is on; enforced at the token endpoint whenever a
 * challenge was sent. `plain` does not exist here, so leaving out the method (which would mean plain) is an error.
 */
export function checkPkce(params: ReadonlyMap<string, string>, client: OAuthClient): Check<string | null> {
  const challenge = params.get('code_challenge');
  const method = params.get('code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined) return refusal('invalid_request', 'code_challenge is missing.', 'pkce-malformed');
    return client.type !== 'web' || client.requirePkce
      ? refusal('invalid_request', 'code_challenge is missing: this client must use PKCE (RFC 7636).', 'pkce-missing')
      : ok(null);
  }
  if (method !== 'S256') return refusal('invalid_request', 'code_challenge_method must be S256.', 'pkce-malformed');
  if (!S256.test(challenge)) {
    return refusal('invalid_request', 'code_challenge must be 43 characters of base64url.', 'pkce-malformed');
  }
  return ok(challenge);
}
