import {
  ApiError,
  type ApiErrorCode,
  ConsoleError,
  type ConsoleErrorCode,
  OAuthError,
  PageError,
  type PageErrorKind,
  type PrivateReason,
} from '#kernel';
import type { Surface } from './types.ts';

export type WireSurface = Surface;

const under = (path: string, base: string): boolean => path === base || path.startsWith(`${base}/`);

/** In which shape a path answers when no route does. */
export function surfaceOf(path: string): WireSurface {
  if (path === '/user/me' || under(path, '/v1')) return 'api';
  if (under(path, '/api')) return 'console';
  if (under(path, '/Mobius')) return 'm2m';
  if (
    ['/oauth/token', '/oauth/revoke', '/oauth/introspect', '/oauth/jwks', '/.well-known'].some((base) =>
      under(path, base),
    )
  ) {
    return 'oauth';
  }
  if (path === '/healthz' || path === '/readyz') return 'plain';
  return 'page';
}

const API_CODES: Readonly<Record<number, ApiErrorCode>> = {
  401: 'invalid_token',
  403: 'insufficient_scope',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  500: 'server_error',
  503: 'unavailable',
};

const CONSOLE_CODES: Readonly<Record<number, ConsoleErrorCode>> = {
  401: 'login_required',
  403: 'not_allowed',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'payload_too_large',
  415: 'unsupported_media_type',
  429: 'too_many_requests',
  500: 'server_error',
  503: 'unavailable',
};

const PAGE_KINDS: Readonly<Record<number, PageErrorKind>> = {
  403: 'not-allowed',
  404: 'not-found',
  405: 'wrong-method',
  413: 'too-large',
  414: 'too-large',
  429: 'too-many-tries',
  431: 'too-large',
  500: 'broken',
  503: 'overloaded',
};

export const apiCodeOf = (status: number): ApiErrorCode => API_CODES[status] ?? 'invalid_request';
export const consoleCodeOf = (status: number): ConsoleErrorCode => CONSOLE_CODES[status] ?? 'invalid_request';
export const pageKindOf = (status: number): PageErrorKind => PAGE_KINDS[status] ?? 'bad-request';

/** The error that says "this request can't be read" in the words of its surface. */
export function surfaceError(surface: WireSurface, status: number, reason: PrivateReason, sentence: string): Error {
  if (surface === 'oauth') return new OAuthError('invalid_request', sentence, { reason, status });
  if (surface === 'page') return new PageError(pageKindOf(status), status, { reason });
  if (surface === 'console') return new ConsoleError(consoleCodeOf(status), sentence, { reason, status });
  return new ApiError(status, apiCodeOf(status), sentence, { reason });
}
