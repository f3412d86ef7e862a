import { type AskedScope, ok, parseScope, type ScopeName } from '#kernel';
import type { OAuthClient } from '../ports/index.ts';
import { type Check, refusal } from './refusal.ts';

/** Never by IMPLICIT: a token in a URL must not open files or health data (platform contract, section 9). */
const NOT_IMPLICIT: readonly ScopeName[] = ['DRIVE', 'DRIVE_READONLY', 'HEALTH'];

/**
 * The scopes asked for, within those of the client. A request that names none asks for all of the client's (platform
 * contract, section 1).
 */
export function checkScope(
  params: ReadonlyMap<string, string>,
  client: OAuthClient,
  responseType: 'code' | 'token',
): Check<AskedScope> {
  const open = responseType === 'token' ? client.scopes.filter((name) => !NOT_IMPLICIT.includes(name)) : client.scopes;
  const text = params.get('scope');
  if (text === undefined) {
    return open.length > 0
      ? ok({ names: open, spelling: {} })
      : refusal('invalid_scope', 'This client has no scopes.', 'scope-not-registered');
  }
  const asked = parseScope(text);
  if (!asked.ok) return refusal('invalid_scope', asked.problem, 'malformed');
  if (!asked.value.names.every((name) => open.includes(name))) {
    return refusal('invalid_scope', 'scope names a scope that this client may not ask for.', 'scope-not-registered');
  }
  return ok(asked.value);
}
