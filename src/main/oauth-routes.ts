import type { HttpAnswer, HttpRequest, Params, Route } from '#http';
import type { Clock } from '#kernel';
import type { AuthorizationServer, EndpointAnswer, EndpointRequest } from '#oauth';
import { actOfRequest } from './act.ts';

/** How long others may keep what is the same for everybody. */
const PUBLIC_SECONDS = 300;

/** Puts the protocol's endpoints on the wire. The authorization endpoint is sign-in's: it answers with pages. */
export function oauthRoutes(server: AuthorizationServer, clock: Clock): Route[] {
  const asked = (request: HttpRequest, params: Params): EndpointRequest => ({
    params,
    authorization: request.header('authorization'),
    act: actOfRequest(request, clock.now()),
  });
  const post = (
    path: string,
    endpoint: (request: EndpointRequest) => Promise<EndpointAnswer>,
    cors: boolean,
  ): Route => ({
    method: 'POST',
    path,
    surface: 'oauth',
    body: 'form',
    ...(cors ? { cors: 'public-client' as const } : {}),
    // The query is never read (RFC 6749 §3.2).
    handle: async (request) => answer(await endpoint(asked(request, request.form))),
  });
  const published = (path: string, document: () => EndpointAnswer | Promise<EndpointAnswer>): Route => ({
    method: 'GET',
    path,
    surface: 'oauth',
    body: 'none',
    cors: 'metadata',
    handle: async () => ({ ...answer(await document()), cacheSeconds: PUBLIC_SECONDS }),
  });
  return [
    post('/oauth/token', server.token, true),
    {
      method: 'GET',
      path: '/oauth/token',
      surface: 'oauth',
      body: 'none',
      handle: async (request) => answer(await server.tokenByGet(asked(request, request.query()))),
    },
    post('/oauth/revoke', server.revoke, true),
    // Confidential clients alone: no page of another origin has a secret to show.
    post('/oauth/introspect', server.introspect, false),
    published('/.well-known/oauth-authorization-server', server.metadata),
    published('/oauth/jwks', server.jwks),
  ];
}

const answer = ({ status, body, headers }: EndpointAnswer): HttpAnswer => ({
  status,
  ...(body === undefined ? {} : { body }),
  ...(headers === undefined ? {} : { headers }),
});
