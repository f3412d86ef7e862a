import type { TSchema } from 'typebox';
import { actBy } from '#audit';
import { ENDPOINTS, type Endpoint, type EndpointName } from '#contracts/console';
import { type HttpAnswer, type HttpRequest, requireOwnRequest, type Route } from '#http';
import { requireAccess, requireMember, requireOwned } from './access.ts';
import type { Handlers } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';
import { readParams, readShape, writeShape } from './shape.ts';

export const BASE = '/api/v1';

/** Every route of the table, each behind the same pipeline. */
export const routesOf = (deps: ConsoleDeps, handlers: Handlers): Route[] =>
  (Object.keys(ENDPOINTS) as EndpointName[]).map((name) => routeOf(deps, handlers, name));

function routeOf(deps: ConsoleDeps, handlers: Handlers, name: EndpointName): Route {
  const endpoint: Endpoint = ENDPOINTS[name];
  const { method, access } = endpoint;

  /** The order of checks: who, from where, may they, about what, with what. Nothing is read or done before all of it. */
  async function handle(request: HttpRequest): Promise<HttpAnswer> {
    const member = await requireMember(deps, request);
    if (method !== 'GET') requireOwnRequest(deps, request, member.cookie);
    requireAccess(access, member);
    const params = endpoint.params && readParams(endpoint.params, request.pathParams);
    const client = access === 'owner' ? await requireOwned(deps, request.pathParams['id'], member) : null;
    const query = endpoint.query && readShape(endpoint.query, Object.fromEntries(request.query()));
    const body = endpoint.body && readShape(endpoint.body, request.json);
    const kind = access === 'operator' ? 'operator' : 'user';
    const act = actBy(request, deps.clock.now(), { kind, id: member.id });
    const asked = { member, act, locale: request.locale, params, query, body, client };
    // Each part was just checked against the schema that its type is made from.
    const handler = handlers[name] as (asked: object) => Promise<object | string>;
    return answer(endpoint, await handler(asked));
  }

  return { method, path: BASE + endpoint.path, surface: 'console', body: endpoint.body ? 'json' : 'none', handle };
}

function answer({ answer: schema, status, path }: Endpoint, given: object | string): HttpAnswer {
  if (typeof given === 'string') {
    const file = `medbiz-${path.split('/').at(-1) ?? 'export'}`;
    const headers = { 'Content-Disposition': `attachment; filename="${file}"` };
    return { status, type: 'text/csv; charset=utf-8', headers, body: given };
  }
  return { status, body: writeShape(schema as TSchema, given) };
}
