import { intersectScope, newGrantId, OAuthError, SECOND, type ScopeName } from '#kernel';
import type { AuthenticatedClient } from '../client-auth/authenticate.ts';
import type { OAuthDeps } from '../options.ts';
import type { ResourceOwners } from '../ports/index.ts';
import type { Grant } from './grant.ts';

/** What the operator's own applications have without a consent page (platform contract, section 9). */
const OWN_SERVICE: readonly ScopeName[] = ['PROFILE', 'DEVICE'];

/**
 * Legacy: RFC 6749 §4.3, for clients that the operator allowed it for. Yields only what the user has consented to for
 * this client on a page, never HEALTH, and shares the login page's back-off.
 */
export const password: Grant = {
  needs: { allowance: 'password' },
  scope: 'strict',
  async settle({ params, by, scope, now }, mint, deps) {
    const username = params.get('username');
    const secret = params.get('password');
    if (username === undefined || secret === undefined) {
      throw new OAuthError('invalid_request', 'username or password is missing.', { reason: 'malformed' });
    }
    const user = rightUser(await deps.owners.check(by.act, username, secret), now);
    // A client in review works for its owner alone.
    if (by.client.status === 'PENDING' && user !== by.client.ownerId) throw wrong();

    const asked = scope?.names ?? by.client.scopes;
    const scopes = intersectScope(asked, await granted(user, by, deps)).filter((name) => name !== 'HEALTH');
    if (scopes.length === 0) throw notConsented();
    if (by.client.ownService) {
      await deps.consented.noteOwnService(by.act, user, by.client.id, intersectScope(scopes, OWN_SERVICE));
    }
    const minted = mint(now + deps.lifetimes.grant * SECOND);
    const issued = await deps.grants.issue(
      by.act,
      {
        grant: newGrantId(now),
        kind: 'password',
        client: by.client.id,
        user,
        scopes,
        spelling: scope?.spelling ?? {},
        authenticatedAt: now,
        grantExpiresAt: minted.grantExpiresAt,
        access: minted.access,
        refresh: minted.refresh,
      },
      null,
    );
    if (issued.outcome !== 'issued') throw notConsented();
    return { kind: 'tokens', grant: issued.grant, minted, keptRefresh: null };
  },
};

function rightUser(checked: Awaited<ReturnType<ResourceOwners['check']>>, now: number) {
  if (checked.outcome === 'right') return checked.user;
  if (checked.outcome === 'wrong') throw wrong();
  throw new OAuthError('invalid_grant', 'Too many tries. Wait before the next one.', {
    reason: 'backed-off',
    status: 429,
    retryAfter: Math.max(1, Math.ceil((checked.retryAt - now) / SECOND)),
  });
}

async function granted(
  user: Parameters<OAuthDeps['consented']['of']>[0],
  by: AuthenticatedClient,
  deps: OAuthDeps,
): Promise<readonly ScopeName[]> {
  const given = await deps.consented.of(user, by.client.id);
  const own = by.client.ownService ? intersectScope(OWN_SERVICE, by.client.scopes) : [];
  return intersectScope(by.client.scopes, [...given, ...own]);
}

const wrong = (): OAuthError =>
  new OAuthError('invalid_grant', 'The login name or the password is wrong.', { reason: 'bad-user-credentials' });

const notConsented = (): OAuthError =>
  new OAuthError('invalid_scope', 'The user has not consented to these scopes for this client.', {
    reason: 'scope-not-consented',
  });
