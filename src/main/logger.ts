import { pino } from 'pino';
import type { Config } from '#config';
import type { Logger } from '#http';

/** Names under which no value is ever written, at the top or one level down (LK-05). */
const HIDDEN = [
  'authorization',
  'cookie',
  'set-cookie',
  'password',
  'secret',
  'client_secret',
  'code',
  'code_verifier',
  'access_token',
  'refresh_token',
  'link',
  'ticket',
];

/**
 * JSON lines on standard error; standard output is for people. There is no line per request: only starts, warnings,
 * errors, and requests that failed or were slow. Query strings, bodies and headers are never passed here; the list above
 * is a second fence.
 */
export function createLogger(level: Config['logLevel']): Logger {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      redact: { paths: HIDDEN.flatMap((name) => [`["${name}"]`, `*["${name}"]`]), censor: '[hidden]' },
      serializers: { err: describeError },
    },
    pino.destination({ dest: 2, sync: true }),
  );
  return {
    debug: (details, message) => logger.debug(details, message),
    info: (details, message) => logger.info(details, message),
    warn: (details, message) => logger.warn(details, message),
    error: (details, message) => logger.error(details, message),
  };
}

/** What an engineer needs of an error and its causes, and none of the other things that libraries hang on errors. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return String(error);
  return {
    type: error.name,
    message: error.message,
    stack: error.stack,
    ...('code' in error && typeof error.code === 'string' ? { errorCode: error.code } : {}),
    ...(error.cause === undefined || depth >= 3 ? {} : { cause: describeError(error.cause, depth + 1) }),
  };
}
