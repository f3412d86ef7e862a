import type { HttpAnswer } from '#http';
import { PageError } from '#kernel';
import type { AuthorizationAnswer } from '#oauth';
import type { SigninDeps } from '../deps.ts';
import { destinationOf, formActionOf } from '../destination.ts';
import { formPostPage } from '../pages/form-post.ts';
import type { Language } from '../visitor.ts';

/** Ours or a proven one of a client's; 303, so that a password is never posted on (RFC 9700 §4.12). */
export const redirect = (location: string, more: Omit<HttpAnswer, 'status'> = {}): HttpAnswer => ({
  ...more,
  status: 303,
  headers: { ...more.headers, Location: location },
});

/** Sends the client its answer. Null means that the transaction was ended before: a second tab, a double click (CO-14). */
export function sendAnswer(deps: SigninDeps, answer: AuthorizationAnswer | null, language: Language): HttpAnswer {
  if (answer === null) throw new PageError('already-done', 409, { reason: 'ticket-dead' });
  if (answer.mode === 'redirect') return redirect(answer.location);
  const { words, locale } = language;
  return deps.pages.page({
    locale,
    title: words.formPost.title,
    self: null,
    formAction: formActionOf(answer.action),
    main: formPostPage({
      words: words.formPost,
      action: answer.action,
      destination: destinationOf(answer.action, words.consent),
      fields: answer.fields,
    }),
  });
}
