import { joinScope, OAuthError, readHandle, SECOND } from '#kernel';
import { type AuthenticatedClient, authenticateClient, type EndpointRequest } from '../client-auth/authenticate.ts';
import { badCredentials } from '../client-auth/credentials.ts';
import type { OAuthDeps } from '../options.ts';
import type { IntrospectedToken } from '../ports/index.ts';
import { type EndpointAnswer, json } from './answer.ts';

const INACTIVE = { active: false } as const;

/**
 * `POST /oauth/introspect` (RFC 7662), for clients that prove who they are. A client sees its own tokens; one that the
 * operator made a resource server sees access tokens of others too. Everything else, whatever the reason, is inactive.
 * Scopes are in canonical spelling; times are seconds since 1970.
 */
export async function introspect(request: EndpointRequest, deps: OAuthDeps): Promise<EndpointAnswer> {
  const by = await authenticateClient(request, deps);
  if (!by.byKey) throw badCredentials(request.authorization !== undefined);
  const text = request.params.get('token');
  if (text === undefined) throw new OAuthError('invalid_request', 'token is missing.', { reason: 'malformed' });
  const found = await find(text, request.act.at, deps);
  return json(found !== null && maySee(by, found) ? describe(found, deps.issuer) : INACTIVE);
}

async function find(text: string, now: number, deps: OAuthDeps): Promise<IntrospectedToken | null> {
  const access = readHandle('access', text);
  if (access !== null) return deps.grants.introspect('access', access, now);
  const refresh = readHandle('refresh', text);
  return refresh === null ? null : deps.grants.introspect('refresh', refresh, now);
}

const maySee = (by: AuthenticatedClient, token: IntrospectedToken): boolean =>
  token.grant.client === by.client.id || (token.kind === 'access' && by.client.allowances.includes('resource-server'));

const describe = (token: IntrospectedToken, issuer: string): object => ({
  active: true,
  scope: joinScope(token.grant.scopes),
  client_id: token.grant.client,
  username: token.loginId,
  ...(token.kind === 'access' ? { token_type: 'bearer' } : {}),
  exp: Math.floor(token.expiresAt / SECOND),
  iat: Math.floor(token.issuedAt / SECOND),
  sub: token.grant.user,
  iss: issuer,
});
