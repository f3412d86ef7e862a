import { type AskedScope, OAuthError, parseScope } from '#kernel';
import { type AuthenticatedClient, authenticateClient, type EndpointRequest } from '../client-auth/authenticate.ts';
import { authorizationCode } from '../grants/authorization-code.ts';
import { deleteGrant } from '../grants/delete.ts';
import type { Grant } from '../grants/grant.ts';
import { password } from '../grants/password.ts';
import { refreshToken } from '../grants/refresh-token.ts';
import type { OAuthDeps } from '../options.ts';
import { tokenAnswer } from '../tokens/answer.ts';
import { mint } from '../tokens/mint.ts';

const GRANTS: ReadonlyMap<string, Grant> = new Map([
  ['authorization_code', authorizationCode],
  ['refresh_token', refreshToken],
  ['password', password],
  ['delete', deleteGrant],
]);

/**
 * The token endpoint (RFC 6749 §3.2), its phases in order. Every grant passes all of them; none can leave one out.
 *
 *   1. parse                  which grant, or unsupported_grant_type
 *   2. authenticate client    → AuthenticatedClient, the only key to what follows
 *   3. grant allowed          the client's methods and the operator's allowances
 *   4. scope policy           grammar, and within the client's scopes
 *   5. grant                  one atomic verb decides; tokens are stored as digests with it
 *   6. note the use           the user sees when the application was here last
 *   7. write                  RFC 6749 §5.1
 */
export async function exchangeToken(request: EndpointRequest, deps: OAuthDeps): Promise<object> {
  const grant = askedGrant(request.params);
  const by = await authenticateClient(request, deps);
  checkAllowed(grant, by);
  const scope = checkScope(grant, request.params, by);
  const now = request.act.at;
  const settled = await grant.settle(
    { params: request.params, by, scope, now },
    (grantExpiresAt) => mint(by.client, now, grantExpiresAt, deps.lifetimes),
    deps,
  );
  if (settled.kind === 'answer') return settled.body;
  deps.uses.note(settled.grant, now);
  return tokenAnswer(settled, now);
}

function askedGrant(params: ReadonlyMap<string, string>): Grant {
  const type = params.get('grant_type');
  if (type === undefined) throw new OAuthError('invalid_request', 'grant_type is missing.', { reason: 'malformed' });
  const grant = GRANTS.get(type);
  if (grant === undefined) {
    throw new OAuthError('unsupported_grant_type', 'This grant_type does not exist here.', { reason: 'malformed' });
  }
  return grant;
}

function checkAllowed({ needs }: Grant, { client }: AuthenticatedClient): void {
  if ('method' in needs && !client.methods.includes(needs.method)) {
    throw new OAuthError('unauthorized_client', `This client is not registered for ${needs.method}.`, {
      reason: 'method-not-registered',
    });
  }
  if ('allowance' in needs && !client.allowances.includes(needs.allowance)) {
    throw new OAuthError('unauthorized_client', 'The operator has not allowed this grant for this client.', {
      reason: 'not-allowed-by-operator',
    });
  }
}

function checkScope(grant: Grant, params: ReadonlyMap<string, string>, by: AuthenticatedClient): AskedScope | null {
  const text = grant.scope === 'unused' ? undefined : params.get('scope');
  if (text === undefined) return null;
  const asked = parseScope(text, grant.scope === 'intersect' ? 'drop' : 'refuse');
  if (!asked.ok) throw new OAuthError('invalid_scope', asked.problem, { reason: 'malformed' });
  if (grant.scope === 'strict' && !asked.value.names.every((name) => by.client.scopes.includes(name))) {
    throw new OAuthError('invalid_scope', 'scope names a scope that this client may not ask for.', {
      reason: 'scope-not-registered',
    });
  }
  return asked.value;
}
