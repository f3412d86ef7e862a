import type { Act } from '#audit/ports';
import { type GrantId, joinScope, joinSpelling, type ScopeName } from '#kernel';
import type { LiveGrant, NewToken } from '#oauth/ports';
import type { Selectable } from 'kysely';
import type { Database } from '../schema.ts';
import type { Tx } from '../verb.ts';
import { record } from './audit-entry.ts';
import { liveGrantOf, selectLiveGrants } from './liveness.ts';

type GrantRow = Selectable<Database['oauth_grant']>;

/** What several verbs do once they have won: rows of a grant and its tokens, always as digests. */
export async function insertGrant(tx: Tx, row: Omit<GrantRow, 'ended_at' | 'end_reason'>): Promise<void> {
  await tx
    .insertInto('oauth_grant')
    .values({ ...row, ended_at: null, end_reason: null })
    .execute();
}

export async function insertAccess(
  tx: Tx,
  at: number,
  access: NewToken,
  of: { grant: GrantId; scopes: readonly ScopeName[] },
): Promise<void> {
  await tx
    .insertInto('access_token')
    .values({
      lookup_id: access.handle.lookupId,
      digest: access.handle.digest,
      grant_id: of.grant,
      scope: joinScope(of.scopes),
      created_at: at,
      expires_at: access.expiresAt,
    })
    .execute();
}

export async function insertRefresh(
  tx: Tx,
  at: number,
  refresh: NewToken,
  of: { grant: GrantId; client: GrantRow['client_id']; generation: number },
): Promise<void> {
  await tx
    .insertInto('refresh_token')
    .values({
      lookup_id: refresh.handle.lookupId,
      digest: refresh.handle.digest,
      grant_id: of.grant,
      client_id: of.client,
      generation: of.generation,
      created_at: at,
      expires_at: refresh.expiresAt,
      rotated_at: null,
      request: null,
      successor_id: null,
      answer: null,
      repeat_until: null,
    })
    .execute();
}

export const readLiveGrant = async (tx: Tx, grant: GrantId, now: number): Promise<LiveGrant | null> =>
  liveGrantOf(await selectLiveGrants(tx, now).where('g.id', '=', grant).execute());

/** Ends a grant and with it every token of its family. False when it had ended before. */
export async function endGrant(tx: Tx, act: Act, grant: GrantId, why: string): Promise<boolean> {
  const ended = await tx
    .updateTable('oauth_grant')
    .set({ ended_at: act.at, end_reason: why })
    .where('id', '=', grant)
    .where('ended_at', 'is', null)
    .returning(['user_id', 'client_id'])
    .executeTakeFirst();
  if (ended === undefined) return false;
  const { user_id: subject, client_id: client } = ended;
  await record(tx, act, { action: 'grant.ended', outcome: 'ok', subject, client, grant, reason: why });
  return true;
}

export const scopeColumns = (of: { scopes: readonly ScopeName[]; spelling: LiveGrant['spelling'] }) => ({
  scope: joinScope(of.scopes),
  spelling: joinSpelling(of.spelling),
});
