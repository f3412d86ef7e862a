import type { NoticeKind } from '#developer/ports';
import type { NoticeMails } from '#jobs/ports';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';
import { enqueue } from './jobs.ts';
import { selectAddresses } from './recovery.ts';

const enqueueUnmailed = verb(
  'notices.enqueueUnmailed',
  async (tx, { now, since, most }: { now: number; since: number; most: number }): Promise<number> => {
    const due = tx
      .selectFrom('developer_notice')
      .select('id')
      .where('mailed_at', 'is', null)
      .where('created_at', '>', since)
      .orderBy('id')
      .limit(most);
    const taken = await tx
      .updateTable('developer_notice')
      .set({ mailed_at: now })
      .where('id', 'in', due)
      .where('mailed_at', 'is', null)
      .returning('id')
      .execute();
    for (const { id } of taken) await enqueue(tx, 'mail-notice', { notice: id }, now);
    return taken.length;
  },
);

/** The way of decisions from the console into the mail. */
export function noticeMails({ read, run }: Engine): NoticeMails {
  return {
    async enqueueUnmailed(now, since, most) {
      // Nearly always there is none: then nobody takes the write lock.
      const some = await read
        .selectFrom('developer_notice')
        .select('id')
        .where('mailed_at', 'is', null)
        .where('created_at', '>', since)
        .limit(1)
        .executeTakeFirst();
      return some === undefined ? 0 : run(enqueueUnmailed, { now, since, most });
    },

    async forMail(notice) {
      const row = await selectAddresses(read)
        .innerJoin('developer_notice as n', 'n.user_id', 'u.id')
        .innerJoin('review_decision as d', 'd.id', 'n.decision_id')
        .innerJoin('client_version as v', (join) =>
          join.onRef('v.client_id', '=', 'd.client_id').onRef('v.version', '=', 'd.version'),
        )
        .select(['n.kind', 'n.client_id', 'n.reason', 'n.decision_id', 'v.name as client_name'])
        .where('n.id', '=', notice)
        .executeTakeFirst();
      if (row === undefined) return null;
      const refused = await read
        .selectFrom('review_verdict')
        .select(['scope', 'reason'])
        .where('decision_id', '=', row.decision_id)
        .where('verdict', '=', 'REFUSED')
        .orderBy('scope')
        .execute();
      return {
        to: row.email,
        kind: row.kind as NoticeKind,
        client: row.client_id,
        clientName: row.client_name,
        reason: row.reason,
        refused,
      };
    },
  };
}
