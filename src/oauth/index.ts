/**
 * Owns: the OAuth 2.0 protocol: authorization requests, client authentication, grants, tokens, revocation, introspection,
 * metadata and signing keys. Does not own: users, sessions, pages, SQL, HTTP framing. It asks its ports, and answers with
 * plain values or a thrown OAuthError or PageError.
 */
import type { AuthorizationEndpoint } from './authorize/contract.ts';
import { createAuthorizationEndpoint } from './authorize/endpoint.ts';
import type { EndpointRequest } from './client-auth/authenticate.ts';
import type { EndpointAnswer } from './endpoints/answer.ts';
import { introspect } from './endpoints/introspect.ts';
import { jwks } from './endpoints/jwks.ts';
import { metadata } from './endpoints/metadata.ts';
import { revoke } from './endpoints/revoke.ts';
import { token, tokenByGet } from './endpoints/token.ts';
import type { OAuthDeps } from './options.ts';

export type * from './authorize/contract.ts';
export { TRANSACTION_MS } from './authorize/endpoint.ts';
export type { EndpointRequest } from './client-auth/authenticate.ts';
export type { EndpointAnswer } from './endpoints/answer.ts';
export { rotateSigningKey } from './keys/signing-key.ts';
export type { OAuthDeps, OAuthLifetimes } from './options.ts';
export type * from './ports/index.ts';

export interface AuthorizationServer {
  readonly authorization: AuthorizationEndpoint;
  readonly token: (request: EndpointRequest) => Promise<EndpointAnswer>;
  /** `params` are the query's here, and only here. */
  readonly tokenByGet: (request: EndpointRequest) => Promise<EndpointAnswer>;
  readonly revoke: (request: EndpointRequest) => Promise<EndpointAnswer>;
  readonly introspect: (request: EndpointRequest) => Promise<EndpointAnswer>;
  readonly metadata: () => EndpointAnswer;
  readonly jwks: () => Promise<EndpointAnswer>;
}

export function createAuthorizationServer(deps: OAuthDeps): AuthorizationServer {
  return {
    authorization: createAuthorizationEndpoint(deps),
    token: (request) => token(request, deps),
    tokenByGet: (request) => tokenByGet(request, deps),
    revoke: (request) => revoke(request, deps),
    introspect: (request) => introspect(request, deps),
    metadata: () => metadata(deps.issuer),
    jwks: () => jwks(deps),
  };
}
