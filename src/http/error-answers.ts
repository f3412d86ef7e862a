import type { Clock, Locale } from '#kernel';
import type { Failure } from './failure.ts';
import type { WireSurface } from './surface.ts';
import type { HttpAnswer, PageErrorRenderer } from './types.ts';

const REALM = 'realm="MEDBIZ"';

/** What the writers need to know of the request that failed. */
export interface FailedRequest {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly locale: Locale;
}

export interface ErrorWriterDeps {
  readonly clock: Clock;
  readonly renderPageError: PageErrorRenderer;
}

/** Maps a failure to the wire, in the shape of the surface it happened on. The only place where errors become answers. */
export function errorAnswer(
  surface: WireSurface,
  failed: Failure,
  request: FailedRequest,
  deps: ErrorWriterDeps,
): HttpAnswer {
  const retry =
    failed.retryAfter === undefined ? {} : { 'Retry-After': String(Math.max(1, Math.ceil(failed.retryAfter))) };
  switch (surface) {
    case 'oauth':
      return { status: failed.status, headers: { ...retry, ...basicChallenge(failed) }, body: oauthBody(failed) };
    case 'api':
      return {
        status: failed.status,
        headers: { ...retry, ...bearerChallenge(failed) },
        body: apiBody(failed, request, deps.clock),
      };
    case 'console':
      return { status: failed.status, headers: retry, body: consoleBody(failed, request, deps.clock) };
    case 'm2m':
      return {
        status: failed.status,
        headers: { ...retry, 'X-M2M-RSC': String(m2mStatus(failed.status)) },
        body: { 'm2m:dbg': failed.sentence },
      };
    case 'plain':
      return { status: failed.status, headers: retry, body: `${failed.sentence}\n`, type: 'text/plain; charset=utf-8' };
    case 'page':
      return {
        status: failed.status,
        headers: retry,
        body: deps.renderPageError(
          { kind: failed.page, status: failed.status, retryAfter: failed.retryAfter },
          { locale: request.locale, requestId: request.id },
        ),
      };
  }
}

/** RFC 6749 §5.2. */
const oauthBody = (failed: Failure): object => ({
  error: failed.oauth,
  error_description: descriptive(failed.sentence),
});

/** RFC 6749 §5.2: a client that used the Authorization header is told the scheme. */
const basicChallenge = (failed: Failure): Record<string, string> =>
  failed.status === 401 && failed.basicChallenge ? { 'WWW-Authenticate': `Basic ${REALM}` } : {};

/** Platform contract, section 8. `errCode` is a boolean in the mobile SDK; the machine-readable reason is `error`. */
const apiBody = (failed: Failure, request: FailedRequest, clock: Clock): object => ({
  status: failed.status,
  method: request.method,
  path: request.path,
  errCode: true,
  message: failed.sentence,
  timestamp: clock.now(),
  error: failed.api,
});

/** The same for the console, whose callers hold a cookie: a form's fields, and no challenge for a token. */
const consoleBody = (failed: Failure, request: FailedRequest, clock: Clock): object => ({
  ...apiBody(failed, request, clock),
  error: failed.console,
  ...(failed.fields === undefined ? {} : { fields: failed.fields }),
});

/** RFC 6750 §3: on 401 and 403, and on a token presented in a way that can't be read (§3.1, invalid_request). */
function bearerChallenge(failed: Failure): Record<string, string> {
  const due =
    failed.status === 401 || failed.status === 403 || (failed.status === 400 && failed.api === 'invalid_request');
  if (!due) return {};
  if (failed.bareChallenge) return { 'WWW-Authenticate': `Bearer ${REALM}` };
  const parts = [REALM, `error="${failed.api}"`, `error_description="${descriptive(failed.sentence)}"`];
  if (failed.scope !== undefined) parts.push(`scope="${descriptive(failed.scope)}"`);
  return { 'WWW-Authenticate': `Bearer ${parts.join(', ')}` };
}

/** The characters that an error_description may have (RFC 6749 §5.2, RFC 6750 §3); they also keep a header one header. */
const descriptive = (sentence: string): string => sentence.replaceAll(/[^\x20-\x21\x23-\x5B\x5D-\x7E]/g, ' ');

/** oneM2M TS-0004 response status codes for what can go wrong before a resource is reached. */
function m2mStatus(status: number): number {
  if (status === 401 || status === 403) return 4103;
  if (status === 404) return 4004;
  if (status === 405) return 4005;
  if (status === 409) return 4105;
  // What is larger than the container takes (TS-0009 §6.3.2, 5207 NOT_ACCEPTABLE).
  if (status === 406 || status === 413) return 5207;
  if (status === 501) return 5001;
  return status >= 500 ? 5000 : 4000;
}
