import { ok } from '#kernel';
import type { AuthorizationRequest } from '../ports/index.ts';
import { type Check, refusal } from './refusal.ts';

type Mode = AuthorizationRequest['responseMode'];

/** Where an answer goes when nothing else is known: a token never travels in a query (Multiple Response Types §5). */
export const defaultMode = (responseType: string | undefined): Mode =>
  responseType === 'token' ? 'fragment' : 'query';

export function checkResponseMode(params: ReadonlyMap<string, string>, responseType: 'code' | 'token'): Check<Mode> {
  const asked = params.get('response_mode');
  switch (asked) {
    case undefined:
      return ok(defaultMode(responseType));
    case 'fragment':
    case 'form_post':
      return ok(asked);
    case 'query':
      return responseType === 'token'
        ? refusal('invalid_request', 'response_mode=query is not possible with response_type=token.', 'malformed')
        : ok(asked);
    default:
      return refusal('invalid_request', 'response_mode must be query, fragment or form_post.', 'malformed');
  }
}
