import { type Brand, PageError } from '#kernel';
import type { OAuthClient } from '../ports/index.ts';

/** A redirect URI that this client registered: the only kind of string that ever becomes a Location. */
export type ProvenRedirectUri = Brand<'ProvenRedirectUri'>;

export interface ProvenTarget {
  readonly uri: ProvenRedirectUri;
  /** Whether the request named it. */
  readonly sent: boolean;
}

const MAX_LENGTH = 2048;
const LOOPBACK = /^http:\/\/(127\.0\.0\.1|\[::1\]|localhost)(?::([1-9][0-9]{0,4}))?((?:[/?].*)?)$/;

/**
 * Compares raw strings and nothing else (RFC 9700 §2.1): parsing is what lets look-alikes through. The one exception is
 * RFC 8252 §7.3: a native client on the loopback interface may ask for any port.
 */
export function isRegisteredUri(client: Pick<OAuthClient, 'type' | 'redirectUris'>, uri: string): boolean {
  if (uri.length > MAX_LENGTH) return false;
  if (client.redirectUris.includes(uri)) return true;
  return client.type === 'native' && client.redirectUris.some((registered) => sameLoopback(registered, uri));
}

function sameLoopback(registered: string, asked: string): boolean {
  const a = LOOPBACK.exec(registered);
  const b = LOOPBACK.exec(asked);
  return a !== null && b !== null && a[1] === b[1] && a[3] === b[3] && Number(b[2] ?? 80) <= 65535;
}

/** Second check (R0): from here on, and only from here on, errors may travel to the client. */
export function provenTarget(params: ReadonlyMap<string, string>, client: OAuthClient): ProvenTarget {
  const asked = params.get('redirect_uri');
  if (asked !== undefined) {
    if (!isRegisteredUri(client, asked))
      throw new PageError('bad-redirect-uri', 400, { reason: 'unknown-redirect-uri' });
    return { uri: asked as ProvenRedirectUri, sent: true };
  }
  // RFC 6749 §3.1.2.3: it may be left out only by a client with exactly one.
  const only = client.redirectUris[0];
  if (only === undefined || client.redirectUris.length !== 1) {
    throw new PageError('bad-redirect-uri', 400, { reason: 'missing-redirect-uri' });
  }
  return { uri: only as ProvenRedirectUri, sent: false };
}
