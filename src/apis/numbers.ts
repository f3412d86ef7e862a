import type { HttpRequest } from '#http';
import { ApiError } from '#kernel';

/** RS-23: digits and nothing else; no sign, no exponent, no other script. */
const WHOLE = /^(?:0|[1-9][0-9]{0,9})$/;

export const badRequest = (sentence: string): ApiError =>
  new ApiError(400, 'invalid_request', sentence, { reason: 'malformed', bareChallenge: true });

/** A whole number of the query between two bounds, or its default where it was not sent. Throws 400. */
export function wholeNumber(
  request: HttpRequest,
  name: string,
  { otherwise, from, to }: { otherwise: number; from: number; to: number },
): number {
  const text = request.query().get(name);
  if (text === undefined) return otherwise;
  const value = WHOLE.test(text) ? Number(text) : Number.NaN;
  if (value >= from && value <= to) return value;
  throw badRequest(`${name} must be a whole number from ${from} to ${to}.`);
}

/** A member of a JSON object that came as the body; undefined where there is none. */
export function member(json: unknown, name: string): unknown {
  if (typeof json !== 'object' || json === null || !Object.hasOwn(json, name)) return undefined;
  return (json as Record<string, unknown>)[name];
}
