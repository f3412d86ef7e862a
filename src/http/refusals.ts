import type { IncomingMessage } from 'node:http';
import { type ErrorWriterDeps, errorAnswer } from './error-answers.ts';
import { type Failure, failureOf } from './failure.ts';
import { pickLocale } from './locale.ts';
import type { Logger } from './logger.ts';
import { m2mEcho } from './m2m.ts';
import { lenientQuery } from './request.ts';
import type { WireSurface } from './surface.ts';
import type { Route } from './types.ts';
import { type WireAnswer, wireAnswer } from './wire.ts';

/** The request that can't be served, as far as it is known. */
export interface Refused {
  readonly id: string;
  readonly message: IncomingMessage;
  readonly surface: WireSurface;
  readonly path: string;
  readonly rawQuery?: string;
  readonly route?: Route;
  readonly cors?: Readonly<Record<string, string>> | null;
  /** Beside those of the error: `Allow` of a 405. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Refusals {
  /** For an error that a handler or the framework threw: logged for us, answered in general words (LK-07). */
  thrown(error: unknown, refused: Refused): WireAnswer;
  /** For what the gate decided: too common to be logged. */
  decided(failure: Failure, refused: Refused): WireAnswer;
}

export function createRefusals(deps: ErrorWriterDeps & { logger: Logger; https: boolean }): Refusals {
  function decided(failure: Failure, refused: Refused): WireAnswer {
    const { id, message, path, surface, rawQuery = '' } = refused;
    const locale = pickLocale(lenientQuery({ rawQuery }), undefined, message.headers['accept-language']);
    const answer = errorAnswer(surface, failure, { id, method: message.method ?? '', path, locale }, deps);
    return wireAnswer(
      { ...answer, headers: { ...m2mEcho(surface, message), ...answer.headers, ...refused.headers } },
      { requestId: id, surface, https: deps.https, cors: refused.cors ?? null },
    );
  }

  return {
    decided,
    thrown(error, refused) {
      const failure = failureOf(error);
      const { id: requestId, message, route } = refused;
      const { status, reason } = failure;
      const details = { requestId, method: message.method, route: route?.path ?? null, status, reason };
      if (status >= 500) deps.logger.error({ ...details, err: error }, 'A request failed.');
      // A person who reads an error page may ask about its id; programs have their answer.
      else if (refused.surface === 'page') deps.logger.info(details, 'A page was refused.');
      else deps.logger.debug(details, 'A request was refused.');
      return decided(failure, refused);
    },
  };
}
