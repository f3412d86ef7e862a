import type { IncomingMessage } from 'node:http';
import { type Failure, failure } from './failure.ts';
import type { Match } from './route-table.ts';
import { surfaceOf, type WireSurface } from './surface.ts';
import type { Route } from './types.ts';

const MAX_HEADERS = 100;
/** Node keeps the first of these and drops the rest silently (RT-31), so two of them are refused. */
const SINGLE = new Set(['authorization', 'host', 'cookie', 'content-type', 'content-length']);
const HOST = /^[A-Za-z0-9.\-_:[\]]*$/;
/** Printable ASCII: everything else must be percent-encoded (RFC 3986 §2). */
const TARGET = /^\/[\x21-\x7E]*$/;

/** A request that may reach its handler. */
export interface Arrival {
  readonly path: string;
  /** The query as it was sent, without the question mark; parsed when somebody asks. */
  readonly rawQuery: string;
  readonly route: Route;
  readonly params: Readonly<Record<string, string>>;
}

export type GateAnswer =
  | { readonly kind: 'pass'; readonly arrival: Arrival }
  | {
      readonly kind: 'preflight';
      readonly methods: string;
      readonly cors: NonNullable<Route['cors']>;
      readonly path: string;
    }
  | {
      readonly kind: 'refuse';
      readonly failure: Failure;
      readonly surface: WireSurface;
      readonly path: string;
      readonly headers: Readonly<Record<string, string>>;
    };

/**
 * What is decided about a request before the framework sees it, in this order: target, header count, repeated headers,
 * Host, path, method. No I/O.
 */
export function gate(message: IncomingMessage, match: (path: string) => Match | null): GateAnswer {
  const target = message.url ?? '';
  // PA-21: the absolute form (`GET http://evil/…`), `*` and CONNECT's authority are for proxies.
  if (!TARGET.test(target)) return refuse('', failure(400, 'malformed'), 'plain');
  const mark = target.indexOf('?');
  const path = mark < 0 ? target : target.slice(0, mark);

  const headers = message.rawHeaders;
  if (headers.length > MAX_HEADERS * 2) return refuse(path, failure(431, 'too-large'));
  const seen = new Set<string>();
  for (let at = 0; at < headers.length; at += 2) {
    const name = headers[at]?.toLowerCase() ?? '';
    if (!SINGLE.has(name)) continue;
    if (seen.has(name)) return refuse(path, failure(400, 'malformed'));
    seen.add(name);
  }
  if (!HOST.test(message.headers.host ?? '')) return refuse(path, failure(400, 'malformed'));

  const found = match(path);
  if (found === null) return refuse(path, failure(404, 'malformed'));
  const route = found.routes.get(message.method ?? '');
  if (route !== undefined) {
    const rawQuery = mark < 0 ? '' : target.slice(mark + 1);
    return { kind: 'pass', arrival: { path, rawQuery, route, params: found.params } };
  }
  const cors = [...found.routes.values()].find((each) => each.cors !== undefined)?.cors;
  const methods = [...found.routes.keys(), ...(cors === undefined ? [] : ['OPTIONS'])].toSorted().join(', ');
  if (message.method === 'OPTIONS' && cors !== undefined) return { kind: 'preflight', methods, cors, path };
  const surface = found.routes.values().next().value?.surface;
  return refuse(path, failure(405, 'wrong-method'), surface, { Allow: methods });
}

const refuse = (
  path: string,
  failed: Failure,
  surface: WireSurface = surfaceOf(path),
  headers: Record<string, string> = {},
): GateAnswer => ({ kind: 'refuse', failure: failed, surface, path, headers });
