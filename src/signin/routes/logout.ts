import { type HttpAnswer, type HttpRequest, requireOwnForm, type Route } from '#http';
import type { SigninDeps } from '../deps.ts';
import { actOf, SESSION_COOKIE } from '../visitor.ts';
import { redirect } from './answer.ts';

/**
 * `POST /logout`, from our own pages alone. A post from another site comes without the SameSite cookie: it is answered,
 * and nothing of this browser is touched, or any site could log people out (CS-16).
 */
export function logoutRoutes(deps: SigninDeps): Route[] {
  async function logout(request: HttpRequest): Promise<HttpAnswer> {
    const cookie = request.cookies.get(SESSION_COOKIE);
    if (cookie === undefined) return redirect('/');
    requireOwnForm(deps, request, cookie);
    const session = await deps.identity.readSession(cookie);
    await deps.identity.endSession(actOf(request, deps.clock.now(), session?.user.id ?? null), cookie);
    // Whatever pages of ours kept in the browser (a half-filled form) goes with the session (CS-16).
    const headers = { 'Clear-Site-Data': '"storage"' };
    return redirect('/', { headers, cookies: [{ name: SESSION_COOKIE, value: '' }] });
  }
  return [{ method: 'POST', path: '/logout', surface: 'page', body: 'form', handle: logout }];
}
