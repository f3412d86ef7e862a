import { formToken, type HttpAnswer, type HttpRequest, requireOwnForm, type Route } from '#http';
import { RESET_LINK_MS, VERIFY_LINK_MS } from '#identity';
import { SECOND } from '#kernel';
import type { SigninDeps } from '../deps.ts';
import { emailPage, endPage, resetPage } from '../pages/recovery.ts';
import { actOf, knownBrowser, type Language, languageOf } from '../visitor.ts';
import { redirect } from './answer.ts';

/** Where a mailed link's value goes as soon as it arrives, so that it stands in no address, history or referrer (AC-15). */
const RESET = { path: '/recover/reset', cookie: 'medbiz-reset', seconds: RESET_LINK_MS / SECOND } as const;
const EMAIL = { path: '/recover/email', cookie: 'medbiz-email', seconds: VERIFY_LINK_MS / SECOND } as const;

/** What mailed links open: a new password, and the proof of an address. Opening one uses nothing up; its form does. */
export function recoveryLinkRoutes(deps: SigninDeps): Route[] {
  const { identity, pages, clock } = deps;
  const { recovery } = identity;

  /** Takes the value out of the address; what it is worth is asked on the clean page. */
  function exchanged(request: HttpRequest, of: typeof RESET | typeof EMAIL): HttpAnswer | null {
    const link = request.query().get('link');
    if (link === undefined) return null;
    // What can be no link of ours does not become a cookie.
    const value = /^[A-Za-z0-9_-]{1,128}$/.test(link) ? link : '';
    return redirect(of.path, { cookies: [{ name: of.cookie, value, maxAgeSeconds: of.seconds }] });
  }

  function requireForm(request: HttpRequest): void {
    const browser = knownBrowser(request);
    requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
  }

  function dead({ locale, words }: Language, what: 'reset' | 'email'): HttpAnswer {
    const own = words.recovery.dead;
    const href = what === 'email' ? '/account' : '/recover/password';
    const onward = what === 'email' ? own.emailAgain : own.resetAgain;
    const main = endPage({ title: own.title, sentences: [own.lead, own[what]], href, onward });
    return pages.page({ locale, title: own.title, self: null, status: 410, main });
  }

  async function showReset(request: HttpRequest, error?: string): Promise<HttpAnswer> {
    const language = languageOf(request);
    const { locale, words, chosen } = language;
    const living = await recovery.resetLink(request.cookies.get(RESET.cookie));
    if (living === null) return dead(language, 'reset');
    const browser = knownBrowser(request);
    return pages.page({
      locale,
      title: words.recovery.reset.title,
      self: RESET.path,
      failed: error !== undefined,
      status: error === undefined ? 200 : 400,
      cookies: browser.cookies,
      main: resetPage({
        words: words.recovery.reset,
        hidden: { lang: chosen, csrf: formToken(deps, browser.value) },
        loginId: living.user.loginId,
        error,
      }),
    });
  }

  const getReset = async (request: HttpRequest): Promise<HttpAnswer> => exchanged(request, RESET) ?? showReset(request);

  async function postReset(request: HttpRequest): Promise<HttpAnswer> {
    requireForm(request);
    const language = languageOf(request);
    const act = actOf(request, clock.now(), null);
    const password = request.form.get('new-password') ?? '';
    const outcome = await recovery.resetPassword(act, request.cookies.get(RESET.cookie), password);
    if (outcome === 'dead') return dead(language, 'reset');
    if (outcome !== 'changed') return showReset(request, language.words.signup.problems.password[outcome]);
    return redirect(`${RESET.path}/done`, { cookies: [gone(RESET.cookie)] });
  }

  async function resetDone(request: HttpRequest): Promise<HttpAnswer> {
    const { locale, words } = languageOf(request);
    const own = words.recovery.resetDone;
    const main = endPage({ title: own.title, sentences: [own.lead], href: '/login', onward: own.login });
    return pages.page({ locale, title: own.title, self: `${RESET.path}/done`, main });
  }

  async function getEmail(request: HttpRequest): Promise<HttpAnswer> {
    const moved = exchanged(request, EMAIL);
    if (moved !== null) return moved;
    const language = languageOf(request);
    const { locale, words, chosen } = language;
    const living = await recovery.verifyLink(request.cookies.get(EMAIL.cookie));
    if (living === null) return dead(language, 'email');
    const browser = knownBrowser(request);
    return pages.page({
      locale,
      title: words.recovery.email.title,
      self: EMAIL.path,
      cookies: browser.cookies,
      main: emailPage({
        words: words.recovery.email,
        hidden: { lang: chosen, csrf: formToken(deps, browser.value) },
        loginId: living.user.loginId,
        email: living.email,
      }),
    });
  }

  async function postEmail(request: HttpRequest): Promise<HttpAnswer> {
    requireForm(request);
    const act = actOf(request, clock.now(), null);
    const outcome = await recovery.verifyEmail(act, request.cookies.get(EMAIL.cookie));
    if (outcome === 'dead') return dead(languageOf(request), 'email');
    return redirect(`${EMAIL.path}/done`, { cookies: [gone(EMAIL.cookie)] });
  }

  async function emailDone(request: HttpRequest): Promise<HttpAnswer> {
    const { locale, words } = languageOf(request);
    const own = words.recovery.emailDone;
    const main = endPage({ title: own.title, sentences: [own.lead], href: '/account', onward: own.account });
    return pages.page({ locale, title: own.title, self: `${EMAIL.path}/done`, main });
  }

  return [
    { method: 'GET', path: RESET.path, surface: 'page', body: 'none', handle: getReset },
    { method: 'POST', path: RESET.path, surface: 'page', body: 'form', handle: postReset },
    { method: 'GET', path: `${RESET.path}/done`, surface: 'page', body: 'none', handle: resetDone },
    { method: 'GET', path: EMAIL.path, surface: 'page', body: 'none', handle: getEmail },
    { method: 'POST', path: EMAIL.path, surface: 'page', body: 'form', handle: postEmail },
    { method: 'GET', path: `${EMAIL.path}/done`, surface: 'page', body: 'none', handle: emailDone },
  ];
}

const gone = (name: string) => ({ name, value: '' });
