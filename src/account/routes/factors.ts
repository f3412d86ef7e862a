import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { Enrolled, EnrolledBy } from '#identity';
import { actOf, deviceName, formToken, recoveryCodesPage, redirect, wordsFor } from '#signin';
import { sha256 } from '#kernel';
import type { AccountDeps } from '../deps.ts';
import { forFreshMember, type Member } from '../member.ts';
import { totpPage } from '../pages/totp.ts';
import { securityWords } from '../words/security.ts';
import { SECURITY, showSecurity } from './security.ts';

const TOTP = `${SECURITY}/totp`;

/** Changes of the second factor. Each ends every other session of the person (CS-17). */
export function factorRoutes(deps: AccountDeps): Route[] {
  const { identity, clock } = deps;
  const done = (name: string): HttpAnswer => redirect(`${SECURITY}?done=${name}`);
  const actFor = (request: HttpRequest, { session }: Member) => actOf(request, clock.now(), session.user.id);
  const by = ({ session, cookie }: Member): EnrolledBy => ({
    session: { lookupId: session.lookupId, holder: sha256(cookie), user: session.user },
  });

  /** New recovery codes stand on the answer itself: no address shows them a second time. */
  function showCodes({ language }: Member, codes: readonly string[]): HttpAnswer {
    const { locale, words } = language;
    const { codes: codeWords } = words.factor;
    return deps.pages.page({
      locale,
      title: codeWords.title,
      self: null,
      main: recoveryCodesPage({ words: codeWords, codes, onward: SECURITY }),
    });
  }

  const enrolled = (member: Member, { codes }: Enrolled): HttpAnswer =>
    codes === null ? done('added') : showCodes(member, codes);

  async function showTotp(request: HttpRequest, member: Member, error: string | null): Promise<HttpAnswer> {
    const { locale } = member.language;
    let totp = await identity.startedTotp(by(member));
    if (totp === null) {
      await identity.startTotp(actFor(request, member), by(member));
      totp = await identity.startedTotp(by(member));
    }
    if (totp === null) return redirect(SECURITY);
    const words = securityWords(locale).totp;
    return deps.pages.page({
      locale,
      title: words.title,
      self: TOTP,
      failed: error !== null,
      status: error === null ? 200 : 400,
      main: totpPage({
        words,
        setupWords: wordsFor(locale).factor.totp,
        totp,
        csrf: formToken(deps, member.cookie),
        replaces: (await identity.factorsOf(member.session.user.id)).totp !== null,
        error,
      }),
    });
  }

  async function confirmTotp(request: HttpRequest, member: Member): Promise<HttpAnswer> {
    const outcome = await identity.confirmTotp(actFor(request, member), by(member), request.form.get('code') ?? '');
    const { factor } = member.language.words;
    if (outcome === 'wrong') return showTotp(request, member, factor.wrong.code);
    if (outcome === 'over') return showTotp(request, member, factor.totp.gone);
    return enrolled(member, outcome);
  }

  async function addPasskey(request: HttpRequest, member: Member): Promise<HttpAnswer> {
    const { form } = request;
    const name = form.get('passkey-name') ?? deviceName(request.header('user-agent') ?? '', member.language.locale);
    const outcome = await identity.addPasskey(actFor(request, member), by(member), form.get('credential') ?? '', name);
    if (typeof outcome === 'object') return enrolled(member, outcome);
    return showSecurity(deps, request, member, { problem: outcome === 'taken' ? 'taken' : 'not-added' });
  }

  async function rename(request: HttpRequest, member: Member): Promise<HttpAnswer> {
    const name = [...request.form].find(([field]) => field.startsWith('name-'))?.[1] ?? '';
    const named = await identity.namePasskey(member.session.user.id, request.form.get('passkey') ?? '', name);
    return named ? done('renamed') : showSecurity(deps, request, member, { problem: 'name' });
  }

  async function remove(request: HttpRequest, member: Member, what: 'totp' | { passkey: string }): Promise<HttpAnswer> {
    const { user, lookupId } = member.session;
    const outcome = await identity.removeFactor(actFor(request, member), user, what, lookupId);
    return outcome === 'removed' ? done('removed') : showSecurity(deps, request, member, { problem: outcome });
  }

  async function makeCodes(request: HttpRequest, member: Member): Promise<HttpAnswer> {
    const codes = await identity.makeRecoveryCodes(actFor(request, member), member.session.user.id);
    return codes === null ? showSecurity(deps, request, member, { problem: 'codes' }) : showCodes(member, codes);
  }

  const fresh =
    (back: string, handle: (request: HttpRequest, member: Member) => Promise<HttpAnswer>): Route['handle'] =>
    (request) =>
      forFreshMember(deps, request, back, (member) => handle(request, member));
  const post = (path: string, handle: Route['handle']): Route => ({
    method: 'POST',
    path,
    surface: 'page',
    body: 'form',
    handle,
  });

  return [
    {
      method: 'GET',
      path: TOTP,
      surface: 'page',
      body: 'none',
      handle: fresh(TOTP, (request, member) => showTotp(request, member, null)),
    },
    post(TOTP, fresh(TOTP, confirmTotp)),
    post(
      `${TOTP}/remove`,
      fresh(SECURITY, (request, member) => remove(request, member, 'totp')),
    ),
    post(`${SECURITY}/passkeys`, fresh(SECURITY, addPasskey)),
    post(
      `${SECURITY}/passkeys/options`,
      fresh(SECURITY, async (request, member) => ({
        status: 200,
        body: await identity.passkeyCreation(actFor(request, member), by(member)),
      })),
    ),
    post(`${SECURITY}/passkeys/name`, fresh(SECURITY, rename)),
    post(
      `${SECURITY}/passkeys/remove`,
      fresh(SECURITY, (request, member) => remove(request, member, { passkey: request.form.get('passkey') ?? '' })),
    ),
    post(`${SECURITY}/recovery-codes`, fresh(SECURITY, makeCodes)),
  ];
}
