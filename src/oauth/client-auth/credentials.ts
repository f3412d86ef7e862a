import { OAuthError } from '#kernel';
import { readBasic } from './basic.ts';

/** What a request says about who the client is, before anything is believed. */
export interface ClaimedClient {
  readonly clientId: string;
  /**
   * Secrets to try, in order; empty when none was sent. More than one only where a Basic header can be read in two ways:
   * form-decoded as RFC 6749 §2.3.1 says, and as it stands, which is what many clients really send.
   */
  readonly candidates: readonly { readonly clientId: string; readonly secret: string }[];
  /** The Authorization header was used, so a failure must carry a challenge (RFC 6749 §5.2). */
  readonly byHeader: boolean;
}

/** Reads the client's credentials from header or body; both at once is an error (RFC 6749 §2.3, CA-01). */
export function claimedClient(params: ReadonlyMap<string, string>, authorization: string | undefined): ClaimedClient {
  const bodyId = params.get('client_id');
  const bodySecret = params.get('client_secret');
  if (authorization !== undefined) {
    if (bodySecret !== undefined) {
      throw new OAuthError('invalid_request', 'The client authenticated in two ways at once.', {
        reason: 'several-client-credentials',
      });
    }
    const candidates = readBasic(authorization);
    const first = candidates[0];
    if (first === undefined) throw badCredentials(true);
    if (bodyId !== undefined && !candidates.some((one) => one.clientId === bodyId)) {
      throw new OAuthError('invalid_request', 'client_id differs from the Authorization header.', {
        reason: 'several-client-credentials',
      });
    }
    return { clientId: first.clientId, candidates, byHeader: true };
  }
  if (bodyId === undefined) {
    throw new OAuthError('invalid_client', 'Client authentication is missing.', { reason: 'no-client-credentials' });
  }
  return {
    clientId: bodyId,
    candidates: bodySecret === undefined ? [] : [{ clientId: bodyId, secret: bodySecret }],
    byHeader: false,
  };
}

/** One answer for an unknown client, a wrong secret and a missing one. */
export const badCredentials = (byHeader: boolean): OAuthError =>
  new OAuthError('invalid_client', 'Client authentication failed.', {
    reason: 'bad-client-credentials',
    challenge: byHeader,
  });
