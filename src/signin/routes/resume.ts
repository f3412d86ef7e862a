import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { SigninDeps } from '../deps.ts';
import { actOf, knownBrowser, languageOf, SESSION_COOKIE } from '../visitor.ts';
import { pendingOn, type Way } from '../way.ts';
import { sendAnswer } from './answer.ts';
import { showConsent } from './consent.ts';
import { showEnrol } from './enrol.ts';
import { showFactor } from './factor-page.ts';
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
    const other = query.get('other') === '1';
    const language = languageOf(request, resumed.request.locale);
    const flow = { ticket, resumed, clientName: null };
    const pending = other ? null : await pendingOn(deps, request, browser, { flow });
    const { step, asker } = await decide(deps, resumed, session, resumed.transaction, pending);
    const clientName = resumed.client.status === 'ACTIVE' ? asker.client.name : null;
    const way: Way = { flow: { ...flow, clientName }, next: '/account', fresh: false, language };

    if (step.step === 'refuse') {
      return sendAnswer(deps, await authorization.refuse(resumed, step.code, resumed.ticket), language);
    }
    if (pending !== null && step.step === 'factor') return showFactor(deps, { way, browser, pending });
    if (pending !== null && step.step === 'enrol') return showEnrol(deps, request, { way, browser, pending });
    const completes = step.step === 'consent' || step.step === 'complete';
    if (!completes || session === null || cookie === undefined || (other && step.step === 'consent')) {
      const notice = query.get('over') === '1' ? language.words.factor.over : null;
      return showLogin(deps, { way, browser, session, other, notice });
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
