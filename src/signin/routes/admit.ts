import type { Cookie, HttpAnswer, HttpRequest } from '#http';
import type { SessionCookie, User } from '#identity';
import type { SigninDeps } from '../deps.ts';
import { actOf, type KnownBrowser, PENDING_COOKIE, SESSION_COOKIE } from '../visitor.ts';
import { beyond, loginPath, ticketIdOf, type Way } from '../way.ts';
import { redirect } from './answer.ts';

/** The cookies of a complete login: the session, and no begun login beside it. */
export const sessionCookies = (request: HttpRequest, { text, maxAgeSeconds }: SessionCookie): Cookie[] => [
  { name: SESSION_COOKIE, value: text, maxAgeSeconds },
  ...(request.cookies.has(PENDING_COOKIE) ? [{ name: PENDING_COOKIE, value: '' }] : []),
];

/**
 * After a right password, or a new account: the session and on to where the login leads, or back to the login's page,
 * which then asks for what is owed. Null when the account ended meanwhile.
 */
export async function admitted(
  deps: SigninDeps,
  request: HttpRequest,
  user: User,
  browser: KnownBrowser,
  way: Way,
): Promise<HttpAnswer | null> {
  const admission = await deps.identity.admit(actOf(request, deps.clock.now(), user.id), user, {
    browser: browser.digest,
    ticketId: ticketIdOf(way),
    replaces: request.cookies.get(SESSION_COOKIE),
  });
  if (admission === null) return null;
  if (admission.kind === 'session') return redirect(beyond(way), { cookies: sessionCookies(request, admission) });
  const { text: value, maxAgeSeconds } = admission;
  const onward = loginPath(way, { lang: way.language.chosen });
  return redirect(onward, { cookies: [...browser.cookies, { name: PENDING_COOKIE, value, maxAgeSeconds }] });
}
