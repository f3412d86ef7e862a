import type { ConsentClients } from '#consent/ports';
import type { Client, ClientRecords, ClientStore, SecretStore } from '#developer/ports';
import type { Engine } from '../engine.ts';
import { setAllowances } from './client-allowances.ts';
import { create, edit, remove, withdrawChange } from './client-edits.ts';
import { clientRecords } from './client-records.ts';
import { decide, rollBack, suspend } from './client-review.ts';
import { clientsOf, selectClients } from './client-rows.ts';
import { secretStore } from './client-secrets.ts';

/** No list on a page is longer. */
const MOST = 1000;

export type Clients = ClientStore & SecretStore & ClientRecords & ConsentClients & { all(): Promise<Client[]> };

/** The client aggregate: its row, versions, secrets and decisions. */
export function clientStore(engine: Engine): Clients {
  const { read, run } = engine;
  return {
    ...secretStore(engine),
    ...clientRecords(engine),

    async find(id) {
      const [client] = await clientsOf(read, await selectClients(read).where('c.id', '=', id).execute());
      return client ?? null;
    },

    findMany: async (ids) =>
      ids.length === 0 ? [] : clientsOf(read, await selectClients(read).where('c.id', 'in', ids).execute()),

    listOf: async (owner) =>
      clientsOf(
        read,
        await selectClients(read)
          .where('c.owner_id', '=', owner)
          .where('c.status', '!=', 'DELETED')
          .orderBy('v.name')
          .orderBy('c.id')
          .limit(MOST)
          .execute(),
      ),

    all: async () => clientsOf(read, await selectClients(read).orderBy('c.created_at').orderBy('c.id').execute()),

    create: (act, client) => run(create, { act, client }),
    edit: (act, asked) => run(edit, { act, edit: asked }),
    withdrawChange: (act, client, standing) => run(withdrawChange, { act, client, standing }),
    remove: (act, client, standing) => run(remove, { act, client, standing }),
    decide: (act, decision) => run(decide, { act, decision }),
    suspend: (act, suspension) => run(suspend, { act, suspension }),
    rollBack: (act, rollback) => run(rollBack, { act, rollback }),
    setAllowances: (act, client, allowances) => run(setAllowances, { act, client, allowances }),
  };
}
