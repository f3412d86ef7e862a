import type { IncomingMessage } from 'node:http';

/**
 * Where a page that was asked for on another host stands: our cookies live on the public URL's host alone, and every
 * link names it whatever `Host` says (AC-12). Null when it is the right one. Behind a trusted proxy the host that the
 * browser named is the proxy's to tell, in X-Forwarded-Host; without it we stay where we are rather than turn in circles.
 */
export function otherHost(message: IncomingMessage, publicUrl: string, trustedProxies: number): string | null {
  const forwarded = message.headers['x-forwarded-host'];
  const named = trustedProxies > 0 ? forwarded : message.headers.host;
  if (typeof named !== 'string') return trustedProxies > 0 ? null : publicUrl + (message.url ?? '/');
  const wanted = new URL(publicUrl);
  return hostOf(wanted.protocol, named) === wanted.host ? null : publicUrl + (message.url ?? '/');
}

function hostOf(scheme: string, named: string): string | null {
  try {
    return new URL(`${scheme}//${named}`).host;
  } catch {
    return null;
  }
}
