import { type HttpAnswer, type HttpRequest, type Route, requireOwnForm } from '#http';
import type { FactorVerdict, Pending } from '#identity';
import type { SigninDeps } from '../deps.ts';
import { actOf, type KnownBrowser, knownBrowser, PENDING_COOKIE, SESSION_COOKIE } from '../visitor.ts';
import { beyond, loginPath, pendingOn, type Way, wayOf } from '../way.ts';
import type { Words } from '../words/index.ts';
import { sessionCookies } from './admit.ts';
import { redirect } from './answer.ts';
import { type FactorTurn, showFactor } from './factor-page.ts';
import { showLogin, suspendedProblem, waitSeconds } from './login-form.ts';

type At = NonNullable<FactorTurn['problem']>['at'];

/** The second step of a login, and the login by passkey alone. Every form is bound to the browser's pre-session cookie. */
export function factorRoutes(deps: SigninDeps): Route[] {
  const { identity, clock } = deps;

  /** Reads what every post here begins with. `pending` null: this browser has no begun login on this way. */
  async function turnOf(request: HttpRequest): Promise<{ browser: KnownBrowser; way: Way; pending: Pending | null }> {
    const browser = knownBrowser(request);
    requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
    const way = await wayOf(deps, request, request.form, browser);
    return { browser, way, pending: await pendingOn(deps, request, browser, way) };
  }

  /** Back to the beginning, where it is said why. */
  const startAgain = (request: HttpRequest, way: Way): HttpAnswer =>
    redirect(loginPath(way, { over: '1', lang: way.language.chosen }), {
      cookies: request.cookies.has(PENDING_COOKIE) ? [{ name: PENDING_COOKIE, value: '' }] : [],
    });

  async function code(request: HttpRequest): Promise<HttpAnswer> {
    const { browser, way, pending } = await turnOf(request);
    // Whoever posts a code without having given a password here is sent to give one (CS-20).
    if (pending?.owes !== 'factor') return startAgain(request, way);
    const recovery = request.form.get('recovery-code');
    const typed = recovery ?? request.form.get('code') ?? '';
    const act = actOf(request, clock.now(), pending.user.id);
    const verdict = await identity.proveByCode(act, pending, typed, request.cookies.get(SESSION_COOKIE));
    return answer(request, { browser, way, pending }, verdict, recovery === undefined ? 'code' : 'recovery');
  }

  async function passkey(request: HttpRequest): Promise<HttpAnswer> {
    const { browser, way, pending } = await turnOf(request);
    const act = actOf(request, clock.now(), pending?.user.id ?? null);
    const verdict = await identity.proveByPasskey(act, {
      browser: browser.digest,
      pending,
      credential: request.form.get('credential') ?? '',
      replaces: request.cookies.get(SESSION_COOKIE),
    });
    return answer(request, { browser, way, pending }, verdict, 'passkey');
  }

  async function options(request: HttpRequest): Promise<HttpAnswer> {
    const { browser, pending } = await turnOf(request);
    const act = actOf(request, clock.now(), pending?.user.id ?? null);
    return { status: 200, body: await identity.passkeyRequest(act, { browser: browser.digest, pending }) };
  }

  async function cancel(request: HttpRequest): Promise<HttpAnswer> {
    const { way, pending } = await turnOf(request);
    if (pending !== null) await identity.cancelPending(pending);
    return redirect(loginPath(way, { other: '1', lang: way.language.chosen }), {
      cookies: [{ name: PENDING_COOKIE, value: '' }],
    });
  }

  function answer(
    request: HttpRequest,
    turn: { browser: KnownBrowser; way: Way; pending: Pending | null },
    verdict: FactorVerdict,
    at: At,
  ): HttpAnswer {
    const { browser, way, pending } = turn;
    const { words } = way.language;
    if (verdict === 'over') return startAgain(request, way);
    if (typeof verdict === 'object' && 'session' in verdict) {
      return redirect(beyond(way), { cookies: sessionCookies(request, verdict.session) });
    }
    const problem =
      verdict === 'suspended' ? suspendedProblem(words.login) : problemOf(verdict, words.factor, at, clock.now());
    return pending === null
      ? showLogin(deps, { way, browser, session: null, other: false, problem })
      : showFactor(deps, { way, browser, pending, problem: { ...problem, at } });
  }

  const post = (path: string, handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    surface: 'page',
    body: 'form',
    handle,
  });
  return [
    post('/login/code', code),
    post('/login/passkey', passkey),
    post('/login/passkey/options', options),
    post('/login/cancel', cancel),
  ];
}

function problemOf(
  verdict: 'wrong' | 'used' | { retryAt: number },
  words: Words['factor'],
  at: At,
  now: number,
): { sentence: string; status: number; retryAfter: number | null } {
  if (verdict === 'wrong') return { sentence: words.wrong[at], status: 400, retryAfter: null };
  if (verdict === 'used') return { sentence: words.used, status: 400, retryAfter: null };
  const seconds = waitSeconds(verdict.retryAt, now);
  return { sentence: words.later(seconds), status: 429, retryAfter: seconds };
}
