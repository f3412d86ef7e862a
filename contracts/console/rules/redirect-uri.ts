import type { ClientType } from '../terms.ts';

export type RedirectUriProblem =
  | 'too-long'
  | 'not-a-url'
  | 'characters'
  | 'fragment'
  | 'user-information'
  | 'not-https'
  | 'scheme'
  | 'not-canonical'
  | 'dot-segments'
  | 'response-parameter';

const MAX_LENGTH = 2048;
/** Printable ASCII that a URI may hold as it stands (RFC 3986 §2); international names are registered as A-labels. */
const PLAIN = /^[A-Za-z0-9\-._~:/?#[\]@!$&'()+,;=%]+$/;
/** A name as DNS has them, or an IPv6 address: what else parsers take for a host could not stand in a security policy. */
const HOST = /^(?:[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9])?|\[[0-9a-f:]+\])$/;
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
/** Private-use schemes hold a reversed domain name, so they hold a dot (RFC 8252 §7.1). */
const PRIVATE_SCHEME = /^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/;
/** Our answers use these; a registered one would pollute them (RU-41). */
const RESPONSE_PARAMETERS: ReadonlySet<string> = new Set([
  'code',
  'state',
  'iss',
  'error',
  'error_description',
  'id_token',
  'access_token',
  'token_type',
  'response',
]);

/**
 * Whether a redirect URI may be registered; null when it may. This is where URIs are parsed and never again: requests
 * are compared with it as raw strings, so it must stand here exactly as the client will send it.
 */
export function redirectUriProblem(uri: string, type: ClientType): RedirectUriProblem | null {
  if (uri.length > MAX_LENGTH) return 'too-long';
  if (!PLAIN.test(uri)) return 'characters';
  if (uri.includes('#')) return 'fragment';
  if (!URL.canParse(uri)) return 'not-a-url';
  const url = new URL(uri);
  if (url.username !== '' || url.password !== '' || /^[^/?]*\/\/[^/?]*@/.test(uri)) return 'user-information';
  if (/\/\.{1,2}(?:[/?]|$)|%2e|%2f|%5c|%00/i.test(uri)) return 'dot-segments';
  for (const name of url.searchParams.keys()) if (RESPONSE_PARAMETERS.has(name)) return 'response-parameter';
  if (url.protocol === 'https:' || url.protocol === 'http:') {
    if (url.protocol === 'http:' && !LOOPBACK_HOSTS.has(url.hostname)) return 'not-https';
    if (!HOST.test(url.hostname)) return 'characters';
    const rest = uri.slice(url.origin.length);
    return uri.startsWith(url.origin) && (rest === '' || rest.startsWith('/') || rest.startsWith('?'))
      ? null
      : 'not-canonical';
  }
  return type === 'native' && PRIVATE_SCHEME.test(url.protocol) && uri.startsWith(url.protocol) ? null : 'scheme';
}

/** The origin that browsers report for a page there; a scheme of its own for private-use URIs. */
export function originOf(uri: string): string {
  const url = new URL(uri);
  return url.origin === 'null' ? url.protocol : url.origin;
}
