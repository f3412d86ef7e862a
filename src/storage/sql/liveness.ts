import type { Kysely } from 'kysely';
import { asScope, intersectScope, SCOPES, type ScopeName, splitScope, splitSpelling } from '#kernel';
import type { LiveGrant } from '#oauth/ports';
import type { Database } from '../schema.ts';

/**
 * What lives (DESIGN.md, Liveness): a grant whose own end is empty, whose time is not over, and whose epochs are those of
 * its user, client, connection and instance; the client is ACTIVE, or PENDING and its owner's. Tokens hold no liveness of
 * their own. One row per scope that the user's consent covers at `now`; `held` is null where the client lost it meanwhile.
 *
 * Every read of a token goes through this one join, so withdrawing, suspending, closing and restoring are seen by the next
 * request on every process.
 */
export const selectLiveGrants = (db: Kysely<Database>, now: number) =>
  db
    .selectFrom('oauth_grant as g')
    .innerJoin('user_account as u', (join) =>
      join.onRef('u.id', '=', 'g.user_id').onRef('u.epoch', '=', 'g.user_epoch').on('u.status', '=', 'ACTIVE'),
    )
    .innerJoin('client as c', (join) => join.onRef('c.id', '=', 'g.client_id').onRef('c.epoch', '=', 'g.client_epoch'))
    .innerJoin('connection as n', (join) =>
      join
        .onRef('n.user_id', '=', 'g.user_id')
        .onRef('n.client_id', '=', 'g.client_id')
        .onRef('n.epoch', '=', 'g.connection_epoch'),
    )
    .innerJoin('instance as i', (join) => join.on('i.id', '=', 1).onRef('i.epoch', '=', 'g.instance_epoch'))
    .leftJoin('consent_item as k', (join) =>
      join
        .onRef('k.user_id', '=', 'g.user_id')
        .onRef('k.client_id', '=', 'g.client_id')
        .on('k.state', '=', 'GIVEN')
        .on((eb) => eb.or([eb('k.expires_at', 'is', null), eb('k.expires_at', '>', now)])),
    )
    .leftJoin('client_version_scope as h', (join) =>
      join
        .onRef('h.client_id', '=', 'c.id')
        .on('h.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version'))
        .onRef('h.scope', '=', 'k.scope')
        .on((eb) => eb.or([eb('h.review_state', 'is', null), eb('h.review_state', '=', 'APPROVED')])),
    )
    .where('g.ended_at', 'is', null)
    .where('g.expires_at', '>', now)
    .where((eb) =>
      eb.or([
        eb('c.status', '=', 'ACTIVE'),
        eb.and([eb('c.status', '=', 'PENDING'), eb('c.owner_id', '=', eb.ref('g.user_id'))]),
      ]),
    )
    .select([
      'g.id as grant_id',
      'g.user_id',
      'g.client_id',
      'g.scope as grant_scope',
      'g.spelling',
      'g.authenticated_at',
      'n.last_used_at',
      'h.scope as held',
    ]);

export type LiveRow = Awaited<ReturnType<ReturnType<typeof selectLiveGrants>['execute']>>[number];

/** The scopes of a grant that consent and client still cover, in the order of the house. */
export function coveredScopes(rows: readonly Pick<LiveRow, 'held' | 'grant_scope'>[]): ScopeName[] {
  const held = new Set(rows.map((row) => (row.held === null ? null : asScope(row.held))));
  const granted = splitScope(rows[0]?.grant_scope ?? '');
  return SCOPES.filter((name) => held.has(name) && granted.includes(name));
}

/** Null for no rows: what does not live has none. */
export function liveGrantOf(rows: readonly LiveRow[]): LiveGrant | null {
  const row = rows[0];
  if (row === undefined) return null;
  return {
    grant: row.grant_id,
    client: row.client_id,
    user: row.user_id,
    scopes: coveredScopes(rows),
    spelling: splitSpelling(row.spelling),
    authenticatedAt: row.authenticated_at,
    lastUsedAt: row.last_used_at,
  };
}

/** The same grant with the scopes of one token, which may have asked for less. */
export const narrowedTo = (grant: LiveGrant, tokenScope: string): LiveGrant => ({
  ...grant,
  scopes: intersectScope(grant.scopes, splitScope(tokenScope)),
});
