import type { DecisionNotice, DecisionNotices } from '#developer/ports';
import type { ScopeName, UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';

const MOST = 200;

const markRead = verb(
  'notices.markRead',
  async (tx, { user, id, now }: { user: UserMuid; id: string; now: number }): Promise<boolean> => {
    const read = await tx
      .updateTable('developer_notice')
      .set((eb) => ({ read_at: eb.fn.coalesce('read_at', eb.val(now)) }))
      .where('id', '=', id)
      .where('user_id', '=', user)
      .executeTakeFirst();
    return read.numUpdatedRows === 1n;
  },
);

/** What developers are told of decisions; the rows are written by the verbs that decide. */
export function decisionNotices({ read, run }: Engine): DecisionNotices {
  return {
    async noticesOf(user) {
      const rows = await read
        .selectFrom('developer_notice as n')
        .innerJoin('review_decision as d', 'd.id', 'n.decision_id')
        .innerJoin('client_version as v', (join) =>
          join.onRef('v.client_id', '=', 'd.client_id').onRef('v.version', '=', 'd.version'),
        )
        .selectAll('n')
        .select('v.name')
        .where('n.user_id', '=', user)
        .orderBy('n.created_at', 'desc')
        .orderBy('d.sequence', 'desc')
        .orderBy('n.id', 'desc')
        .limit(MOST)
        .execute();
      const ids = rows.map((row) => row.decision_id);
      const refused =
        ids.length === 0
          ? []
          : await read
              .selectFrom('review_verdict')
              .selectAll()
              .where('decision_id', 'in', ids)
              .where('verdict', '=', 'REFUSED')
              .execute();
      return rows.map((row) => ({
        id: row.id,
        kind: row.kind as DecisionNotice['kind'],
        client: row.client_id,
        clientName: row.name,
        reason: row.reason,
        refusedScopes: refused
          .filter((one) => one.decision_id === row.decision_id)
          .map(({ scope, verdict, reason }) => ({ scope: scope as ScopeName, verdict, reason })),
        createdAt: row.created_at,
        readAt: row.read_at,
      }));
    },

    async unread(user) {
      const { count } = await read
        .selectFrom('developer_notice')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('user_id', '=', user)
        .where('read_at', 'is', null)
        .executeTakeFirstOrThrow();
      return count;
    },

    markRead: (user, id, now) => run(markRead, { user, id, now }),
  };
}
