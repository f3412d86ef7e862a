import type { ClientRecords, DecisionRow, ScopeVerdict } from '#developer/ports';
import type { ClientId } from '#kernel';
import type { Engine } from '../engine.ts';
import { clientsOf, selectClients } from './client-rows.ts';
import { selectVersions, versionsOf } from './client-versions.ts';
import { holds } from './matching.ts';

const MOST = 200;

/** What pages show of clients; nothing here decides anything. */
export function clientRecords({ read }: Engine): ClientRecords {
  const waits = read
    .selectFrom('client as c')
    .where('c.pending_version', 'is not', null)
    .where('c.status', 'in', ['PENDING', 'ACTIVE']);

  return {
    async version(client, version) {
      const rows = await selectVersions(read)
        .where('v.client_id', '=', client)
        .where('v.version', '=', version)
        .execute();
      return (await versionsOf(read, rows))[0] ?? null;
    },

    versions: async (client) =>
      versionsOf(
        read,
        await selectVersions(read).where('v.client_id', '=', client).orderBy('v.version', 'desc').limit(MOST).execute(),
      ),

    async decisions(client) {
      const rows = await read
        .selectFrom('review_decision')
        .selectAll()
        .where('client_id', '=', client)
        .orderBy('sequence', 'desc')
        .orderBy('id', 'desc')
        .limit(MOST)
        .execute();
      const verdicts = await read
        .selectFrom('review_verdict as r')
        .innerJoin('review_decision as d', 'd.id', 'r.decision_id')
        .select(['r.decision_id', 'r.scope', 'r.verdict', 'r.reason'])
        .where('d.client_id', '=', client)
        .execute();
      const byDecision = Map.groupBy(verdicts, (row) => row.decision_id);
      return rows.map((row) => ({
        id: row.id,
        client: row.client_id,
        version: row.version,
        contentHash: row.content_hash,
        action: row.action as DecisionRow['action'],
        decidedBy: row.decided_by,
        decidedAt: row.decided_at,
        reason: row.reason,
        verdicts: (byDecision.get(row.id) ?? []).map(verdictOf),
      }));
    },

    async use(clients, now) {
      if (clients.length === 0) return new Map();
      const [people, grants, secrets] = await Promise.all([
        read
          .selectFrom('consent_item')
          .select((eb) => ['client_id', eb.fn.count<number>('user_id').distinct().as('users')])
          .where('client_id', 'in', clients)
          .where('state', '=', 'GIVEN')
          .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
          .groupBy('client_id')
          .execute(),
        read
          .selectFrom('oauth_grant')
          .select((eb) => ['client_id', eb.fn.max('created_at').as('at')])
          .where('client_id', 'in', clients)
          .groupBy('client_id')
          .execute(),
        read
          .selectFrom('client_secret')
          .select((eb) => ['client_id', eb.fn.max('last_used_at').as('at')])
          .where('client_id', 'in', clients)
          .groupBy('client_id')
          .execute(),
      ]);
      const lastOf = (client: ClientId): number | null => {
        const times = [...grants, ...secrets].flatMap((row) =>
          row.client_id === client && row.at !== null ? [row.at] : [],
        );
        return times.length === 0 ? null : Math.max(...times);
      };
      const usersOf = new Map(people.map((row) => [row.client_id, row.users]));
      return new Map(clients.map((id) => [id, { users: usersOf.get(id) ?? 0, lastUsedAt: lastOf(id) }]));
    },

    async countOf(owner) {
      const { count } = await read
        .selectFrom('client')
        .select((eb) => eb.fn.countAll<number>().as('count'))
        .where('owner_id', '=', owner)
        .where('status', '!=', 'DELETED')
        .executeTakeFirstOrThrow();
      return count;
    },

    async waiting(limit) {
      const rows = await selectVersions(read)
        .innerJoin('client as c', (join) =>
          join.onRef('c.id', '=', 'v.client_id').onRef('c.pending_version', '=', 'v.version'),
        )
        .innerJoin('user_account as o', 'o.id', 'c.owner_id')
        .select((eb) => [
          'c.status',
          'c.live_version',
          'o.id as owner_id',
          'o.login_id',
          'o.name as owner_name',
          eb
            .selectFrom('client_version as r')
            .select((inner) => inner.fn.countAll<number>().as('count'))
            .whereRef('r.client_id', '=', 'c.id')
            .where('r.review_state', '=', 'REJECTED')
            .as('refusals'),
        ])
        .where('c.status', 'in', ['PENDING', 'ACTIVE'])
        .orderBy('v.created_at')
        .orderBy('c.id')
        .limit(limit)
        .execute();
      const versions = await versionsOf(read, rows);
      return rows.flatMap((row, at) => {
        const version = versions[at];
        if (version === undefined) return [];
        const owner = { id: row.owner_id, loginId: row.login_id, name: row.owner_name };
        return [
          {
            ...version,
            owner,
            status: row.status,
            liveVersion: row.live_version,
            refusedBefore: (row.refusals ?? 0) > 0,
          },
        ];
      });
    },

    async waitingCount() {
      const { count } = await waits.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
      return count;
    },

    async search(query, status, limit) {
      let found = selectClients(read).select('o.login_id').where('c.status', '!=', 'DELETED');
      if (status !== null) found = found.where('c.status', '=', status);
      if (query !== '') {
        found = found.where((eb) =>
          eb.or([
            eb('c.id', '=', query as ClientId),
            holds(eb.ref('v.name'), query),
            holds(eb.ref('o.login_id'), query),
            holds(eb.ref('o.name'), query),
          ]),
        );
      }
      const rows = await found.orderBy('v.name').orderBy('c.id').limit(limit).execute();
      const clients = await clientsOf(read, rows);
      return clients.map((client, at) => ({ ...client, ownerLoginId: rows[at]?.login_id ?? '' }));
    },
  };
}

const verdictOf = (row: { scope: string; verdict: ScopeVerdict['verdict']; reason: string }): ScopeVerdict => ({
  scope: row.scope as ScopeVerdict['scope'],
  verdict: row.verdict,
  reason: row.reason,
});
