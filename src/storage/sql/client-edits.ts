import type { Act } from '#audit/ports';
import type { ClientStanding, ClientStore, NewVersion } from '#developer/ports';
import { asUserMuid, type ClientId } from '#kernel';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { insertDecision } from './client-review.ts';
import { endSecrets, insertSecret } from './client-secrets.ts';
import { insertVersion, setWaiting, updateStanding } from './client-versions.ts';

type NewClient = Parameters<ClientStore['create']>[1];
type Edit = Parameters<ClientStore['edit']>[1];

export const create = verb(
  'clients.create',
  async (tx, { act, client }: { act: Act; client: NewClient }): Promise<void> => {
    const { id, owner, content, secret } = client;
    await tx
      .insertInto('client')
      .values({
        id,
        owner_id: owner,
        organisation_id: null,
        status: 'PENDING',
        epoch: 1,
        live_version: null,
        newest_version: 1,
        pending_version: 1,
        allow_password: 0,
        allow_get_token: 0,
        allow_implicit: 0,
        allow_resource_server: 0,
        created_at: act.at,
        updated_at: act.at,
        deleted_at: null,
      })
      .execute();
    await insertVersion(tx, act, { client: id, version: 1, base: null, state: 'PENDING' }, content);
    await record(tx, act, { action: 'client.created', outcome: 'ok', client: id, subject: owner });
    if (secret !== null) await insertSecret(tx, act, id, secret);
  },
);

export const edit = verb(
  'clients.edit',
  async (tx, { act, edit: asked }: { act: Act; edit: Edit }): Promise<'edited' | 'changed-meanwhile'> => {
    const { client, standing, to, how, content } = asked;
    const version = standing.newestVersion + 1;
    const narrows = how === 'narrow';
    const edited = await updateStanding(tx, client, standing)
      .set((eb) => ({
        status: to,
        newest_version: version,
        pending_version: narrows ? null : version,
        live_version: narrows ? version : eb.ref('live_version'),
        updated_at: act.at,
      }))
      .executeTakeFirst();
    if (edited.numUpdatedRows === 0n) return 'changed-meanwhile';
    await setWaiting(tx, client, standing.pendingVersion, 'REPLACED');
    const base = standing.liveVersion ?? standing.newestVersion;
    await insertVersion(tx, act, { client, version, base, state: narrows ? 'APPROVED' : 'PENDING' }, content);
    if (narrows) await keepVerdicts(tx, act, client, base, version, content);
    await record(tx, act, { action: narrows ? 'client.narrowed' : 'client.edited', outcome: 'ok', client });
    return 'edited';
  },
);

/**
 * A narrowed version keeps the verdict of each scope it still has, a refusal included, and gets a record of its own kind:
 * nothing goes live without a row that says by whose word.
 */
async function keepVerdicts(
  tx: Tx,
  act: Act,
  client: ClientId,
  from: number,
  version: number,
  { content, contentHash }: NewVersion,
): Promise<void> {
  const kept = await tx
    .selectFrom('client_version_scope')
    .select(['scope', 'review_state'])
    .where('client_id', '=', client)
    .where('version', '=', from)
    .execute();
  const reasons = await tx
    .selectFrom('review_verdict as r')
    .innerJoin('review_decision as d', 'd.id', 'r.decision_id')
    .select(['r.scope', 'r.reason'])
    .where('d.client_id', '=', client)
    .where('d.version', '=', from)
    .orderBy('d.sequence')
    .execute();
  const verdicts = content.scopes.flatMap(({ scope }) => {
    const verdict = kept.find((row) => row.scope === scope)?.review_state ?? null;
    return verdict === null
      ? []
      : [{ scope, verdict, reason: reasons.findLast((row) => row.scope === scope)?.reason ?? '' }];
  });
  const decision = { client, version, contentHash, action: 'narrow', from: 'ACTIVE', to: 'ACTIVE' } as const;
  const decidedBy = act.actor.kind === 'user' ? asUserMuid(act.actor.id ?? '') : null;
  await insertDecision(tx, act, { ...decision, decidedBy, reason: '', verdicts, setsStates: true });
}

type Withdrawal = { act: Act; client: ClientId; standing: ClientStanding };

export const withdrawChange = verb(
  'clients.withdrawChange',
  async (tx, { act, client, standing }: Withdrawal): Promise<'withdrawn' | 'changed-meanwhile'> => {
    const done = await updateStanding(tx, client, standing)
      .where('pending_version', 'is not', null)
      .set({ pending_version: null, updated_at: act.at })
      .executeTakeFirst();
    if (done.numUpdatedRows === 0n) return 'changed-meanwhile';
    await setWaiting(tx, client, standing.pendingVersion, 'WITHDRAWN');
    await record(tx, act, { action: 'client.change-withdrawn', outcome: 'ok', client });
    return 'withdrawn';
  },
);

export const remove = verb(
  'clients.remove',
  async (tx, { act, client, standing }: Withdrawal): Promise<'removed' | 'changed-meanwhile'> => {
    const held = await updateStanding(tx, client, standing).set({ updated_at: act.at }).executeTakeFirst();
    if (held.numUpdatedRows === 0n) return 'changed-meanwhile';
    return (await removeClient(tx, act, client, standing.pendingVersion)) ? 'removed' : 'changed-meanwhile';
  },
);

/**
 * The row, its versions and its decisions stay for the records; whatever could be used of it is gone. Also for an owner
 * who closes the account. False when it was deleted before.
 */
export async function removeClient(
  tx: Tx,
  act: Act,
  client: ClientId,
  pendingVersion: number | null,
): Promise<boolean> {
  const removed = await tx
    .updateTable('client')
    .set((eb) => ({
      status: 'DELETED',
      pending_version: null,
      epoch: eb('epoch', '+', 1),
      allow_password: 0,
      allow_get_token: 0,
      allow_implicit: 0,
      allow_resource_server: 0,
      updated_at: act.at,
      deleted_at: act.at,
    }))
    .where('id', '=', client)
    .where('status', '!=', 'DELETED')
    .executeTakeFirst();
  if (removed.numUpdatedRows === 0n) return false;
  await setWaiting(tx, client, pendingVersion, 'WITHDRAWN');
  await endSecrets(tx, client, act.at);
  await record(tx, act, { action: 'client.deleted', outcome: 'ok', client });
  return true;
}
