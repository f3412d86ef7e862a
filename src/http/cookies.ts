import { no, ok, type Result } from '#kernel';
import type { Cookie, Params } from './types.ts';

/** Our cookies' names start with this; others on the same host are none of our business. */
const OURS = 'medbiz';
/** Holds the login session's handle. */
export const SESSION_COOKIE = OURS;
const HOST_PREFIX = '__Host-';
const VALUE = /^[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]*$/;
const MAX_BYTES = 4096;

/**
 * Our cookies of a request, by the name modules use. On https only `__Host-` ones count: nobody but this very host can
 * have set them (CS-10). Two of one name are refused, since we can't know which one is ours.
 */
export function readCookies(header: string | undefined, https: boolean): Result<Params, 'repeated-parameter'> {
  const cookies = new Map<string, string>();
  const prefix = https ? HOST_PREFIX : '';
  for (const pair of header?.split(';') ?? []) {
    const mark = pair.indexOf('=');
    if (mark < 0) continue;
    const full = pair.slice(0, mark).trim();
    if (!full.startsWith(prefix + OURS)) continue;
    const name = full.slice(prefix.length);
    if (cookies.has(name)) return no('repeated-parameter');
    cookies.set(name, pair.slice(mark + 1).trim());
  }
  return ok(cookies);
}

/** One Set-Cookie line. Without `Secure` only on plain-http loopback, where many cookie jars never send a Secure one back. */
export function writeCookie(cookie: Cookie, https: boolean): string {
  const line = [
    `${https ? HOST_PREFIX : ''}${cookie.name}=${cookie.value}`,
    'Path=/',
    'HttpOnly',
    'SameSite=Lax',
    ...(https ? ['Secure'] : []),
    ...(cookie.value === '' ? ['Max-Age=0'] : []),
    ...(cookie.value !== '' && cookie.maxAgeSeconds !== undefined ? [`Max-Age=${cookie.maxAgeSeconds}`] : []),
  ].join('; ');
  if (!VALUE.test(cookie.value) || !cookie.name.startsWith(OURS) || line.length > MAX_BYTES) {
    throw new Error(`The cookie ${cookie.name} can not be sent.`);
  }
  return line;
}
