import type { HttpAnswer, HttpRequest, Route } from '#http';
import { PageError } from '#kernel';
import type { CheckedAuthorization } from '#oauth';
import type { SigninDeps } from '../deps.ts';
import { actOf, knownBrowser, languageOf, pathWith, SESSION_COOKIE } from '../visitor.ts';
import { redirect, sendAnswer } from './answer.ts';
import { decide, inReview } from './step.ts';

/** A parameter in the query and in the body has come twice, whichever of them another program would believe (PA-02). */
function requireNoRepeat(request: HttpRequest): void {
  for (const name of request.query().keys()) {
    if (request.form.has(name)) throw new PageError('bad-request', 400, { reason: 'repeated-parameter' });
  }
}

/**
 * The authorization endpoint's doors (RFC 6749 §3.1). GET: answers at once where nothing has to be asked, and otherwise
 * stores the request, bound to this browser, and goes on at `/signin`. POST may come from another site, where browsers
 * send no SameSite cookie along: it is stored unbound and continued by a GET, which sees the session.
 */
export function authorizeRoutes(deps: SigninDeps): Route[] {
  const { authorization, identity, clock } = deps;

  async function get(request: HttpRequest): Promise<HttpAnswer> {
    const checked = await authorization.check(request.query());
    const session = await identity.readSession(request.cookies.get(SESSION_COOKIE));
    if (checked.kind === 'answer') return travel(request, checked, session?.user.id ?? null);

    const { step } = await decide(deps, checked, session, null);
    const language = languageOf(request, checked.request.locale);
    if (step.step === 'refuse') return sendAnswer(deps, await authorization.refuse(checked, step.code, null), language);
    if (step.step === 'complete' && session !== null) {
      const { user, authenticatedAt } = session;
      const given = { user: user.id, authenticatedAt, scopes: step.scopes, ticket: null };
      return sendAnswer(
        deps,
        await authorization.complete(actOf(request, clock.now(), user.id), checked, given),
        language,
      );
    }
    const browser = knownBrowser(request);
    const ticket = await authorization.start(checked.request, browser.digest);
    return redirect(pathWith('/signin', { ticket }), { cookies: browser.cookies });
  }

  async function post(request: HttpRequest): Promise<HttpAnswer> {
    requireNoRepeat(request);
    const checked = await authorization.check(request.form);
    if (checked.kind === 'answer') {
      const session = await identity.readSession(request.cookies.get(SESSION_COOKIE));
      return travel(request, checked, session?.user.id ?? null);
    }
    return redirect(pathWith('/signin', { ticket: await authorization.start(checked.request, null) }));
  }

  /** An error that may travel; but a client in review answers nobody except its owner. */
  function travel(
    request: HttpRequest,
    checked: CheckedAuthorization & { kind: 'answer' },
    user: string | null,
  ): HttpAnswer {
    if (checked.client.status !== 'ACTIVE' && user !== checked.client.ownerId) throw inReview();
    return sendAnswer(deps, checked.answer, languageOf(request));
  }

  return [
    { method: 'GET', path: '/oauth/authorize', surface: 'page', body: 'none', handle: get },
    { method: 'POST', path: '/oauth/authorize', surface: 'page', body: 'form', handle: post },
  ];
}
