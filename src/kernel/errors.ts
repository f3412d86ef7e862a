/**
 * Errors that travel. Each carries a public code (the RFC's own), a public sentence, a private reason from a closed
 * union for logs, and a cause. Writers in `http` map them to the wire; nothing else does.
 */

/** RFC 6749 §4.1.2.1 and §5.2, RFC 6750 §3.1, OpenID Connect Core §3.1.2.6. */
export type OAuthErrorCode =
  | 'invalid_request'
  | 'invalid_client'
  | 'invalid_grant'
  | 'unauthorized_client'
  | 'unsupported_grant_type'
  | 'unsupported_response_type'
  | 'invalid_scope'
  | 'access_denied'
  | 'login_required'
  | 'consent_required'
  | 'server_error'
  | 'temporarily_unavailable';

/** Why, for those who run the platform. Never sent. */
export type PrivateReason =
  | 'malformed'
  | 'repeated-parameter'
  | 'too-large'
  | 'wrong-media-type'
  | 'wrong-method'
  | 'unknown-client'
  | 'client-not-live'
  | 'unknown-redirect-uri'
  | 'missing-redirect-uri'
  | 'method-not-registered'
  | 'not-allowed-by-operator'
  | 'pkce-missing'
  | 'pkce-malformed'
  | 'pkce-mismatch'
  | 'scope-not-registered'
  | 'scope-not-consented'
  | 'several-client-credentials'
  | 'no-client-credentials'
  | 'bad-client-credentials'
  | 'code-unknown'
  | 'code-expired'
  | 'code-replayed'
  | 'code-of-other-client'
  | 'redirect-uri-mismatch'
  | 'token-of-other-client'
  | 'token-dead'
  | 'refresh-unknown'
  | 'refresh-dead'
  | 'refresh-replayed'
  | 'bad-user-credentials'
  | 'second-factor-needed'
  | 'backed-off'
  | 'pending-not-owner'
  | 'csrf'
  | 'ticket-dead'
  | 'prefetch'
  | 'overloaded'
  | 'not-logged-in'
  | 'not-allowed'
  | 'not-found'
  | 'conflict'
  | 'storage';

interface ErrorDetails {
  readonly reason: PrivateReason;
  readonly cause?: unknown;
  /** Seconds after which asking again makes sense. */
  readonly retryAfter?: number;
}

/** An answer of the token, revocation or introspection endpoint (RFC 6749 §5.2). */
export class OAuthError extends Error {
  readonly code: OAuthErrorCode;
  readonly reason: PrivateReason;
  readonly status: number;
  readonly retryAfter: number | undefined;
  /** True when the client used the Authorization header, so 401 must name the scheme (RFC 6749 §5.2). */
  readonly challenge: boolean;

  constructor(
    code: OAuthErrorCode,
    sentence: string,
    details: ErrorDetails & { status?: number; challenge?: boolean },
  ) {
    super(sentence, { cause: details.cause });
    this.name = 'OAuthError';
    this.code = code;
    this.reason = details.reason;
    this.status = details.status ?? (code === 'invalid_client' ? 401 : 400);
    this.retryAfter = details.retryAfter;
    this.challenge = details.challenge ?? false;
  }
}

/** What a person sees when a page can't be shown. `kind` selects the words in both languages; no text of the request is in it. */
export type PageErrorKind =
  | 'bad-request'
  | 'unknown-client'
  | 'bad-redirect-uri'
  | 'client-unavailable'
  | 'client-in-review'
  | 'expired'
  | 'already-done'
  | 'forged-form'
  | 'not-found'
  | 'wrong-method'
  | 'too-many-tries'
  | 'too-large'
  | 'login-first'
  | 'not-allowed'
  | 'prefetch'
  | 'setup-link-dead'
  | 'overloaded'
  | 'broken';

export class PageError extends Error {
  readonly kind: PageErrorKind;
  readonly status: number;
  readonly reason: PrivateReason;
  readonly retryAfter: number | undefined;

  constructor(kind: PageErrorKind, status: number, details: ErrorDetails) {
    super(kind, { cause: details.cause });
    this.name = 'PageError';
    this.kind = kind;
    this.status = status;
    this.reason = details.reason;
    this.retryAfter = details.retryAfter;
  }
}

/** RFC 6750 §3.1 names for the open APIs, and ours where it has none. */
export type ApiErrorCode =
  | 'invalid_request'
  | 'invalid_token'
  | 'insufficient_scope'
  | 'not_found'
  | 'method_not_allowed'
  | 'conflict'
  | 'too_many_requests'
  | 'payload_too_large'
  | 'unsupported_media_type'
  | 'unavailable'
  | 'server_error';

/** An answer of the open API (platform contract, section 8). */
export class ApiError extends Error {
  readonly code: ApiErrorCode;
  readonly status: number;
  readonly reason: PrivateReason;
  readonly retryAfter: number | undefined;
  /** For 401 and 403: the parameters of the Bearer challenge besides realm and error (RFC 6750 §3). */
  readonly scope: string | undefined;
  /** A request without any token gets a bare challenge: no error code (RFC 6750 §3.1). */
  readonly bareChallenge: boolean;

  constructor(
    status: number,
    code: ApiErrorCode,
    sentence: string,
    details: ErrorDetails & { scope?: string; bareChallenge?: boolean },
  ) {
    super(sentence, { cause: details.cause });
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
    this.reason = details.reason;
    this.retryAfter = details.retryAfter;
    this.scope = details.scope;
    this.bareChallenge = details.bareChallenge ?? false;
  }
}
