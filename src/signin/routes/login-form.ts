import { formToken, type HttpAnswer, type HttpRequest, requireOwnForm } from '#http';
import type { PasswordVerdict, Session } from '#identity';
import { SECOND } from '#kernel';
import type { SigninDeps } from '../deps.ts';
import { loginPage } from '../pages/login.ts';
import { actOf, type KnownBrowser, knownBrowser, pathWith } from '../visitor.ts';
import { carried, formActionFor, loginPath, type Way } from '../way.ts';
import type { Words } from '../words/index.ts';
import { admitted } from './admit.ts';

export interface LoginProblem {
  readonly sentence: string;
  readonly status: number;
  readonly retryAfter: number | null;
}

export interface LoginTurn {
  readonly way: Way;
  readonly browser: KnownBrowser;
  /** Who is logged in already. */
  readonly session: Session | null;
  /** Another account was asked for: nothing is filled in. */
  readonly other: boolean;
  readonly typed?: string;
  readonly problem?: LoginProblem;
  /** Said before anything else, where nothing is wrong with the form. */
  readonly notice?: string | null;
}

export function showLogin(deps: SigninDeps, turn: LoginTurn): HttpAnswer {
  const { way, session, other, problem } = turn;
  const { flow, language } = way;
  const { locale, words, chosen } = language;
  const hint = other ? '' : (session?.user.loginId ?? flow?.resumed.request.loginHint ?? '');
  return deps.pages.page({
    locale,
    title: words.login.title,
    self: loginPath(way, { other: other ? '1' : null }),
    failed: problem !== undefined,
    status: problem?.status ?? 200,
    cookies: turn.browser.cookies,
    formAction: formActionFor(way),
    headers: problem?.retryAfter ? { 'Retry-After': String(problem.retryAfter) } : {},
    passkeys: deps.identity.passkeysPossible,
    main: loginPage({
      words: words.login,
      passkeyWords: deps.identity.passkeysPossible ? words.factor.passkey : null,
      action: flow === null ? '/login' : '/signin/login',
      hidden: { ...carried(way), lang: chosen, csrf: formToken(deps, turn.browser.value) },
      asker: flow && (flow.clientName === null ? 'unnamed' : { name: flow.clientName }),
      current:
        session === null || other
          ? null
          : { ...session.user, fresh: way.fresh, otherHref: loginPath(way, { other: '1', lang: chosen }) },
      other,
      username: turn.typed ?? hint,
      problem: problem?.sentence ?? null,
      notice: turn.notice ?? null,
      signupHref: pathWith('/signup', { ticket: flow?.ticket ?? null, lang: chosen }),
      forgot: deps.identity.recovery.mails
        ? {
            passwordHref: pathWith('/recover/password', { lang: chosen }),
            loginIdHref: pathWith('/recover/login-id', { lang: chosen }),
          }
        : { contact: deps.pages.brand.contact },
    }),
  });
}

/**
 * Takes a filled-in login form: a new session and a redirect to where the login leads, the second factor's page, or the
 * form again with what is wrong. The answer to an unknown login id and to a wrong password is the same in every byte but
 * the id that was typed.
 */
export async function takeLogin(deps: SigninDeps, request: HttpRequest, way: Way): Promise<HttpAnswer> {
  const browser = knownBrowser(request);
  requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
  const typed = request.form.get('username') ?? '';
  const now = deps.clock.now();
  const act = actOf(request, now, null);
  const verdict = await deps.identity.checkPassword(typed, request.form.get('password') ?? '', act, request.address);
  if (typeof verdict === 'object' && 'user' in verdict) {
    const answer = await admitted(deps, request, verdict.user, browser, way);
    if (answer !== null) return answer;
  }
  const problem = problemOf(verdict, way.language.words.login, now);
  return showLogin(deps, { way, browser, session: null, other: false, typed, problem });
}

function problemOf(verdict: PasswordVerdict, words: Words['login'], now: number): LoginProblem {
  if (verdict === 'wrong') return { sentence: words.wrong, status: 400, retryAfter: null };
  // Right, but the account ended between the check and the session: what a suspended one sees.
  if (verdict === 'suspended' || 'user' in verdict) return suspendedProblem(words);
  const seconds = waitSeconds(verdict.retryAt, now);
  return { sentence: verdict.busy ? words.busy : words.later(seconds), status: 429, retryAfter: seconds };
}

export const suspendedProblem = (words: Words['login']): LoginProblem => ({
  sentence: words.suspended,
  status: 403,
  retryAfter: null,
});

export const waitSeconds = (retryAt: number, now: number): number => Math.max(1, Math.ceil((retryAt - now) / SECOND));
