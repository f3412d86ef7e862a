import { formToken, type HttpAnswer, type HttpRequest, requireOwnForm, type Route } from '#http';
import type { ApplicantProblems } from '#identity';
import { PageError } from '#kernel';
import type { SigninDeps } from '../deps.ts';
import { setupPage } from '../pages/setup.ts';
import { sentencesFor } from '../pages/signup.ts';
import { actOf, type KnownBrowser, knownBrowser, type Language, languageOf, pathWith } from '../visitor.ts';
import { admitted } from './admit.ts';
import { redirect } from './answer.ts';

interface SetupTurn {
  readonly browser: KnownBrowser;
  readonly language: Language;
  readonly link: string;
  readonly typed: { readonly loginId: string; readonly email: string; readonly name: string };
  readonly problems: ApplicantProblems;
}

const NOTHING = { loginId: '', email: '', name: '' };
const dead = (): PageError => new PageError('setup-link-dead', 410, { reason: 'ticket-dead' });

/** `/setup?link=`: the one-time link that the server prints while nobody is operator. */
export function setupRoutes(deps: SigninDeps): Route[] {
  function show({ browser, language, link, typed, problems }: SetupTurn): HttpAnswer {
    const { locale, words, chosen } = language;
    const errors = sentencesFor(words.signup, problems, deps.minimumAge);
    const failed = Object.keys(errors).length > 0;
    const hidden = { link, lang: chosen, csrf: formToken(deps, browser.value) };
    return deps.pages.page({
      locale,
      title: words.setup.title,
      self: pathWith('/setup', { link }),
      width: 'wide',
      failed,
      status: failed ? 400 : 200,
      cookies: browser.cookies,
      main: setupPage({ words, hidden, typed, errors }),
    });
  }

  async function get(request: HttpRequest): Promise<HttpAnswer> {
    const link = request.query().get('link') ?? '';
    if (!(await deps.identity.operatorLinkLives(link))) throw dead();
    return show({ browser: knownBrowser(request), language: languageOf(request), link, typed: NOTHING, problems: {} });
  }

  async function post(request: HttpRequest): Promise<HttpAnswer> {
    const { form } = request;
    const browser = knownBrowser(request);
    requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
    const link = form.get('link') ?? '';
    const typed = { loginId: form.get('username') ?? '', email: form.get('email') ?? '', name: form.get('name') ?? '' };
    const now = deps.clock.now();
    const applicant = { ...typed, birthday: null, gender: 'UNKNOWN' as const, password: form.get('password') ?? '' };
    const claimed = await deps.identity.claimOperator(actOf(request, now, null), link, applicant);
    if (!claimed.ok) {
      if (claimed.problem === 'link-dead') throw dead();
      return show({ browser, language: languageOf(request), link, typed, problems: claimed.problem });
    }
    // Where operators must have a second factor, making one is what comes next.
    const way = { flow: null, next: '/account', fresh: false, language: languageOf(request) };
    return (await admitted(deps, request, claimed.value, browser, way)) ?? redirect('/login');
  }

  return [
    { method: 'GET', path: '/setup', surface: 'page', body: 'none', handle: get },
    { method: 'POST', path: '/setup', surface: 'page', body: 'form', handle: post },
  ];
}
