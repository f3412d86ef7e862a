import type { HttpAnswer, HttpRequest, Route } from '#http';
import { actOf, redirect } from '#signin';
import type { AccountDeps } from '../deps.ts';
import { forFreshMember } from '../member.ts';
import { SECURITY, showSecurity } from './security.ts';

/** Ends logins elsewhere. This one ends by logging out. */
export function sessionRoutes(deps: AccountDeps): Route[] {
  const { identity, clock } = deps;

  const endOne = (request: HttpRequest): Promise<HttpAnswer> =>
    forFreshMember(deps, request, SECURITY, async (member) => {
      const user = member.session.user.id;
      const ended = await identity.endOneSession(
        actOf(request, clock.now(), user),
        user,
        request.form.get('session') ?? '',
      );
      return ended ? redirect(`${SECURITY}?done=ended`) : showSecurity(deps, request, member, { problem: 'gone' });
    });

  const endOthers = (request: HttpRequest): Promise<HttpAnswer> =>
    forFreshMember(deps, request, SECURITY, async ({ session }) => {
      const user = session.user.id;
      await identity.endOtherSessions(actOf(request, clock.now(), user), user, session.lookupId);
      return redirect(`${SECURITY}?done=ended-others`);
    });

  return [
    { method: 'POST', path: `${SECURITY}/sessions/end`, surface: 'page', body: 'form', handle: endOne },
    { method: 'POST', path: `${SECURITY}/sessions/end-others`, surface: 'page', body: 'form', handle: endOthers },
  ];
}
