import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { SigninDeps } from '../deps.ts';
import { actOf, knownBrowser, languageOf, pathWith, SESSION_COOKIE } from '../visitor.ts';
import { sendAnswer } from './answer.ts';
import { showConsent } from './consent.ts';
import { showLogin } from './login-form.ts';
import { decide } from './step.ts';
import { requireTransaction } from './transaction.ts';

/** `GET /signin?ticket=`: every turn of the flow comes back here, and one decision says what is shown. */
export function resumeRoutes(deps: SigninDeps): Route[] {
  const { authorization, identity, clock } = deps;

  async function resume(request: HttpRequest): Promise<HttpAnswer> {
    const query = request.query();
    const ticket = query.get('ticket') ?? '';
    const browser = knownBrowser(request);
    const resumed = await requireTransaction(deps, ticket, browser);
    const cookie = request.cookies.get(SESSION_COOKIE);
    const session = await identity.readSession(cookie);
    const { step, asker } = await decide(deps, resumed, session, resumed.transaction);
    const language = languageOf(request, resumed.request.locale);
    const other = query.get('other') === '1';

    if (step.step === 'refuse') {
      return sendAnswer(deps, await authorization.refuse(resumed, step.code, resumed.ticket), language);
    }
    if (step.step === 'login' || session === null || cookie === undefined || (other && step.step === 'consent')) {
      return showLogin(deps, {
        browser,
        language,
        session,
        other,
        flow: { ticket, resumed, clientName: resumed.client.status === 'ACTIVE' ? asker.client.name : null },
        self: pathWith('/signin', { ticket, other: other ? '1' : null }),
      });
    }
    if (step.step === 'consent') {
      const turn = { browser, ticket, resumed, asker, session, cookie, language, step };
      return showConsent(deps, { ...turn, problem: null, ticked: new Set() });
    }
    const given = {
      user: session.user.id,
      authenticatedAt: session.authenticatedAt,
      scopes: step.scopes,
      ticket: resumed.ticket,
    };
    return sendAnswer(
      deps,
      await authorization.complete(actOf(request, clock.now(), given.user), resumed, given),
      language,
    );
  }

  return [{ method: 'GET', path: '/signin', surface: 'page', body: 'none', handle: resume }];
}
