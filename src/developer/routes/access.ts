import type { Access } from '#contracts/console';
import { type HttpRequest, SESSION_COOKIE } from '#http';
import { asClientId } from '#kernel';
import { type OwnedClient, ownedBy } from '../ownership.ts';
import type { Member } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';
import { refusal } from './refuse.ts';

/** The living session behind the cookie. Throws 401 `login_required`. */
export async function requireMember(deps: ConsoleDeps, request: HttpRequest): Promise<Member> {
  const cookie = request.cookies.get(SESSION_COOKIE);
  const session = await deps.identity.readSession(cookie);
  if (session === null || cookie === undefined) throw refusal('login_required');
  return { id: session.user.id, session, cookie };
}

/**
 * The one rule who may use which routes: operators' routes are 403 for everybody else (that they exist is no secret, the
 * API's document names them); developers' routes want the role; an owner is asked for by `requireOwned`.
 */
export function requireAccess(access: Access, { session }: Member): void {
  const { roles } = session.user;
  if (access === 'operator' && !roles.includes('operator')) throw refusal('not_allowed');
  if (access === 'developer' && !roles.includes('developer')) throw refusal('not_a_developer');
}

/**
 * The caller's own client. Somebody else's, a deleted one and none at all are the same 404. Whoever is no developer (any
 * more) is told so only about a client of their own.
 */
export async function requireOwned(deps: ConsoleDeps, id: string | undefined, member: Member): Promise<OwnedClient> {
  const known = asClientId(id ?? '');
  const client = known === null ? null : ownedBy(await deps.developer.find(known), member.id);
  if (client === null) throw refusal('not_found');
  requireAccess('developer', member);
  return client;
}
