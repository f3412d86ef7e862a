import { asClientId } from '#kernel';
import type { EndpointRequest } from '../client-auth/authenticate.ts';
import { readBasic } from '../client-auth/basic.ts';
import type { OAuthDeps } from '../options.ts';
import { exchangeToken } from '../token/pipeline.ts';
import { type EndpointAnswer, json } from './answer.ts';

/** `POST /oauth/token`. The query is never read (RFC 6749 §3.2). */
export const token = async (request: EndpointRequest, deps: OAuthDeps): Promise<EndpointAnswer> =>
  json(await exchangeToken(request, deps));

/**
 * `GET /oauth/token`, legacy: a secret in a URL ends up in logs, so it exists only for clients that the operator allowed
 * it for; for everybody else the method does not exist (PA-14).
 */
export async function tokenByGet(request: EndpointRequest, deps: OAuthDeps): Promise<EndpointAnswer> {
  const named = request.params.get('client_id') ?? readBasic(request.authorization ?? '')[0]?.clientId ?? '';
  const id = asClientId(named);
  const client = id === null ? null : await deps.clients.find(id);
  if (client?.allowances.includes('get-token')) return json(await exchangeToken(request, deps));
  return {
    status: 405,
    headers: { Allow: 'POST' },
    body: { error: 'invalid_request', error_description: 'The token endpoint takes POST.' },
  };
}
