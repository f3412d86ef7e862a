import type { HttpAnswer, HttpRequest, Route } from '#http';
import { PageError } from '#kernel';
import { actOf, redirect } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forMember } from '../member.ts';

/** Asks for the mail that proves the address once more. At most three in an hour (AC-19). */
export function emailRoutes(deps: AccountDeps): Route[] {
  const { recovery } = deps.identity;

  const post = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, '/account', async ({ session, language }) => {
      if (!recovery.mails) throw new PageError('not-found', 404, { reason: 'malformed' });
      const { id } = session.user;
      await recovery.askVerification(actOf(request, deps.clock.now(), id), id, language.locale);
      return redirect('/account?done=verify');
    });

  return [{ method: 'POST', path: '/account/email', surface: 'page', body: 'form', handle: post }];
}
