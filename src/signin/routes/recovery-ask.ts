import { formToken, type HttpAnswer, type HttpRequest, requireOwnForm, type Route } from '#http';
import type { SigninDeps } from '../deps.ts';
import { type AskPage, askPage, noMailPage, sentPage } from '../pages/recovery.ts';
import { actOf, knownBrowser, type Language, languageOf, pathWith } from '../visitor.ts';
import type { Words } from '../words/index.ts';
import { redirect } from './answer.ts';

type What = AskPage['what'];

const OTHER: Readonly<Record<What, What>> = { password: 'login-id', 'login-id': 'password' };
const FIELD: Readonly<Record<What, string>> = { password: 'account', 'login-id': 'email' };

/**
 * `/recover/password` and `/recover/login-id`: somebody who can not log in asks for a mail. The answer is the same
 * redirect to the same page whether or not there is such an account. Where no mail can be sent, the page says whom to ask.
 */
export function recoveryAskRoutes(deps: SigninDeps): Route[] {
  const { pages, clock } = deps;
  const { recovery } = deps.identity;

  function show(request: HttpRequest, what: What, found: { typed: string; error?: string }): HttpAnswer {
    const browser = knownBrowser(request);
    const { locale, words, chosen } = languageOf(request);
    const own = wordsOf(words, what);
    const failed = found.error !== undefined;
    return pages.page({
      locale,
      title: own.title,
      self: `/recover/${what}`,
      failed,
      status: failed ? 400 : 200,
      cookies: browser.cookies,
      main: askPage({
        words: own,
        what,
        hidden: { lang: chosen, csrf: formToken(deps, browser.value) },
        typed: found.typed,
        error: found.error,
        otherHref: pathWith(`/recover/${OTHER[what]}`, { lang: chosen }),
      }),
    });
  }

  function noMail(request: HttpRequest, what: What): HttpAnswer {
    const { locale, words } = languageOf(request);
    const { none } = words.recovery;
    return pages.page({
      locale,
      title: none.title,
      self: `/recover/${what}`,
      main: noMailPage(none, pages.brand.contact),
    });
  }

  const get = (what: What) => async (request: HttpRequest) =>
    recovery.mails ? show(request, what, { typed: '' }) : noMail(request, what);

  const post = (what: What) => async (request: HttpRequest) => {
    const browser = knownBrowser(request);
    requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
    if (!recovery.mails) return noMail(request, what);
    const typed = request.form.get(FIELD[what]) ?? '';
    const language = languageOf(request);
    const error = await ask(request, what, typed, language);
    if (error !== null) return show(request, what, { typed, error });
    return redirect(pathWith(`/recover/${what}/sent`, { lang: language.chosen }));
  };

  /** The sentence about what was typed, or null. */
  async function ask(
    request: HttpRequest,
    what: What,
    typed: string,
    { locale, words }: Language,
  ): Promise<string | null> {
    const act = actOf(request, clock.now(), null);
    if (what === 'password') {
      const asked = await recovery.askReset(act, typed, locale);
      return asked === 'asked' ? null : words.recovery.askPassword.empty;
    }
    const asked = await recovery.askLoginIds(act, typed, locale);
    return asked === 'asked' ? null : words.signup.problems.email[asked];
  }

  const sent = (what: What) => async (request: HttpRequest) => {
    if (!recovery.mails) return noMail(request, what);
    const { locale, words } = languageOf(request);
    const own = words.recovery.sent;
    return pages.page({ locale, title: own.title, self: `/recover/${what}/sent`, main: sentPage(own, what) });
  };

  return (['password', 'login-id'] as const).flatMap((what): Route[] => [
    { method: 'GET', path: `/recover/${what}`, surface: 'page', body: 'none', handle: get(what) },
    { method: 'POST', path: `/recover/${what}`, surface: 'page', body: 'form', handle: post(what) },
    { method: 'GET', path: `/recover/${what}/sent`, surface: 'page', body: 'none', handle: sent(what) },
  ]);
}

const wordsOf = (words: Words, what: What): AskPage['words'] =>
  what === 'password' ? words.recovery.askPassword : words.recovery.askLoginId;
