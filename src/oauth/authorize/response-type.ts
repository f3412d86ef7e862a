import { ok } from '#kernel';
import type { OAuthClient } from '../ports/index.ts';
import type { ProvenTarget } from './redirect-uri.ts';
import { type Check, refusal } from './refusal.ts';

/**
 * `code` needs AUTHORIZATION_CODE. `token` needs IMPLICIT, the operator's verdict and an https redirect URI (platform
 * contract, section 9); ticking the box alone only asks for it.
 */
export function checkResponseType(
  params: ReadonlyMap<string, string>,
  client: OAuthClient,
  target: ProvenTarget,
): Check<'code' | 'token'> {
  const asked = params.get('response_type');
  if (asked === undefined) return refusal('invalid_request', 'response_type is missing.', 'malformed');
  if (asked === 'code') {
    return client.methods.includes('AUTHORIZATION_CODE')
      ? ok('code')
      : refusal(
          'unauthorized_client',
          'This client is not registered for AUTHORIZATION_CODE.',
          'method-not-registered',
        );
  }
  if (asked !== 'token') {
    return refusal(
      'unsupported_response_type',
      'response_type must be code, or token for IMPLICIT clients.',
      'malformed',
    );
  }
  if (!client.methods.includes('IMPLICIT')) {
    return refusal('unauthorized_client', 'This client is not registered for IMPLICIT.', 'method-not-registered');
  }
  if (!client.allowances.includes('implicit')) {
    return refusal('unauthorized_client', 'IMPLICIT was not approved for this client.', 'not-allowed-by-operator');
  }
  if (!target.uri.startsWith('https://')) {
    return refusal('invalid_request', 'response_type=token needs an https redirect URI.', 'not-allowed-by-operator');
  }
  return ok('token');
}
