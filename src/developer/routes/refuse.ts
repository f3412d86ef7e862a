import { ConsoleError, type ConsoleErrorCode, type FieldProblem } from '#kernel';

/** The errors of this API in the words they are sent with. One throw per refusal. */
const REFUSALS = {
  login_required: ['Log in first.', 'not-logged-in'],
  login_again: ['The login is old: give the password again.', 'not-logged-in'],
  wrong_password: ['That is not the password.', 'bad-user-credentials'],
  not_allowed: ['This is not allowed.', 'not-allowed'],
  not_a_developer: ['Agree to the terms for developers first.', 'not-allowed'],
  own_client: ['Nobody decides about a client of their own.', 'not-allowed'],
  not_found: ['There is nothing here.', 'not-found'],
  conflict: ['This can not be done here.', 'conflict'],
  changed_meanwhile: ['It was changed in the meantime. Look at it again.', 'conflict'],
  not_in_this_status: ['This can not be done in its present status.', 'conflict'],
  too_many_secrets: ['The client has as many living secrets as it may have.', 'conflict'],
  last_operator: ['The last operator stays one.', 'conflict'],
} as const satisfies Partial<
  Record<ConsoleErrorCode, readonly [string, ConstructorParameters<typeof ConsoleError>[2]['reason']]>
>;

export type Refusal = keyof typeof REFUSALS;

export function refusal(code: Refusal): ConsoleError {
  const [sentence, reason] = REFUSALS[code];
  return new ConsoleError(code, sentence, { reason });
}

/** 400 with the fields that have to be corrected. */
export const invalid = (fields: readonly FieldProblem[]): ConsoleError =>
  new ConsoleError('invalid_request', 'The request has fields that can not be taken.', { reason: 'malformed', fields });
