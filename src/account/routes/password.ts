import type { HttpAnswer, HttpRequest, Route } from '#http';
import type { PasswordChange } from '#identity';
import { readHandle } from '#kernel';
import { actOf, formToken, redirect, wordsFor } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forMember, type Member } from '../member.ts';
import { type PasswordPage, passwordPage } from '../pages/password.ts';

const PATH = '/account/password';

export function passwordRoutes(deps: AccountDeps): Route[] {
  function show(member: Member, found: Pick<PasswordPage, 'errors' | 'alarm' | 'everywhere'>): HttpAnswer {
    const { language, words, session, cookie } = member;
    const failed = found.alarm !== null || Object.keys(found.errors).length > 0;
    return deps.pages.page({
      locale: language.locale,
      title: words.password.title,
      self: PATH,
      failed,
      status: failed ? 400 : 200,
      main: passwordPage({
        words: words.password,
        loginId: session.user.loginId,
        csrf: formToken(deps, cookie),
        ...found,
      }),
    });
  }

  const get = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => show(member, { errors: {}, alarm: null, everywhere: false }));

  const post = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      const { session, cookie } = member;
      const everywhere = request.form.get('everywhere') === 'on';
      const changed = await deps.identity.changePassword(actOf(request, deps.clock.now(), session.user.id), {
        user: session.user,
        session: readHandle('session', cookie),
        oldPassword: request.form.get('old-password') ?? '',
        newPassword: request.form.get('new-password') ?? '',
        everywhere,
      });
      if (changed === 'changed') return redirect(`/account?done=${everywhere ? 'password-everywhere' : 'password'}`);
      return show(member, { ...problemOf(changed, member), everywhere });
    });

  return [
    { method: 'GET', path: PATH, surface: 'page', body: 'none', handle: get },
    { method: 'POST', path: PATH, surface: 'page', body: 'form', handle: post },
  ];
}

function problemOf(
  changed: Exclude<PasswordChange, 'changed'>,
  { words, language }: Member,
): Pick<PasswordPage, 'errors' | 'alarm'> {
  if (changed === 'changed-meanwhile') return { errors: {}, alarm: words.password.changedMeanwhile };
  if (changed === 'wrong-old') return { errors: { old: words.password.wrongOld }, alarm: null };
  const { problem } = changed;
  const sentences = wordsFor(language.locale).signup.problems.password;
  return { errors: { next: problem === 'same' ? words.password.same : sentences[problem] }, alarm: null };
}
