import {
  ApiError,
  type ApiErrorCode,
  ConsoleError,
  type ConsoleErrorCode,
  type FieldProblem,
  OAuthError,
  type OAuthErrorCode,
  PageError,
  type PageErrorKind,
  type PrivateReason,
} from '#kernel';
import { apiCodeOf, consoleCodeOf, pageKindOf } from './surface.ts';

/** Any error, in the words of every surface, so that it can be answered wherever it surfaced. */
export interface Failure {
  readonly status: number;
  readonly sentence: string;
  /** For logs. 'fault' is an error that nobody foresaw. */
  readonly reason: PrivateReason | 'fault';
  readonly oauth: OAuthErrorCode;
  readonly api: ApiErrorCode;
  readonly console: ConsoleErrorCode;
  readonly page: PageErrorKind;
  /** Seconds; always set on 429 and 503. */
  readonly retryAfter: number | undefined;
  readonly basicChallenge: boolean;
  readonly bareChallenge: boolean;
  readonly scope: string | undefined;
  /** Of a form, on the console's own API alone. */
  readonly fields: readonly FieldProblem[] | undefined;
}

const DEFAULT_RETRY: Readonly<Record<number, number>> = { 429: 60, 503: 5 };

/** Sentences for errors that brought none for this surface. They say nothing about the inside (LK-07). */
const SENTENCES: Readonly<Record<number, string>> = {
  400: 'The request could not be read.',
  401: 'A valid access token is needed.',
  403: 'This is not allowed.',
  404: 'There is nothing here.',
  405: 'This method is not possible here.',
  413: 'The request is too large.',
  415: 'The content type is not possible here.',
  429: 'Too many requests. Try again later.',
  431: 'The request has too many headers.',
  500: 'The server could not answer.',
  503: 'The server can not answer just now. Try again later.',
};

export function failure(status: number, reason: Failure['reason'], known: Partial<Failure> = {}): Failure {
  return {
    status,
    reason,
    sentence: SENTENCES[status] ?? SENTENCES[status >= 500 ? 500 : 400] ?? '',
    oauth: status === 503 ? 'temporarily_unavailable' : status >= 500 ? 'server_error' : 'invalid_request',
    api: apiCodeOf(status),
    console: consoleCodeOf(status),
    page: pageKindOf(status),
    basicChallenge: false,
    bareChallenge: false,
    scope: undefined,
    fields: undefined,
    ...known,
    retryAfter: known.retryAfter ?? DEFAULT_RETRY[status],
  };
}

export function failureOf(error: unknown): Failure {
  if (error instanceof OAuthError) {
    const { code: oauth, message: sentence, retryAfter, challenge: basicChallenge } = error;
    return failure(error.status, error.reason, { oauth, sentence, retryAfter, basicChallenge });
  }
  if (error instanceof ApiError) {
    const { code: api, message: sentence, retryAfter, bareChallenge, scope } = error;
    return failure(error.status, error.reason, { api, sentence, retryAfter, bareChallenge, scope });
  }
  if (error instanceof ConsoleError) {
    const { code: console, message: sentence, retryAfter, fields } = error;
    return failure(error.status, error.reason, { console, sentence, retryAfter, fields });
  }
  if (error instanceof PageError) {
    return failure(error.status, error.reason, { page: error.kind, retryAfter: error.retryAfter });
  }
  // Storage throws for faults alone, by this name; this module must not import it (import table).
  if (error instanceof Error && error.name === 'StorageError') return failure(503, 'storage');
  const status = frameworkStatus(error);
  return status === null ? failure(500, 'fault') : failure(status, status === 415 ? 'wrong-media-type' : 'malformed');
}

/** Fastify's own refusals of a request (`FST_…`) carry the status they mean. */
function frameworkStatus(error: unknown): number | null {
  if (!(error instanceof Error) || !('statusCode' in error) || !('code' in error)) return null;
  const { statusCode, code } = error;
  const own = typeof code === 'string' && code.startsWith('FST_');
  return own && typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : null;
}
