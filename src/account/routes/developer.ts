import type { HttpAnswer, HttpRequest, Route } from '#http';
import { actOf, formToken, redirect } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forMember, type Member } from '../member.ts';
import { developerPage } from '../pages/developer.ts';

const PATH = '/account/developer';

/** Any user may become a developer by agreeing to the terms. */
export function developerRoutes(deps: AccountDeps): Route[] {
  const isDeveloper = ({ session }: Member): boolean => session.user.roles.includes('developer');

  const show = ({ language, words, cookie }: Member, missing: boolean): HttpAnswer =>
    deps.pages.page({
      locale: language.locale,
      title: words.developer.title,
      self: PATH,
      failed: missing,
      status: missing ? 400 : 200,
      main: developerPage({ words: words.developer, csrf: formToken(deps, cookie), missing }),
    });

  const get = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) =>
      isDeveloper(member) ? redirect('/account') : show(member, false),
    );

  const post = (request: HttpRequest): Promise<HttpAnswer> =>
    forMember(deps, request, PATH, async (member) => {
      if (request.form.get('agree') !== 'on') return show(member, true);
      const { id } = member.session.user;
      await deps.identity.becomeDeveloper(actOf(request, deps.clock.now(), id), id);
      return redirect('/account?done=developer');
    });

  return [
    { method: 'GET', path: PATH, surface: 'page', body: 'none', handle: get },
    { method: 'POST', path: PATH, surface: 'page', body: 'form', handle: post },
  ];
}
