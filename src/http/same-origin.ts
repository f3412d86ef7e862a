import type { IncomingMessage } from 'node:http';
import type { HttpRequest } from './types.ts';

const LOOKING_AHEAD = ['sec-purpose', 'purpose', 'x-moz', 'x-purpose'] as const;

/**
 * Whether a form post comes from a page of ours, as far as the browser says: Origin, where sent, is ours; Sec-Fetch-Site,
 * where sent, is same-origin or none. Every page form checks this beside its own CSRF field (CS-01); old browsers and
 * WebViews that send neither are held by the field and the SameSite cookie.
 */
export function sameOriginPost(request: Pick<HttpRequest, 'header'>, publicUrl: string): boolean {
  const origin = request.header('origin');
  if (origin !== undefined && origin !== new URL(publicUrl).origin) return false;
  const site = request.header('sec-fetch-site');
  return site === undefined || site === 'same-origin' || site === 'none';
}

/** A browser or a link scanner that only looks ahead (Sec-Purpose: prefetch, and what older ones send). */
export function isPrefetch({ headers }: Pick<IncomingMessage, 'headers'>): boolean {
  return LOOKING_AHEAD.some((name) => /^(?:prefetch|preview)\b/i.test(String(headers[name] ?? '')));
}
