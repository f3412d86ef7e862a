import type { Act, AuditEntry } from '#audit/ports';
import { newSortableId } from '#kernel';
import type { Tx } from '../verb.ts';

/**
 * Writes one audit row in the transaction of what it records. People stand in it by a reference of their own, so that a
 * person can be forgotten without a change to the row.
 */
export async function record(tx: Tx, { at, actor }: Act, entry: AuditEntry): Promise<void> {
  const actorIsPerson = actor.kind === 'user' || actor.kind === 'operator';
  await tx
    .insertInto('audit_event')
    .values({
      id: newSortableId(at),
      at,
      action: entry.action,
      outcome: entry.outcome,
      actor_kind: actor.kind,
      actor_ref: actorIsPerson && actor.id !== null ? refOf(tx, actor.id) : actor.id,
      subject_ref: entry.subject == null ? null : refOf(tx, entry.subject),
      client_id: entry.client ?? null,
      grant_id: entry.grant ?? null,
      ip: actor.ip,
      user_agent: actor.userAgent,
      request_id: actor.requestId,
      reason: entry.reason ?? null,
      sequence: null,
      hash: null,
    })
    .execute();
}

const refOf = (tx: Tx, userId: string) => tx.selectFrom('audit_subject').select('ref').where('user_id', '=', userId);
