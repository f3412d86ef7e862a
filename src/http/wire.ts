import { writeCookie } from './cookies.ts';
import { securityHeaders } from './security-headers.ts';
import type { WireSurface } from './surface.ts';
import type { HttpAnswer } from './types.ts';

/** An answer as it goes out: every header decided, the body as text or bytes. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Uint8Array;
}

export interface Frame {
  readonly requestId: string;
  readonly surface: WireSurface;
  readonly https: boolean;
  /** Our public origin, where pages may run a script. */
  readonly origin?: string;
  /** From corsHeaders; null on routes that other origins never read. */
  readonly cors: Readonly<Record<string, string>> | null;
}

/** Adds what the edge promises for every answer. Whatever a handler set, the security headers and the id are ours. */
export function wireAnswer(answer: HttpAnswer, frame: Frame): WireAnswer {
  const [body, type] = bodyOf(answer, frame.surface);
  const cached = answer.cacheSeconds !== undefined && answer.status < 400;
  return {
    status: answer.status,
    body,
    headers: {
      ...(body.length > 0 ? { 'Content-Type': type } : {}),
      ...answer.headers,
      // RFC 6749 §5.1 wants Pragma beside it on token answers (LK-08).
      'Cache-Control': cached ? cacheControl(answer.cacheSeconds ?? 0) : 'no-store',
      ...(frame.surface === 'oauth' && !cached ? { Pragma: 'no-cache' } : {}),
      ...securityHeaders({
        html: type.startsWith('text/html'),
        https: frame.https,
        redirect: answer.status >= 300 && answer.status < 400,
        shared: frame.cors !== null,
        formAction: answer.formAction,
        scripted: answer.scripted ?? false,
        script: answer.script === undefined || frame.origin === undefined ? null : `${frame.origin}${answer.script}`,
      }),
      ...frame.cors,
      ...(answer.cookies?.length
        ? { 'Set-Cookie': answer.cookies.map((cookie) => writeCookie(cookie, frame.https)) }
        : {}),
      'X-Request-Id': frame.requestId,
    },
  };
}

/** What may be kept for a year has its content's hash in its name: browsers need not even ask again (RFC 8246). */
const cacheControl = (seconds: number): string =>
  `public, max-age=${seconds}${seconds >= 365 * 24 * 3600 ? ', immutable' : ''}`;

function bodyOf(answer: HttpAnswer, surface: WireSurface): [body: string | Uint8Array, type: string] {
  const { body = '' } = answer;
  if (typeof body === 'string') {
    return [body, answer.type ?? (surface === 'page' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8')];
  }
  if (body instanceof Uint8Array) return [body, answer.type ?? 'application/octet-stream'];
  return [JSON.stringify(body), answer.type ?? 'application/json; charset=utf-8'];
}
