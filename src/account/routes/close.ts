import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { CloseVerdict } from '#identity';
import { SECOND } from '#kernel';
import { actOf, formToken, languageOf, redirect, SESSION_COOKIE, wordsFor } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forFreshMember, type Member } from '../member.ts';
import { type ClosePage, closedPage, closePage } from '../pages/close.ts';
import { securityWords } from '../words/security.ts';

const PATH = '/account/close';
const CLOSED = '/closed';

/** 데이터 내려받기와 탈퇴. */
export function closeRoutes(deps: AccountDeps): Route[] {
  const { identity, clock } = deps;

  type Found = Pick<ClosePage, 'errors' | 'alarm' | 'typed'>;
  const NOTHING: Found = { errors: {}, alarm: null, typed: { kept: false, loginId: '' } };

  async function show({ session, cookie, language }: Member, found: Found, status = 200): Promise<HttpAnswer> {
    const { locale } = language;
    const words = securityWords(locale).close;
    return deps.pages.page({
      locale,
      title: words.title,
      self: PATH,
      failed: status !== 200,
      status,
      main: closePage({
        words,
        csrf: formToken(deps, cookie),
        ...(await identity.obstacles(session.user)),
        ...found,
      }),
    });
  }

  const get = (request: HttpRequest): Promise<HttpAnswer> =>
    forFreshMember(deps, request, PATH, (member) => show(member, NOTHING));

  const post = (request: HttpRequest): Promise<HttpAnswer> =>
    forFreshMember(deps, request, PATH, async (member) => {
      const { form } = request;
      const { user } = member.session;
      const typed = { kept: form.get('kept') === 'on', loginId: form.get('login-id') ?? '' };
      const words = securityWords(member.language.locale).close;
      if (!typed.kept) {
        return show(member, { errors: { kept: words.problems.kept }, alarm: words.check, typed }, 400);
      }
      const verdict = await identity.closeAccount(actOf(request, clock.now(), user.id), user, {
        loginId: typed.loginId,
        password: form.get('password') ?? '',
      });
      if (verdict === 'closed') {
        const headers = { 'Clear-Site-Data': '"storage"' };
        return redirect(CLOSED, { headers, cookies: [{ name: SESSION_COOKIE, value: '' }] });
      }
      return refused(member, verdict, typed);
    });

  function refused(
    member: Member,
    verdict: Exclude<CloseVerdict, 'closed'>,
    typed: Found['typed'],
  ): Promise<HttpAnswer> {
    const { locale } = member.language;
    const words = securityWords(locale).close;
    if (verdict === 'wrong-id') {
      return show(member, { errors: { loginId: words.problems.loginId }, alarm: words.check, typed }, 400);
    }
    if (verdict === 'wrong-password') {
      return show(member, { errors: { password: words.problems.password }, alarm: words.check, typed }, 400);
    }
    if (typeof verdict === 'object' && 'retryAt' in verdict) {
      const seconds = Math.max(1, Math.ceil((verdict.retryAt - clock.now()) / SECOND));
      return show(member, { errors: {}, alarm: wordsFor(locale).login.later(seconds), typed }, 429);
    }
    // Applications, or being the last operator: the page says which.
    return show(member, { ...NOTHING, typed }, 409);
  }

  const download = (request: HttpRequest): Promise<HttpAnswer> =>
    forFreshMember(deps, request, '/account/security', async ({ session }) => {
      const at = clock.now();
      const held = await identity.exportAbout(actOf(request, at, session.user.id), session.user);
      const day = new Date(at).toISOString().slice(0, 10);
      return {
        status: 200,
        type: 'application/json; charset=utf-8',
        headers: { 'Content-Disposition': `attachment; filename="medbiz-${day}.json"` },
        body: `${JSON.stringify({ exportedAt: new Date(at).toISOString(), ...held }, null, 2)}\n`,
      };
    });

  /** Nobody is logged in any more, so anybody may read it. */
  async function closed(request: HttpRequest): Promise<HttpAnswer> {
    const { locale } = languageOf(request);
    const words = securityWords(locale).closed;
    return deps.pages.page({ locale, title: words.title, self: CLOSED, main: closedPage(words) });
  }

  return [
    { method: 'GET', path: PATH, surface: 'page', body: 'none', handle: get },
    { method: 'POST', path: PATH, surface: 'page', body: 'form', handle: post },
    { method: 'GET', path: '/account/export', surface: 'page', body: 'none', handle: download },
    { method: 'GET', path: CLOSED, surface: 'page', body: 'none', handle: closed },
  ];
}
