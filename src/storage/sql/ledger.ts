import type { LedgerEntry, LedgerFilter, LedgerRow, LedgerStore } from '#apis/ports';
import { type ClientId, newSortableId, type UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';

interface Append {
  readonly at: number;
  readonly requestId: string | null;
  readonly entry: LedgerEntry;
}

const append = verb('ledger.append', async (tx, { at, requestId, entry }: Append): Promise<void> => {
  await tx
    .insertInto('access_ledger')
    .values({
      id: newSortableId(at),
      at,
      user_id: entry.user,
      reader_id: entry.reader,
      client_id: entry.client,
      grant_id: entry.grant,
      what: entry.what,
      detail: entry.detail,
      row_count: entry.count,
      request_id: requestId,
    })
    .execute();
});

/** Two ranges of two indexes, of data and of reads, so that neither person's page walks through the other's. */
function entriesOf(read: Engine['read'], column: 'l.user_id' | 'l.reader_id', user: UserMuid, filter: LedgerFilter) {
  let query = read
    .selectFrom('access_ledger as l')
    .innerJoin('user_account as o', 'o.id', 'l.user_id')
    .leftJoin('user_account as r', 'r.id', 'l.reader_id')
    .leftJoin('client as c', (join) => join.on('c.id', '=', (eb) => eb.ref('l.client_id').$castTo<ClientId>()))
    .leftJoin('client_version as v', (join) =>
      join
        .onRef('v.client_id', '=', 'c.id')
        .on('v.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version')),
    )
    .leftJoin('user_account as m', 'm.id', 'c.owner_id')
    .leftJoin('organisation as g', 'g.id', 'c.organisation_id')
    .select(['l.id', 'l.at', 'l.what', 'l.detail', 'l.row_count', 'l.client_id'])
    .select(['o.login_id as owner_login', 'r.login_id as reader_login', 'v.name', 'm.name as maker', 'g.legal_name'])
    .where(column, '=', user)
    .where('l.at', '>=', filter.from)
    .where('l.at', '<=', filter.to);
  // Reads of one's own data stand in the other list.
  if (column === 'l.reader_id') query = query.whereRef('l.user_id', '!=', 'l.reader_id');
  if (filter.root !== null) query = query.where('l.detail', '=', filter.root);
  if (filter.client !== null) query = query.where('l.client_id', '=', filter.client);
  if (filter.before !== null) query = query.where('l.id', '<', filter.before);
  return query.orderBy('l.at', 'desc').orderBy('l.id', 'desc').limit(filter.limit).execute();
}

export const ledgerStore = ({ read, run }: Engine): LedgerStore => ({
  append: ({ at, actor }, entry) => run(append, { at, requestId: actor.requestId, entry }),

  async of(user, filter) {
    const lists = await Promise.all([
      entriesOf(read, 'l.user_id', user, filter),
      entriesOf(read, 'l.reader_id', user, filter),
    ]);
    return lists
      .flat()
      .toSorted((a, b) => b.at - a.at || (a.id < b.id ? 1 : -1))
      .slice(0, filter.limit)
      .map(
        (row): LedgerRow => ({
          id: row.id,
          at: row.at,
          what: row.what,
          detail: row.detail,
          count: row.row_count,
          clientId: row.client_id,
          clientName: row.name,
          company: row.legal_name ?? row.maker,
          ownerLogin: row.owner_login,
          readerLogin: row.reader_login ?? row.owner_login,
        }),
      );
  },
});
