import type { Act, AuditAction } from '#audit/ports';
import type { Decision, DecisionKind, NoticeKind, Rollback, ScopeVerdict, Suspension } from '#developer/ports';
import { type ClientId, type ClientStatus, newSortableId, type UserMuid } from '#kernel';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { allowancesOf, versionLists } from './client-rows.ts';
import { recordAllowances } from './client-allowances.ts';
import { updateStanding } from './client-versions.ts';

type Outcome = 'decided' | 'changed-meanwhile';

interface NewDecision {
  readonly client: ClientId;
  readonly version: number;
  readonly contentHash: string;
  readonly action: DecisionKind;
  readonly from: ClientStatus;
  readonly to: ClientStatus;
  readonly decidedBy: UserMuid | null;
  readonly reason: string;
  readonly verdicts: readonly ScopeVerdict[];
  /** The verdicts are what the version's scopes are from now on. */
  readonly setsStates: boolean;
}

/** The row that says who decided what about which content, with a verdict for each scope that was judged. */
export async function insertDecision(tx: Tx, { at }: Act, decision: NewDecision): Promise<string> {
  const id = newSortableId(at);
  const { client, version, verdicts } = decision;
  // Every caller has written the client's row before, so nobody else counts at the same time.
  const { before } = await tx
    .selectFrom('review_decision')
    .select((eb) => eb.fn.countAll<number>().as('before'))
    .where('client_id', '=', client)
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('review_decision')
    .values({
      id,
      client_id: client,
      version,
      content_hash: decision.contentHash,
      action: decision.action,
      from_status: decision.from,
      to_status: decision.to,
      decided_by: decision.decidedBy,
      decided_at: at,
      reason: decision.reason,
      sequence: before + 1,
    })
    .execute();
  if (verdicts.length > 0) {
    await tx
      .insertInto('review_verdict')
      .values(verdicts.map((one) => ({ decision_id: id, ...one })))
      .execute();
  }
  for (const { scope, verdict } of decision.setsStates ? verdicts : []) {
    await tx
      .updateTable('client_version_scope')
      .set({ review_state: verdict })
      .where('client_id', '=', client)
      .where('version', '=', version)
      .where('scope', '=', scope)
      .execute();
  }
  return id;
}

/** The developer hears of it in the transaction that decides; sending it by e-mail is a job's business. */
const notify = (
  tx: Tx,
  { at }: Act,
  notice: { owner: UserMuid; client: ClientId; decision: string; kind: NoticeKind; reason: string },
): Promise<unknown> =>
  tx
    .insertInto('developer_notice')
    .values({
      id: newSortableId(at),
      user_id: notice.owner,
      client_id: notice.client,
      decision_id: notice.decision,
      kind: notice.kind,
      reason: notice.reason,
      created_at: at,
      read_at: null,
      mailed_at: null,
    })
    .execute();

/**
 * Status and waiting version are compared in the UPDATE of the client's own row, so of two decisions one wins; a version
 * never changes, so its hash may be looked up beside it: none is about other content (WB-14).
 */
export const decide = verb(
  'clients.decide',
  async (tx, { act, decision }: { act: Act; decision: Decision }): Promise<Outcome> => {
    const { client, version, contentHash, action, from, to, allowImplicit, decidedBy, reason } = decision;
    const approves = action === 'approve';
    const before = await tx.selectFrom('client').selectAll().where('id', '=', client).executeTakeFirst();
    const decided = await tx
      .updateTable('client')
      .set((eb) => ({
        status: to,
        updated_at: act.at,
        pending_version: null,
        live_version: approves ? version : eb.ref('live_version'),
        // Whoever was refused before the first approval loses the tokens that the owner tried it with.
        epoch: to === 'REJECTED' ? eb('epoch', '+', 1) : eb.ref('epoch'),
        allow_implicit: approves && allowImplicit !== null ? Number(allowImplicit) : eb.ref('allow_implicit'),
      }))
      .where('id', '=', client)
      .where('status', '=', from)
      .where('pending_version', '=', version)
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('client_version as v')
            .select('v.version')
            .where('v.client_id', '=', client)
            .where('v.version', '=', version)
            .where('v.content_hash', '=', contentHash),
        ),
      )
      .returningAll()
      .executeTakeFirst();
    if (decided === undefined || before === undefined) return 'changed-meanwhile';
    await tx
      .updateTable('client_version')
      .set({ review_state: approves ? 'APPROVED' : 'REJECTED' })
      .where('client_id', '=', client)
      .where('version', '=', version)
      .execute();
    const verdicts = approves ? await fullVerdicts(tx, decision) : decision.verdicts;
    const row = { client, version, contentHash, action, from, to, decidedBy, reason, verdicts, setsStates: approves };
    const id = await insertDecision(tx, act, row);
    const what = from === 'PENDING' ? 'client' : 'change';
    const kind = `${what}-${approves ? 'approved' : 'rejected'}` as const;
    await notify(tx, act, { owner: decided.owner_id, client, decision: id, kind, reason });
    await record(tx, act, {
      action: approves ? 'client.approved' : 'client.rejected',
      outcome: 'ok',
      client,
      reason: reason || null,
    });
    await recordAllowances(tx, act, client, allowancesOf(before), allowancesOf(decided));
    return 'decided';
  },
);

