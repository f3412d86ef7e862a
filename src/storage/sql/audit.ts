import { hash, randomBytes } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Act, AuditEntry, AuditStore, ChainReport } from '#audit/ports';
import type { UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import type { Database } from '../schema.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { auditRow, searchAudit } from './audit-search.ts';

type Row = Selectable<Database['audit_event']>;

const SEAL_MOST = 500;
const VERIFY_PAGE = 1000;

/** Everything that was recorded, in one order, with the hash of the row before. */
const linkHash = (before: string, sequence: number, row: Row): string =>
  hash(
    'sha256',
    JSON.stringify([
      before,
      sequence,
      row.id,
      row.at,
      row.action,
      row.outcome,
      row.actor_kind,
      row.actor_ref,
      row.subject_ref,
      row.client_id,
      row.grant_id,
      row.ip,
      row.user_agent,
      row.request_id,
      row.reason,
    ]),
    'hex',
  );

const append = verb('audit.append', (tx, { act, entry }: { act: Act; entry: AuditEntry }) => record(tx, act, entry));

/** Taking the chain's row first makes sealers wait for each other; the second then finds nothing left to do. */
const sealPending = verb('audit.sealPending', async (tx): Promise<number> => {
  const end = await tx
    .updateTable('audit_chain')
    .set((eb) => ({ sequence: eb.ref('sequence') }))
    .where('id', '=', 1)
    .returning(['sequence', 'hash'])
    .executeTakeFirstOrThrow();
  const rows = await tx
    .selectFrom('audit_event')
    .selectAll()
    .where('sequence', 'is', null)
    .orderBy('id')
    .limit(SEAL_MOST)
    .execute();
  let { sequence, hash: last } = end;
  for (const row of rows) {
    sequence += 1;
    last = linkHash(last, sequence, row);
    await tx.updateTable('audit_event').set({ sequence, hash: last }).where('id', '=', row.id).execute();
  }
  if (rows.length > 0) await tx.updateTable('audit_chain').set({ sequence, hash: last }).where('id', '=', 1).execute();
  return rows.length;
});

/** The reference by which audit rows name a person; made with the account. */
export const giveAuditReference = (tx: Tx, userId: UserMuid): Promise<unknown> =>
  tx
    .insertInto('audit_subject')
    .values({ ref: randomBytes(16).toString('hex'), user_id: userId })
    .execute();

export function auditStore({ read, run }: Engine): AuditStore {
  return {
    append: (act, entry) => run(append, { act, entry }),

    async list({ subject, client, action, limit }) {
      let query = read
        .selectFrom('audit_event as e')
        .leftJoin('audit_subject as s', 's.ref', 'e.subject_ref')
        .leftJoin('audit_subject as a', 'a.ref', 'e.actor_ref')
        .selectAll('e')
        .select(['s.user_id as subject_id', 'a.user_id as actor_user_id']);
      if (subject !== undefined) query = query.where('s.user_id', '=', subject);
      if (client !== undefined) query = query.where('e.client_id', '=', client);
      if (action !== undefined) query = query.where('e.action', '=', action);
      const rows = await query.orderBy('e.id', 'desc').limit(limit).execute();
      return rows.map(auditRow);
    },

    search: (filter) => searchAudit(read, filter),

    sealPending: () => run(sealPending, null),

    async verify() {
      const end = await read.selectFrom('audit_chain').selectAll().where('id', '=', 1).executeTakeFirstOrThrow();
      const broken: string[] = [];
      let sequence = 0;
      let last = '';
      while (sequence < end.sequence) {
        const rows = await read
          .selectFrom('audit_event')
          .selectAll()
          .where('sequence', '>', sequence)
          .where('sequence', '<=', end.sequence)
          .orderBy('sequence')
          .limit(VERIFY_PAGE)
          .execute();
        for (const row of rows) {
          const at = row.sequence ?? 0;
          for (let lost = sequence + 1; lost < at; lost++) broken.push(`missing:${lost}`);
          if (row.hash !== linkHash(last, at, row)) broken.push(row.id);
          // The stored hash goes on, so that one changed row is named once and not with all that follow.
          last = row.hash ?? '';
          sequence = at;
        }
        if (rows.length === 0) break;
      }
      for (let lost = sequence + 1; lost <= end.sequence; lost++) broken.push(`missing:${lost}`);
      if (sequence === end.sequence && last !== end.hash) broken.push('end-of-chain');
      const { unsealed } = await read
        .selectFrom('audit_event')
        .select((eb) => eb.fn.countAll<number>().as('unsealed'))
        .where((eb) => eb.or([eb('sequence', 'is', null), eb('sequence', '>', end.sequence)]))
        .executeTakeFirstOrThrow();
      return { sealed: end.sequence, unsealed, broken } satisfies ChainReport;
    },
  };
}
