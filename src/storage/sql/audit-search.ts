import type { Kysely, Selectable } from 'kysely';
import type { AuditAction, AuditFilter, AuditRow, NamedAuditRow } from '#audit/ports';
import { asUserMuid, type ClientId, type GrantId } from '#kernel';
import type { Database } from '../schema.ts';

type Row = Selectable<Database['audit_event']>;

/** Newest first, with the names that go with the ids. */
export async function searchAudit(db: Kysely<Database>, filter: AuditFilter): Promise<NamedAuditRow[]> {
  const { subject, client, action, from, to, before } = filter;
  let query = db
    .selectFrom('audit_event as e')
    .leftJoin('audit_subject as s', 's.ref', 'e.subject_ref')
    .leftJoin('user_account as su', 'su.id', 's.user_id')
    .leftJoin('audit_subject as a', 'a.ref', 'e.actor_ref')
    .leftJoin('user_account as au', 'au.id', 'a.user_id')
    .selectAll('e')
    .select([
      's.user_id as subject_id',
      'su.login_id as subject_name',
      'a.user_id as actor_user_id',
      'au.login_id as actor_name',
    ]);
  if (subject !== undefined) query = query.where('s.user_id', '=', subject);
  if (client !== undefined) query = query.where('e.client_id', '=', client);
  if (action !== undefined) query = query.where('e.action', '=', action);
  if (from !== undefined) query = query.where('e.at', '>=', from);
  if (to !== undefined) query = query.where('e.at', '<', to);
  if (before !== undefined) query = query.where('e.id', '<', before);
  const rows = await query.orderBy('e.id', 'desc').limit(filter.limit).execute();
  const actingClients = rows.flatMap((row) => (row.actor_kind === 'client' && row.actor_ref ? [row.actor_ref] : []));
  const names = await clientNames(db, [...actingClients, ...rows.flatMap((row) => row.client_id ?? [])]);
  return rows.map((row) => ({
    ...auditRow(row),
    actorName: row.actor_name ?? names.get(row.actor_ref ?? '') ?? null,
    subjectRef: row.subject_ref,
    subjectName: row.subject_name,
    clientName: names.get(row.client_id ?? '') ?? null,
  }));
}

async function clientNames(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('client as c')
    .innerJoin('client_version as v', (join) =>
      join
        .onRef('v.client_id', '=', 'c.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version')),
    )
    .select(['c.id', 'v.name'])
    .where('c.id', 'in', [...new Set(ids)] as ClientId[])
    .execute();
  return new Map(rows.map((row) => [row.id, row.name]));
}

export function auditRow(row: Row & { subject_id: string | null; actor_user_id: string | null }): AuditRow {
  return {
    id: row.id,
    at: row.at,
    action: row.action as AuditAction,
    outcome: row.outcome,
    subject: row.subject_id === null ? null : asUserMuid(row.subject_id),
    client: row.client_id as ClientId | null,
    grant: row.grant_id as GrantId | null,
    reason: row.reason,
    actor: {
      kind: row.actor_kind as AuditRow['actor']['kind'],
      id: row.actor_user_id ?? row.actor_ref,
      ip: row.ip,
      userAgent: row.user_agent,
      requestId: row.request_id,
    },
    sequence: row.sequence,
    hash: row.hash,
  };
}
