import type { Act } from '#audit/ports';
import { equalBytes } from '#kernel';
import type { GrantStore, RotateOutcome } from '#oauth/ports';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { endGrant, insertAccess, insertRefresh, readLiveGrant } from './issuing.ts';

type Refresh = Parameters<GrantStore['refreshKept']>[1];
type Refreshed = Awaited<ReturnType<GrantStore['refreshKept']>>;
type Rotation = Parameters<GrantStore['rotate']>[1];

/** A token made for a grant that ends in the same moment is dead on arrival: liveness is the grant's. */
export const refreshKept = verb(
  'grants.refreshKept',
  async (tx, { act, refresh }: { act: Act; refresh: Refresh }): Promise<Refreshed> => {
    const { token, client, scopes, access } = refresh;
    const row = await tx
      .selectFrom('refresh_token')
      .select(['grant_id', 'rotated_at'])
      .where('lookup_id', '=', token.lookupId)
      .where('digest', '=', token.digest)
      .where('client_id', '=', client)
      .where('expires_at', '>', act.at)
      .executeTakeFirst();
    if (row === undefined) return { outcome: 'unknown' };
    const grant = row.rotated_at === null ? await readLiveGrant(tx, row.grant_id, act.at) : null;
    if (grant === null) return { outcome: 'dead' };
    await insertAccess(tx, act.at, access, { grant: grant.grant, scopes });
    await record(tx, act, {
      action: 'token.refreshed',
      outcome: 'ok',
      subject: grant.user,
      client,
      grant: grant.grant,
    });
    return { outcome: 'refreshed', grant };
  },
);

/** The UPDATE that marks the token rotated is the decision: of parallel calls one wins, the others find it rotated. */
export const rotate = verb(
  'grants.rotate',
  async (tx, { act, rotation }: { act: Act; rotation: Rotation }): Promise<RotateOutcome> => {
    const { token, client, scopes, access, refresh, request, answer, repeatUntil } = rotation;
    const won = await tx
      .updateTable('refresh_token')
      .set({ rotated_at: act.at, request, successor_id: refresh.handle.lookupId, answer, repeat_until: repeatUntil })
      .where('lookup_id', '=', token.lookupId)
      .where('digest', '=', token.digest)
      .where('client_id', '=', client)
      .where('rotated_at', 'is', null)
      .where('expires_at', '>', act.at)
      .returning(['grant_id', 'generation'])
      .executeTakeFirst();
    if (won === undefined) return reused(tx, act, rotation);
    const grant = await readLiveGrant(tx, won.grant_id, act.at);
    if (grant === null) return { outcome: 'dead' };
    await insertRefresh(tx, act.at, refresh, { grant: grant.grant, client, generation: won.generation + 1 });
    await insertAccess(tx, act.at, access, { grant: grant.grant, scopes });
    await record(tx, act, {
      action: 'token.refreshed',
      outcome: 'ok',
      subject: grant.user,
      client,
      grant: grant.grant,
    });
    return { outcome: 'rotated', grant };
  },
);

/** A token that was rotated before comes again: an honest retry gets its stored answer, anything else ends the grant. */
async function reused(tx: Tx, act: Act, { token, client, request }: Rotation): Promise<RotateOutcome> {
  const row = await tx
    .selectFrom('refresh_token')
    .selectAll()
    .where('lookup_id', '=', token.lookupId)
    .where('client_id', '=', client)
    .executeTakeFirst();
  if (row === undefined || !equalBytes(row.digest, token.digest)) return { outcome: 'unknown' };
  if (row.rotated_at === null) return { outcome: 'dead' };
  const grant = await readLiveGrant(tx, row.grant_id, act.at);
  if (grant === null) return { outcome: 'dead' };
  const { answer, repeat_until: until } = row;
  const inTime = until !== null && until > act.at && row.request === request;
  if (answer !== null && inTime && (await isUntouched(tx, row.successor_id))) return { outcome: 'repeated', answer };
  await record(tx, act, {
    action: 'token.replayed',
    outcome: 'refused',
    subject: grant.user,
    client,
    grant: grant.grant,
  });
  await endGrant(tx, act, grant.grant, 'refresh_replayed');
  return { outcome: 'replayed' };
}

async function isUntouched(tx: Tx, successor: string | null): Promise<boolean> {
  if (successor === null) return false;
  const row = await tx
    .selectFrom('refresh_token')
    .select('rotated_at')
    .where('lookup_id', '=', successor)
    .executeTakeFirst();
  return row?.rotated_at === null;
}
