import { equalText, newGrantId, OAuthError, type PrivateReason, readHandle, SECOND, sha256Base64url } from '#kernel';
import { isRegisteredUri } from '../authorize/redirect-uri.ts';
import type { CodeLookup, OAuthClient } from '../ports/index.ts';
import type { Grant } from './grant.ts';

const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/;

/** RFC 6749 §4.1.3 with RFC 7636 §4.6. */
export const authorizationCode: Grant = {
  needs: { method: 'AUTHORIZATION_CODE' },
  scope: 'unused',
  async settle({ params, by, now }, mint, deps) {
    const text = params.get('code');
    if (text === undefined) throw new OAuthError('invalid_request', 'code is missing.', { reason: 'malformed' });
    const handle = readHandle('code', text);
    const code = handle && (await deps.codes.look(handle));
    if (!handle || !code?.found) throw dead('code-unknown');
    // A code of another client is left alone: neither burned nor taken for a replay.
    if (code.client !== by.client.id) throw dead('code-of-other-client');
    checkRedirectUri(params.get('redirect_uri'), code, by.client);
    checkVerifier(params.get('code_verifier'), code.codeChallenge);

    const minted = mint(now + deps.lifetimes.grant * SECOND);
    const redeemed = await deps.codes.redeemAndIssue(by.act, {
      code: handle,
      client: by.client.id,
      redirectUri: code.redirectUri,
      grant: newGrantId(now),
      grantExpiresAt: minted.grantExpiresAt,
      access: minted.access,
      refresh: minted.refresh,
    });
    if (redeemed.outcome !== 'redeemed') throw dead(REASON[redeemed.outcome]);
    return { kind: 'tokens', grant: redeemed.grant, minted, keptRefresh: null };
  },
};

const REASON = {
  replayed: 'code-replayed',
  expired: 'code-expired',
  'not-yours': 'code-of-other-client',
  unknown: 'code-unknown',
  withdrawn: 'code-expired',
} as const satisfies Record<string, PrivateReason>;

/** One sentence for every reason: who holds a stolen code learns nothing about it. */
const dead = (reason: PrivateReason): OAuthError =>
  new OAuthError('invalid_grant', 'The code is unknown, expired, already used, or belongs to another client.', {
    reason,
  });

type FoundCode = Extract<CodeLookup, { found: true }>;

/**
 * The redirect URI must be the one of the authorization request (RFC 6749 §4.1.3). It may be left out by a client with
 * exactly one registered URI whose request left it out or named that one (platform contract, section 2). A URI that was
 * removed meanwhile redeems nothing (RU-68).
 */
function checkRedirectUri(asked: string | undefined, code: FoundCode, client: OAuthClient): void {
  const same = asked === undefined ? client.redirectUris.length === 1 : equalText(asked, code.redirectUri);
  if (same && isRegisteredUri(client, code.redirectUri)) return;
  throw new OAuthError('invalid_grant', 'redirect_uri is not the one of the authorization request.', {
    reason: 'redirect-uri-mismatch',
  });
}

/** RFC 7636 §4.6; a verifier without a challenge means that somebody took the challenge away (RFC 9700 §4.8). */
function checkVerifier(verifier: string | undefined, challenge: string | null): void {
  const right =
    challenge === null
      ? verifier === undefined
      : verifier !== undefined && VERIFIER.test(verifier) && equalText(sha256Base64url(verifier), challenge);
  if (!right) {
    throw new OAuthError('invalid_grant', 'code_verifier does not fit the authorization request.', {
      reason: 'pkce-mismatch',
    });
  }
}
