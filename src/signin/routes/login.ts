import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { SigninDeps } from '../deps.ts';
import { nextLogin } from '../flow.ts';
import { knownBrowser, SESSION_COOKIE } from '../visitor.ts';
import { pendingOn, wayOf } from '../way.ts';
import { redirect } from './answer.ts';
import { showEnrol } from './enrol.ts';
import { showFactor } from './factor-page.ts';
import { showLogin, takeLogin } from './login-form.ts';

/** Our own login page, and the login step of an application's request. */
export function loginRoutes(deps: SigninDeps): Route[] {
  const { identity } = deps;

  async function show(request: HttpRequest): Promise<HttpAnswer> {
    const query = request.query();
    const browser = knownBrowser(request);
    // An application's request is continued at /signin alone.
    const way = await wayOf(deps, request, new Map([...query].filter(([name]) => name !== 'ticket')), browser);
    const other = query.get('other') === '1';
    const session = await identity.readSession(request.cookies.get(SESSION_COOKIE));
    const pending = other ? null : await pendingOn(deps, request, browser, way);
    const fresh = session !== null && identity.isFresh(session);
    const step = nextLogin({ session: session && { fresh }, pending, mustBeFresh: way.fresh });
    if (step === 'done' && !other) return redirect(way.next);
    if (pending !== null && step === 'factor') return showFactor(deps, { way, browser, pending });
    if (pending !== null && step === 'enrol') return showEnrol(deps, request, { way, browser, pending });
    const over = query.get('over') === '1' ? way.language.words.factor.over : null;
    return showLogin(deps, { way, browser, session, other, notice: over });
  }

  const take = async (request: HttpRequest): Promise<HttpAnswer> =>
    takeLogin(deps, request, await wayOf(deps, request, request.form, knownBrowser(request)));

  /** A step of an application's request is never taken for a login of our own (CS-20). */
  const takeInFlow = async (request: HttpRequest): Promise<HttpAnswer> => {
    const params = new Map([['ticket', ''], ...request.form]);
    return takeLogin(deps, request, await wayOf(deps, request, params, knownBrowser(request)));
  };

  return [
    { method: 'GET', path: '/login', surface: 'page', body: 'none', handle: show },
    { method: 'POST', path: '/login', surface: 'page', body: 'form', handle: take },
    { method: 'POST', path: '/signin/login', surface: 'page', body: 'form', handle: takeInFlow },
  ];
}
