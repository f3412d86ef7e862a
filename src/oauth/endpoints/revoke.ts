import { OAuthError, readHandle } from '#kernel';
import { authenticateClient, type EndpointRequest } from '../client-auth/authenticate.ts';
import type { OAuthDeps } from '../options.ts';
import { type EndpointAnswer, json } from './answer.ts';

const KINDS = ['access', 'refresh'] as const;

/**
 * `POST /oauth/revoke` (RFC 7009). Ends the grant behind either token, and with it every token of the family. The prefix
 * of a token says its kind, so `token_type_hint` is not needed and a wrong one does no harm (RT-21). What we do not know
 * is answered 200 (§2.2); a token of another client is refused and lives on. Durable when it answers.
 */
export async function revoke(request: EndpointRequest, deps: OAuthDeps): Promise<EndpointAnswer> {
  const by = await authenticateClient(request, deps);
  const text = request.params.get('token');
  if (text === undefined) throw new OAuthError('invalid_request', 'token is missing.', { reason: 'malformed' });
  for (const kind of KINDS) {
    const handle = readHandle(kind, text);
    if (handle === null) continue;
    const ended = await deps.grants.endByToken(by.act, {
      kind,
      handle,
      client: by.client.id,
      why: 'client_revoked_it',
    });
    if (ended === 'not-yours') {
      throw new OAuthError('invalid_grant', 'The token belongs to another client.', {
        reason: 'token-of-other-client',
      });
    }
  }
  // Nobody reads the body (§2.2), but clients that parse every answer as JSON must be able to.
  return json({});
}
