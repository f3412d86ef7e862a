import { ConsoleError, equalText, hmacBase64url, PageError } from '#kernel';
import { sameOriginPost } from './same-origin.ts';
import type { HttpRequest } from './types.ts';

/** Everything that guards an unsafe request besides the SameSite cookie (CS-01, CS-08, WB-05). */
export interface FormGuard {
  /** 32 bytes, the same for every process. */
  readonly csrfKey: Uint8Array;
  readonly publicUrl: string;
}

/** What only a page of ours in the browser that holds `cookie` knows: a form's hidden field, or the header of our scripts. */
export const formToken = (guard: FormGuard, cookie: string): string => hmacBase64url(guard.csrfKey, `form\n${cookie}`);

const isOurs = (guard: FormGuard, request: HttpRequest, cookie: string | undefined, sent: string): boolean =>
  cookie !== undefined && sameOriginPost(request, guard.publicUrl) && equalText(sent, formToken(guard, cookie));

/**
 * Throws PageError `forged-form` (403) unless the form came from a page of ours in the browser that holds `cookie`: the
 * session cookie for whoever is logged in, the pre-session cookie for login and sign-up.
 */
export function requireOwnForm(guard: FormGuard, request: HttpRequest, cookie: string | undefined): void {
  if (isOurs(guard, request, cookie, request.form.get('csrf') ?? '')) return;
  throw new PageError('forged-form', 403, { reason: 'csrf' });
}

/**
 * The same for the console's API: the token comes in a header of its own, which no form and no simple request of another
 * site can send (WB-05). Throws ConsoleError `forged_request`.
 */
export function requireOwnRequest(guard: FormGuard, request: HttpRequest, cookie: string): void {
  if (isOurs(guard, request, cookie, request.header('x-csrf-token') ?? '')) return;
  throw new ConsoleError('forged_request', 'The request did not come from a page of ours.', { reason: 'csrf' });
}
