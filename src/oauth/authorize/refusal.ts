import type { OAuthErrorCode, PrivateReason, Result } from '#kernel';

/** Why a request with a proven client and redirect URI can't go on. May travel to the client. */
export interface Refusal {
  readonly code: OAuthErrorCode;
  readonly sentence: string;
  readonly reason: PrivateReason;
}

export type Check<Value> = Result<Value, Refusal>;

export const refusal = (code: OAuthErrorCode, sentence: string, reason: PrivateReason): Result<never, Refusal> => ({
  ok: false,
  problem: { code, sentence, reason },
});
