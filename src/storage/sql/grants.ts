import type { Kysely } from 'kysely';
import type { Act } from '#audit/ports';
import type { PresentedHandle } from '#kernel';
import type { GrantStore, NewToken } from '#oauth/ports';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { endGrant, insertAccess, insertGrant, insertRefresh, readLiveGrant, scopeColumns } from './issuing.ts';
import { liveGrantOf, narrowedTo, selectLiveGrants } from './liveness.ts';
import { type Argument, prepared, type TokenQuestion } from './prepared.ts';
import { refreshKept, rotate } from './refresh.ts';
import { standing } from './standing.ts';
import { sweep } from './sweep.ts';
import { completeTransaction } from './transactions.ts';
import { bare } from './users.ts';

type Issue = Parameters<GrantStore['issue']>[1];
type Issued = Awaited<ReturnType<GrantStore['issue']>>;
type Ending = Parameters<GrantStore['endByToken']>[1];

const issue = verb(
  'grants.issue',
  async (tx, { act, wish, ticket }: { act: Act; wish: Issue; ticket: PresentedHandle | null }): Promise<Issued> => {
    const { grant, kind, client, user, scopes, access, refresh } = wish;
    const epochs = await standing(tx, { user, client, scopes, at: act.at });
    if (epochs === null) return { outcome: 'not-consented' };
    if (ticket !== null && !(await completeTransaction(tx, ticket, act.at))) return { outcome: 'already-done' };
    await insertGrant(tx, {
      id: grant,
      kind,
      user_id: user,
      client_id: client,
      ...scopeColumns(wish),
      ...epochs,
      authenticated_at: wish.authenticatedAt,
      created_at: act.at,
      expires_at: wish.grantExpiresAt,
    });
    const live = await readLiveGrant(tx, grant, act.at);
    if (live === null) return { outcome: 'not-consented' };
    await insertAccess(tx, act.at, access, { grant, scopes });
    if (refresh !== null) await insertRefresh(tx, act.at, refresh, { grant, client, generation: 1 });
    await record(tx, act, { action: 'token.issued', outcome: 'ok', subject: user, client, grant, reason: kind });
    return { outcome: 'issued', grant: live };
  },
);

const endByToken = verb(
  'grants.endByToken',
  async (tx, { act, token }: { act: Act; token: Ending }): Promise<'ended' | 'unknown' | 'not-yours'> => {
    const { lookupId, digest } = token.handle;
    const tokens = tx
      .selectFrom(token.kind === 'access' ? 'access_token' : 'refresh_token')
      .select('grant_id')
      .where('lookup_id', '=', lookupId)
      .where('digest', '=', digest);
    const row = await tx
      .selectFrom('oauth_grant')
      .select(['id', 'client_id'])
      .where('id', 'in', tokens)
      .executeTakeFirst();
    if (row === undefined) return 'unknown';
    if (row.client_id !== token.client) return 'not-yours';
    await endGrant(tx, act, row.id, token.why);
    return 'ended';
  },
);

/** Access tokens that live, each with the grant that it lives by. */
const selectLiveAccess = (db: Kysely<Database>, now: number) =>
  selectLiveGrants(db, now)
    .innerJoin('access_token as t', 't.grant_id', 'g.id')
    .where('t.expires_at', '>', now)
    .select(['u.login_id', 't.created_at', 't.expires_at', 't.scope as token_scope']);

/** Refresh tokens that live: the ones that rotation has not yet replaced. */
const selectLiveRefresh = (db: Kysely<Database>, now: number) =>
  selectLiveGrants(db, now)
    .innerJoin('refresh_token as t', 't.grant_id', 'g.id')
    .where('t.expires_at', '>', now)
    .where('t.rotated_at', 'is', null)
    .select(['u.login_id', 't.created_at', 't.expires_at', 'g.scope as token_scope']);

const findAccess = prepared((db, arg: Argument<TokenQuestion>) =>
  selectLiveAccess(db, arg('now')).where('t.lookup_id', '=', arg('lookupId')).where('t.digest', '=', arg('digest')),
);

const findRefresh = prepared((db, arg: Argument<TokenQuestion>) =>
  selectLiveRefresh(db, arg('now')).where('t.lookup_id', '=', arg('lookupId')).where('t.digest', '=', arg('digest')),
);

export function grantStore({ read, run }: Engine): GrantStore {
  return {
    issue: (act, wish, ticket) =>
      run(issue, {
        act,
        wish: { ...wish, access: withoutText(wish.access), refresh: wish.refresh && withoutText(wish.refresh) },
        ticket,
      }),

    async lookRefresh(token, client, now) {
      const row = await read
        .selectFrom('refresh_token as t')
        .innerJoin('oauth_grant as g', 'g.id', 't.grant_id')
        .select(['t.grant_id', 't.expires_at', 't.rotated_at', 'g.expires_at as grant_expires_at'])
        .where('t.lookup_id', '=', token.lookupId)
        .where('t.digest', '=', token.digest)
        .where('t.client_id', '=', client)
        .executeTakeFirst();
      if (row === undefined) return { found: false };
      const rotated = row.rotated_at !== null;
      // A rotated token is looked at even when its own time is over: that somebody still has it is what counts.
      const dead = row.expires_at <= now && !rotated;
      const grant = dead
        ? null
        : liveGrantOf(await selectLiveGrants(read, now).where('g.id', '=', row.grant_id).execute());
      return { found: true, grant, grantExpiresAt: row.grant_expires_at, rotated };
    },

    refreshKept: (act, refresh) =>
      run(refreshKept, { act, refresh: { ...refresh, access: withoutText(refresh.access) } }),

    rotate: (act, rotation) =>
      run(rotate, {
        act,
        rotation: { ...rotation, access: withoutText(rotation.access), refresh: withoutText(rotation.refresh) },
      }),

    async introspect(kind, token, now) {
      const asked = { lookupId: token.lookupId, digest: token.digest, now };
      const rows = kind === 'access' ? await findAccess(read, asked) : await findRefresh(read, asked);
      const grant = liveGrantOf(rows);
      const row = rows[0];
      if (grant === null || row === undefined) return null;
      return {
        kind,
        grant: narrowedTo(grant, row.token_scope),
        issuedAt: row.created_at,
        expiresAt: row.expires_at,
        loginId: row.login_id,
      };
    },

    endByToken: (act, token) => run(endByToken, { act, token: { ...token, handle: bare(token.handle) } }),
    sweep: (now, most) => run(sweep, { now, most }),
  };
}

const withoutText = ({ handle, expiresAt }: NewToken): NewToken => ({ handle: bare(handle), expiresAt });
