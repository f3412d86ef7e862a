import { formToken, type HttpAnswer, type HttpRequest, requireOwnForm, type Route } from '#http';
import type { ApplicantProblems } from '#identity';
import { GENDERS } from '#kernel';
import type { ResumedAuthorization } from '#oauth';
import type { SigninDeps } from '../deps.ts';
import { formActionOf } from '../destination.ts';
import { signupPage, type TypedApplicant } from '../pages/signup.ts';
import { actOf, type KnownBrowser, knownBrowser, type Language, languageOf, pathWith } from '../visitor.ts';
import { loginPath } from '../way.ts';
import { admitted } from './admit.ts';
import { redirect } from './answer.ts';
import { requireTransaction } from './transaction.ts';

interface SignupTurn {
  readonly browser: KnownBrowser;
  readonly language: Language;
  /** The application's request that the person comes from and goes back to. */
  readonly flow: { readonly ticket: string; readonly resumed: ResumedAuthorization } | null;
  readonly typed: TypedApplicant;
  readonly agreed: boolean;
  readonly problems: ApplicantProblems;
}

const NOTHING: TypedApplicant = { loginId: '', email: '', name: '', birthday: '', gender: null };

/** `/signup`: an account for somebody who has none; with a ticket the way leads back to the application's request. */
export function signupRoutes(deps: SigninDeps): Route[] {
  async function flowOf(ticket: string | undefined, browser: KnownBrowser): Promise<SignupTurn['flow']> {
    return ticket === undefined ? null : { ticket, resumed: await requireTransaction(deps, ticket, browser) };
  }

  function show({ browser, language, flow, typed, agreed, problems }: SignupTurn): HttpAnswer {
    const { locale, words, chosen } = language;
    const ticket = flow?.ticket ?? null;
    const failed = Object.keys(problems).length > 0;
    return deps.pages.page({
      locale,
      title: words.signup.title,
      self: pathWith('/signup', { ticket }),
      width: 'wide',
      failed,
      status: failed ? 400 : 200,
      cookies: browser.cookies,
      formAction: flow === null ? undefined : formActionOf(flow.resumed.request.redirectUri),
      main: signupPage({
        words: words.signup,
        hidden: { ticket, lang: chosen, csrf: formToken(deps, browser.value) },
        typed,
        agreed,
        problems,
        minimumAge: deps.minimumAge,
        loginHref: pathWith(ticket === null ? '/login' : '/signin', { ticket, lang: chosen }),
      }),
    });
  }

  async function get(request: HttpRequest): Promise<HttpAnswer> {
    const browser = knownBrowser(request);
    const flow = await flowOf(request.query().get('ticket'), browser);
    const language = languageOf(request, flow?.resumed.request.locale);
    return show({ browser, language, flow, typed: NOTHING, agreed: false, problems: {} });
  }

  async function post(request: HttpRequest): Promise<HttpAnswer> {
    const { form } = request;
    const browser = knownBrowser(request);
    requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
    const flow = await flowOf(form.get('ticket'), browser);
    const language = languageOf(request, flow?.resumed.request.locale);
    const typed: TypedApplicant = {
      loginId: form.get('username') ?? '',
      email: form.get('email') ?? '',
      name: form.get('name') ?? '',
      birthday: form.get('birthday') ?? '',
      gender: GENDERS.find((gender) => gender === form.get('gender')) ?? null,
    };
    const agreed = form.get('agree') === 'on';
    const gender = typed.gender ?? 'UNKNOWN';
    const applicant = { ...typed, gender, agreed, password: form.get('password') ?? '' };
    const now = deps.clock.now();
    const made = await deps.identity.signUp(actOf(request, now, null), applicant, language.locale);
    if (!made.ok) return show({ browser, language, flow, typed, agreed, problems: made.problem });

    const way = {
      flow: flow && { ...flow, clientName: null },
      next: '/account',
      fresh: false,
      language,
    };
    return (await admitted(deps, request, made.value, browser, way)) ?? redirect(loginPath(way));
  }

  return [
    { method: 'GET', path: '/signup', surface: 'page', body: 'none', handle: get },
    { method: 'POST', path: '/signup', surface: 'page', body: 'form', handle: post },
  ];
}
