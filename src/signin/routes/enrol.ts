import { type HttpAnswer, type HttpRequest, type Route, formToken, requireOwnForm } from '#http';
import type { Enrolled, Pending } from '#identity';
import type { SigninDeps } from '../deps.ts';
import { deviceName } from '../device-name.ts';
import { enrolPage } from '../pages/enrol.ts';
import { recoveryCodesPage } from '../pages/recovery-codes.ts';
import { actOf, type KnownBrowser, knownBrowser, SESSION_COOKIE } from '../visitor.ts';
import { beyond, carried, formActionFor, loginPath, pendingOn, type Way, wayOf } from '../way.ts';
import { sessionCookies } from './admit.ts';
import { redirect } from './answer.ts';

interface EnrolTurn {
  readonly way: Way;
  readonly browser: KnownBrowser;
  readonly pending: Pending;
  readonly error?: { readonly at: 'code' | 'passkey'; readonly sentence: string };
}

/** The first second factor of somebody who must have one and is in the middle of logging in. Nothing else is open. */
export async function showEnrol(deps: SigninDeps, request: HttpRequest, turn: EnrolTurn): Promise<HttpAnswer> {
  const { way, browser, pending, error } = turn;
  const { identity } = deps;
  const { locale, words, chosen } = way.language;
  const by = { pending, replaces: undefined };
  let totp = await identity.startedTotp(by);
  if (totp === null) {
    await identity.startTotp(actOf(request, deps.clock.now(), pending.user.id), by);
    totp = await identity.startedTotp(by);
  }
  return deps.pages.page({
    locale,
    title: words.factor.enrol.title,
    self: loginPath(way),
    failed: error !== undefined,
    status: error === undefined ? 200 : 400,
    cookies: browser.cookies,
    formAction: formActionFor(way),
    passkeys: identity.passkeysPossible,
    main: enrolPage({
      words: words.factor,
      hidden: { ...carried(way), lang: chosen, csrf: formToken(deps, browser.value) },
      user: pending.user,
      totp,
      passkeys: identity.passkeysPossible,
      deviceName: deviceName(request.header('user-agent') ?? '', locale),
      error: error ?? null,
    }),
  });
}

export function enrolRoutes(deps: SigninDeps): Route[] {
  const { identity, clock } = deps;

  async function turnOf(request: HttpRequest): Promise<EnrolTurn | HttpAnswer> {
    const browser = knownBrowser(request);
    requireOwnForm(deps, request, browser.cookies.length === 0 ? browser.value : undefined);
    const way = await wayOf(deps, request, request.form, browser);
    const pending = await pendingOn(deps, request, browser, way);
    // Whoever has a factor shows it; whoever has begun no login begins one (CS-20).
    return pending?.owes === 'enrol' ? { way, browser, pending } : redirect(loginPath(way));
  }

  const by = (request: HttpRequest, { pending }: EnrolTurn) => ({
    pending,
    replaces: request.cookies.get(SESSION_COOKIE),
  });

  async function code(request: HttpRequest): Promise<HttpAnswer> {
    const turn = await turnOf(request);
    if ('status' in turn) return turn;
    const act = actOf(request, clock.now(), turn.pending.user.id);
    const done = await identity.confirmTotp(act, by(request, turn), request.form.get('code') ?? '');
    const { wrong } = turn.way.language.words.factor;
    if (done === 'over') return redirect(loginPath(turn.way));
    if (done === 'wrong') return showEnrol(deps, request, { ...turn, error: { at: 'code', sentence: wrong.code } });
    return finished(request, turn, done);
  }

  async function options(request: HttpRequest): Promise<HttpAnswer> {
    const turn = await turnOf(request);
    if ('status' in turn) return turn;
    const act = actOf(request, clock.now(), turn.pending.user.id);
    return { status: 200, body: await identity.passkeyCreation(act, by(request, turn)) };
  }

  async function passkey(request: HttpRequest): Promise<HttpAnswer> {
    const turn = await turnOf(request);
    if ('status' in turn) return turn;
    const { form } = request;
    const act = actOf(request, clock.now(), turn.pending.user.id);
    const name = form.get('passkey-name') ?? deviceName(request.header('user-agent') ?? '', turn.way.language.locale);
    const done = await identity.addPasskey(act, by(request, turn), form.get('credential') ?? '', name);
    if (typeof done === 'object') return finished(request, turn, done);
    const { passkey: words } = turn.way.language.words.factor;
    const sentence = done === 'taken' ? words.taken : words.notAdded;
    return showEnrol(deps, request, { ...turn, error: { at: 'passkey', sentence } });
  }

  /** The login is complete. The codes stand on the answer itself: no address shows them a second time. */
  function finished(request: HttpRequest, { way, browser }: EnrolTurn, done: Enrolled): HttpAnswer {
    const cookies = done.session === null ? browser.cookies : sessionCookies(request, done.session);
    if (done.codes === null) return redirect(beyond(way), { cookies });
    const { locale, words } = way.language;
    return deps.pages.page({
      locale,
      title: words.factor.codes.title,
      self: null,
      cookies,
      main: recoveryCodesPage({ words: words.factor.codes, codes: done.codes, onward: beyond(way) }),
    });
  }

  const post = (path: string, handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    surface: 'page',
    body: 'form',
    handle,
  });
  return [
    post('/login/enrol', code),
    post('/login/enrol/passkey', passkey),
    post('/login/enrol/passkey/options', options),
  ];
}
