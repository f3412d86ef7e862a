import { type AnswerProblem, answersFrom, type Asker, HEALTH_KINDS, type Ticked } from '#consent';
import { formToken, type HttpAnswer, type HttpRequest, type Params, requireOwnForm, type Route } from '#http';
import type { Session } from '#identity';
import { SCOPES } from '#kernel';
import type { ResumedAuthorization } from '#oauth';
import type { SigninDeps } from '../deps.ts';
import { destinationOf, formActionOf } from '../destination.ts';
import type { Step } from '../flow.ts';
import { consentPage } from '../pages/consent.ts';
import {
  actOf,
  type KnownBrowser,
  knownBrowser,
  type Language,
  languageOf,
  pathWith,
  SESSION_COOKIE,
} from '../visitor.ts';
import { redirect, sendAnswer } from './answer.ts';
import { decide } from './step.ts';
import { requireTransaction } from './transaction.ts';

export interface ConsentTurn {
  readonly browser: KnownBrowser;
  readonly ticket: string;
  readonly resumed: ResumedAuthorization;
  readonly asker: Asker;
  readonly session: Session;
  /** The session cookie's value: the form is bound to it. */
  readonly cookie: string;
  readonly language: Language;
  readonly step: Step & { step: 'consent' };
  readonly problem: AnswerProblem | null;
  readonly ticked: ReadonlySet<string>;
}

export function showConsent(deps: SigninDeps, turn: ConsentTurn): HttpAnswer {
  const { resumed, asker, session, step } = turn;
  const { locale, words, chosen } = turn.language;
  const { client, request } = resumed;
  const self = pathWith('/signin', { ticket: turn.ticket });
  return deps.pages.page({
    locale,
    title: words.consent.title,
    self,
    failed: turn.problem !== null,
    status: turn.problem === null ? 200 : 400,
    cookies: turn.browser.cookies,
    formAction: formActionOf(request.redirectUri),
    main: consentPage({
      words: words.consent,
      locale,
      hidden: { ticket: turn.ticket, csrf: formToken(deps, turn.cookie), lang: chosen },
      client: { name: asker.client.name, ownerName: asker.client.ownerName, inReview: client.status !== 'ACTIVE' },
      user: session.user,
      otherHref: pathWith('/signin', { ticket: turn.ticket, other: '1', lang: chosen }),
      destination: destinationOf(request.redirectUri, words.consent),
      notices: asker.notices(step.ask, locale),
      hasBefore: hasBefore(step),
      refreshes: request.responseType === 'code' && client.methods.includes('REFRESH_TOKEN'),
      healthDays: deps.consent.healthConsentDays,
      problem: turn.problem,
      ticked: turn.ticked,
    }),
  });
}

/** `POST /signin/consent`: reads the ticket, the decision and the ticks; scopes, client and address are ours (CS-02). */
export function consentRoutes(deps: SigninDeps): Route[] {
  const { authorization, consent, identity, clock } = deps;

  async function answer(request: HttpRequest): Promise<HttpAnswer> {
    const ticket = request.form.get('ticket') ?? '';
    const browser = knownBrowser(request);
    const resumed = await requireTransaction(deps, ticket, browser);
    const cookie = request.cookies.get(SESSION_COOKIE);
    const session = await identity.readSession(cookie);
    const language = languageOf(request, resumed.request.locale);
    const onward = redirect(pathWith('/signin', { ticket, lang: language.chosen }));
    // The session ended while the page stood open: the flow starts again at its login.
    if (session === null || cookie === undefined) return onward;
    requireOwnForm(deps, request, cookie);

    const { step, asker } = await decide(deps, resumed, session, resumed.transaction);
    if (step.step !== 'consent') return onward;
    const user = session.user.id;
    const act = actOf(request, clock.now(), user);
    if (request.form.get('decision') !== 'allow') {
      const refused = await authorization.refuse(resumed, 'access_denied', resumed.ticket);
      if (refused !== null) await consent.noteCancelled(act, user, resumed.client.id);
      return sendAnswer(deps, refused, language);
    }
    const answers = answersFrom(asker.notices(step.ask, language.locale), ticked(request.form), {
      now: act.at,
      healthConsentDays: consent.healthConsentDays,
      givenBefore: hasBefore(step),
    });
    if (!answers.ok) {
      const boxes = new Set([...request.form.keys()].filter((name) => /^(?:scope|kind)-[A-Z_]+$/.test(name)));
      const turn = { browser, ticket, resumed, asker, session, cookie, language, step };
      return showConsent(deps, { ...turn, problem: answers.problem, ticked: boxes });
    }
    // Of two answers one is taken; either way the next page knows what was (CO-14).
    await consent.answer(act, { ticket: resumed.ticket, user, client: resumed.client.id, answers: answers.value });
    return onward;
  }

  return [{ method: 'POST', path: '/signin/consent', surface: 'page', body: 'form', handle: answer }];
}

/** Something of the request was agreed to before and is not asked about now. */
const hasBefore = ({ ask, given }: ConsentTurn['step']): boolean => given.some((scope) => !ask.includes(scope));

const ticked = (form: Params): Ticked => ({
  scopes: SCOPES.filter((scope) => form.has(`scope-${scope}`)),
  kinds: HEALTH_KINDS.filter((kind) => form.has(`kind-${kind}`)),
});