/** A scope that was not judged by name is approved with its version. */
async function fullVerdicts(tx: Tx, { client, version, verdicts }: Decision): Promise<ScopeVerdict[]> {
  const { scopes } = await versionLists(tx, client, version);
  return scopes.map(
    ({ scope }) => verdicts.find((one) => one.scope === scope) ?? { scope, verdict: 'APPROVED', reason: '' },
  );
}

const SUSPENSION = {
  suspend: { from: 'ACTIVE', to: 'SUSPENDED', audited: 'client.suspended', notice: 'client-suspended' },
  reinstate: { from: 'SUSPENDED', to: 'ACTIVE', audited: 'client.reinstated', notice: 'client-reinstated' },
} as const satisfies Record<
  Suspension['action'],
  { from: ClientStatus; to: ClientStatus; audited: AuditAction; notice: NoticeKind }
>;

/** Raising the epoch ends every code, grant and token of the client in one statement; lifting it revives none. */
export const suspend = verb(
  'clients.suspend',
  async (tx, { act, suspension }: { act: Act; suspension: Suspension }): Promise<Outcome> => {
    const { client, action, decidedBy, reason } = suspension;
    const { from, to, audited, notice } = SUSPENSION[action];
    const done = await tx
      .updateTable('client')
      .set((eb) => ({
        status: to,
        updated_at: act.at,
        epoch: action === 'suspend' ? eb('epoch', '+', 1) : eb.ref('epoch'),
      }))
      .where('id', '=', client)
      .where('status', '=', from)
      .returning(['owner_id', 'live_version', 'newest_version'])
      .executeTakeFirst();
    if (done === undefined) return 'changed-meanwhile';
    const version = done.live_version ?? done.newest_version;
    const contentHash = await hashOf(tx, client, version);
    const row = { client, version, contentHash, action, from, to, decidedBy, reason, verdicts: [], setsStates: false };
    const id = await insertDecision(tx, act, row);
    await notify(tx, act, { owner: done.owner_id, client, decision: id, kind: notice, reason });
    await record(tx, act, { action: audited, outcome: 'ok', client, reason: reason || null });
    return 'decided';
  },
);

export const rollBack = verb(
  'clients.rollBack',
  async (tx, { act, rollback }: { act: Act; rollback: Rollback }): Promise<Outcome> => {
    const { client, standing, version, decidedBy, reason } = rollback;
    const done = await updateStanding(tx, client, standing)
      .set({ live_version: version, updated_at: act.at })
      // An approved version stays one for ever, so this needs no lock.
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('client_version as v')
            .select('v.version')
            .where('v.client_id', '=', client)
            .where('v.version', '=', version)
            .where('v.review_state', '=', 'APPROVED'),
        ),
      )
      .returning('owner_id')
      .executeTakeFirst();
    if (done === undefined) return 'changed-meanwhile';
    const contentHash = await hashOf(tx, client, version);
    const { status } = standing;
    const row = {
      client,
      version,
      contentHash,
      action: 'rollback',
      from: status,
      to: status,
      decidedBy,
      reason,
    } as const;
    const id = await insertDecision(tx, act, { ...row, verdicts: [], setsStates: false });
    await notify(tx, act, { owner: done.owner_id, client, decision: id, kind: 'client-rolled-back', reason });
    await record(tx, act, { action: 'client.rolled-back', outcome: 'ok', client, reason: `version ${version}` });
    return 'decided';
  },
);

async function hashOf(tx: Tx, client: ClientId, version: number): Promise<string> {
  const row = await tx
    .selectFrom('client_version')
    .select('content_hash')
    .where('client_id', '=', client)
    .where('version', '=', version)
    .executeTakeFirstOrThrow();
  return row.content_hash;
}
