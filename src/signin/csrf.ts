import { type HttpRequest, sameOriginPost } from '#http';
import { equalText, hmacBase64url, PageError } from '#kernel';

/** Everything that guards a form besides the SameSite cookie (CS-01, CS-08). */
export interface FormGuard {
  /** 32 bytes, the same for every process. */
  readonly csrfKey: Uint8Array;
  readonly publicUrl: string;
}

/** The hidden field of a form: only a page that we gave to the browser with this cookie has it. */
export const formToken = (guard: FormGuard, cookie: string): string => hmacBase64url(guard.csrfKey, `form\n${cookie}`);

/**
 * Throws PageError `forged-form` (403) unless the form came from a page of ours in the browser that holds `cookie`: the
 * session cookie for whoever is logged in, the pre-session cookie for login and sign-up.
 */
export function requireOwnForm(guard: FormGuard, request: HttpRequest, cookie: string | undefined): void {
  const sent = request.form.get('csrf') ?? '';
  if (cookie !== undefined && sameOriginPost(request, guard.publicUrl) && equalText(sent, formToken(guard, cookie)))
    return;
  throw new PageError('forged-form', 403, { reason: 'csrf' });
}
