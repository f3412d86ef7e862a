import { formToken, type HttpAnswer, type HttpRequest, requireOwnForm } from '#http';
import type { PasswordVerdict, Session } from '#identity';
import { SECOND } from '#kernel';
import type { ResumedAuthorization } from '#oauth';
import type { SigninDeps } from '../deps.ts';
import { formActionOf } from '../destination.ts';
import { loginPage } from '../pages/login.ts';
import { actOf, type KnownBrowser, knownBrowser, type Language, pathWith, SESSION_COOKIE } from '../visitor.ts';
import type { Words } from '../words/index.ts';
import { redirect } from './answer.ts';

export interface LoginTurn {
  readonly browser: KnownBrowser;
  readonly language: Language;
  /** Who is logged in already. */
  readonly session: Session | null;
  /** Another account was asked for: nothing is filled in. */
  readonly other: boolean;
  /** The application's request behind it; null on our own login page. `clientName` null: not to be shown. */
  readonly flow: {
    readonly ticket: string;
    readonly resumed: ResumedAuthorization;
    readonly clientName: string | null;
  } | null;
  /** Where a plain login leads. */
  readonly next?: string;
  readonly self: string;
  readonly typed?: string;
  readonly problem?: { readonly sentence: string; readonly status: number; readonly retryAfter: number | null };
}

export function showLogin(deps: SigninDeps, turn: LoginTurn): HttpAnswer {
  const { flow, language, session, other, problem } = turn;
  const { locale, words, chosen } = language;
  const carried = { ticket: flow?.ticket ?? null, next: turn.next ?? null };
  const hint = other ? '' : (session?.user.loginId ?? flow?.resumed.request.loginHint ?? '');
  return deps.pages.page({
    locale,
    title: words.login.title,
    self: turn.self,
    failed: problem !== undefined,
    status: problem?.status ?? 200,
    cookies: turn.browser.cookies,
    formAction: flow === null ? undefined : formActionOf(flow.resumed.request.redirectUri),
    headers: problem?.retryAfter ? { 'Retry-After': String(problem.retryAfter) } : {},
    main: loginPage({
      words: words.login,
      action: flow === null ? '/login' : '/signin/login',
      hidden: { ...carried, lang: chosen, csrf: formToken(deps, turn.browser.value) },
      asker: flow && (flow.clientName === null ? 'unnamed' : { name: flow.clientName }),
      current:
        session === null || other
          ? null
          : { ...session.user, otherHref: pathWith('/signin', { ...carried, other: '1', lang: chosen }) },
      other,
      username: turn.typed ?? hint,
      problem: problem?.sentence ?? null,
      signupHref: pathWith('/signup', { ticket: carried.ticket, lang: chosen }),
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
 * Takes a filled-in login form: a new session and a redirect to `onward`, or the form again with what is wrong. The
 * answer to an unknown login id and to a wrong password is the same in every byte but the id that was typed.
 */
export async function takeLogin(
  deps: SigninDeps,
  request: HttpRequest,
  turn: Omit<LoginTurn, 'browser' | 'session' | 'other'>,
  onward: string,
): Promise<HttpAnswer> {
  const browser = knownBrowser(request);
  requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
  const typed = request.form.get('username') ?? '';
  const now = deps.clock.now();
  const act = actOf(request, now, null);
  const verdict = await deps.identity.checkPassword(typed, request.form.get('password') ?? '', act, request.address);
  if (typeof verdict === 'object' && 'user' in verdict) {
    const started = await deps.identity.startSession(
      actOf(request, now, verdict.user.id),
      verdict.user.id,
      request.cookies.get(SESSION_COOKIE),
    );
    if (started !== null) {
      return redirect(onward, {
        cookies: [{ name: SESSION_COOKIE, value: started.text, maxAgeSeconds: started.maxAgeSeconds }],
      });
    }
  }
  const problem = problemOf(verdict, turn.language.words.login, now);
  return showLogin(deps, { ...turn, browser, session: null, other: false, typed, problem });
}

function problemOf(verdict: PasswordVerdict, words: Words['login'], now: number): NonNullable<LoginTurn['problem']> {
  if (verdict === 'wrong') return { sentence: words.wrong, status: 400, retryAfter: null };
  // Right, but the account ended between the check and the session: what a suspended one sees.
  if (verdict === 'suspended' || 'user' in verdict) return { sentence: words.suspended, status: 403, retryAfter: null };
  const seconds = Math.max(1, Math.ceil((verdict.retryAt - now) / SECOND));
  return { sentence: verdict.busy ? words.busy : words.later(seconds), status: 429, retryAfter: seconds };
}
