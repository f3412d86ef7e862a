import type { Words } from './words/index.ts';

const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|\[::1\]|localhost)$/;

/** Where the browser goes after consent, in a person's words: a host (in ASCII, so that look-alikes show) or an app. */
export function destinationOf(redirectUri: string, words: Words['consent']): string {
  const url = new URL(redirectUri);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return words.goesToApp(url.protocol.slice(0, -1));
  return LOOPBACK.test(url.hostname) ? words.goesToThisComputer : url.host;
}

/**
 * What Content-Security-Policy must let forms end at so that Chromium follows the redirect to the client. A scheme of
 * an app's own has no origin, and an IPv6 literal can not be written there at all, so these name the scheme.
 */
export function formActionOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && !url.hostname.startsWith('[') ? url.origin : url.protocol;
}
