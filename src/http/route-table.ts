import { decode } from './parameters.ts';
import type { Route } from './types.ts';

export interface Match {
  /** By method; HEAD included where it is served. */
  readonly routes: ReadonlyMap<string, Route>;
  readonly params: Readonly<Record<string, string>>;
}

interface Pattern {
  readonly segments: readonly string[];
  readonly routes: Map<string, Route>;
}

/**
 * Says which route a path is, by its raw text: no case folding, no merging of slashes, no decoding of literal segments,
 * so that every guard and limit sees the one spelling that reaches a handler (PA-20). Decides 404 and 405; the
 * framework's router agrees with it or is not asked.
 */
export function routeTable(routes: readonly Route[]): (path: string) => Match | null {
  const literal = new Map<string, Pattern>();
  const patterned: Pattern[] = [];
  for (const route of routes) {
    const pattern = literal.get(route.path) ?? { segments: route.path.split('/'), routes: new Map() };
    if (pattern.routes.has(route.method)) throw new Error(`Two routes for ${route.method} ${route.path}.`);
    pattern.routes.set(route.method, route);
    if (servesHead(route)) pattern.routes.set('HEAD', route);
    if (!literal.has(route.path) && route.path.includes('/:')) patterned.push(pattern);
    literal.set(route.path, pattern);
  }
  return (path) => {
    const exact = path.includes('/:') ? undefined : literal.get(path);
    if (exact !== undefined) return { routes: exact.routes, params: {} };
    const asked = path.split('/');
    for (const pattern of patterned) {
      const params = paramsOf(pattern.segments, asked);
      if (params !== null) return { routes: pattern.routes, params };
    }
    return null;
  };
}

/** Probes and static files; pages and APIs have nothing to say without a body. */
export const servesHead = (route: Route): boolean =>
  route.method === 'GET' && (route.surface === 'plain' || route.path.startsWith('/assets/'));

function paramsOf(segments: readonly string[], asked: readonly string[]): Record<string, string> | null {
  if (segments.length !== asked.length) return null;
  const params: Record<string, string> = {};
  for (const [at, segment] of segments.entries()) {
    const text = asked[at] ?? '';
    if (!segment.startsWith(':')) {
      if (segment !== text) return null;
      continue;
    }
    // A plus sign is itself in a path; only forms read it as a space.
    const value = decode(text.replaceAll('+', '%2B'));
    if (value === null || value === '') return null;
    params[segment.slice(1)] = value;
  }
  return params;
}
