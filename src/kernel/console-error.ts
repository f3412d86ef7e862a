import type { PrivateReason } from './errors.ts';

/** What `error` says in an answer of the console's own API, and the status it comes with. */
const STATUS = {
  invalid_request: 400,
  login_required: 401,
  login_again: 403,
  wrong_password: 403,
  forged_request: 403,
  not_allowed: 403,
  not_a_developer: 403,
  own_client: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  changed_meanwhile: 409,
  not_in_this_status: 409,
  too_many_secrets: 409,
  last_operator: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  server_error: 500,
  unavailable: 503,
} as const;

export type ConsoleErrorCode = keyof typeof STATUS;
export const CONSOLE_ERRORS = Object.keys(STATUS) as readonly ConsoleErrorCode[];

/** What is wrong at which field of a form. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
  /** The value it is about, where there are several. */
  readonly value?: string;
}

/** An answer of the console's own API: the open API's shape (platform contract, section 8) with the fields of a form. */
export class ConsoleError extends Error {
  readonly code: ConsoleErrorCode;
  readonly status: number;
  readonly reason: PrivateReason;
  readonly fields: readonly FieldProblem[] | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    code: ConsoleErrorCode,
    sentence: string,
    details: {
      readonly reason: PrivateReason;
      readonly status?: number;
      readonly fields?: readonly FieldProblem[];
      readonly retryAfter?: number;
      readonly cause?: unknown;
    },
  ) {
    super(sentence, { cause: details.cause });
    this.name = 'ConsoleError';
    this.code = code;
    this.status = details.status ?? STATUS[code];
    this.reason = details.reason;
    this.fields = details.fields;
    this.retryAfter = details.retryAfter;
  }
}
