import type { Connection } from '#consent';
import type { HttpRequest } from '#http';
import { asClientId, PageError } from '#kernel';
import type { AccountDeps } from './deps.ts';
import type { Member } from './member.ts';

/**
 * The connection that the path names. One that this user never made is not told apart from one that does not exist: the
 * same PageError `not-found` (404).
 */
export async function requireConnection(
  deps: AccountDeps,
  request: HttpRequest,
  { session, language }: Member,
): Promise<Connection> {
  const client = asClientId(request.pathParams['clientId'] ?? '');
  const found = client && (await deps.consent.connection(session.user.id, client, language.locale));
  if (!found) throw new PageError('not-found', 404, { reason: 'unknown-client' });
  return found;
}
