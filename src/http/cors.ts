import type { Route } from './types.ts';

type Headers = Record<string, string>;

/** An origin as browsers send it; `null` and anything longer than an origin can be is none (LK-10). */
const ORIGIN = /^https?:\/\/[A-Za-z0-9.\-[\]:]{1,255}$/;
const MAX_AGE = '600';

/**
 * Headers that let a page of another origin read this answer. Never with credentials: cookies mean nothing on these
 * routes. Documents that say the same to everybody are open to all; the token and revocation endpoints to the exact
 * origins of registered public clients.
 */
export async function corsHeaders(
  kind: Route['cors'],
  origin: string | undefined,
  isPublicClientOrigin: (origin: string) => Promise<boolean>,
): Promise<Headers> {
  if (kind === undefined) return {};
  if (kind === 'metadata') return { 'Access-Control-Allow-Origin': '*' };
  if (origin === undefined || !ORIGIN.test(origin) || !(await isPublicClientOrigin(origin))) return { Vary: 'Origin' };
  return {
    Vary: 'Origin',
    'Access-Control-Allow-Origin': origin,
    'Access-Control-Expose-Headers': 'WWW-Authenticate, Retry-After, X-Request-Id',
  };
}

/** The answer to a preflight: `allowed` is what corsHeaders said about the origin. */
export function preflightHeaders(methods: string, allowed: Headers): Headers {
  if (allowed['Access-Control-Allow-Origin'] === undefined) return allowed;
  const { 'Access-Control-Expose-Headers': _, ...origin } = allowed;
  return {
    ...origin,
    'Access-Control-Allow-Methods': methods,
    'Access-Control-Allow-Headers': 'content-type, authorization',
    'Access-Control-Max-Age': MAX_AGE,
  };
}
