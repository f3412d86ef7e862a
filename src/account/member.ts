import type { HttpAnswer, HttpRequest } from '#http';
import type { Session } from '#identity';
import { languageOf, type Language, pathWith, redirect, requireOwnForm, SESSION_COOKIE } from '#signin';
import type { AccountDeps } from './deps.ts';
import { type AccountWords, accountWords } from './words/index.ts';

/** Somebody who is logged in, on one of the account pages. */
export interface Member {
  readonly session: Session;
  /** The session cookie's value; forms are bound to it. */
  readonly cookie: string;
  readonly language: Language;
  readonly words: AccountWords;
}

/** Runs `show` for whoever is logged in, and sends everybody else to the login page, which leads back to `path`. */
export async function forMember(
  deps: AccountDeps,
  request: HttpRequest,
  path: string,
  show: (member: Member) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const cookie = request.cookies.get(SESSION_COOKIE);
  const session = await deps.identity.readSession(cookie);
  if (session === null || cookie === undefined) return redirect(pathWith('/login', { next: path }));
  if (request.method === 'POST') requireOwnForm(deps, request, cookie);
  const language = languageOf(request);
  return show({ session, cookie, language, words: accountWords(language.locale) });
}

/**
 * The same for what matters most: a login older than ten minutes proves who it is once more first, and comes back to
 * `path`. A form that was posted meanwhile is not carried out.
 */
export const forFreshMember = (
  deps: AccountDeps,
  request: HttpRequest,
  path: string,
  show: (member: Member) => Promise<HttpAnswer>,
): Promise<HttpAnswer> =>
  forMember(deps, request, path, async (member) =>
    deps.identity.isFresh(member.session) ? show(member) : redirect(pathWith('/login', { next: path, fresh: '1' })),
  );
