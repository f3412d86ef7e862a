import { type ClientId, MINUTE } from '#kernel';
import type { ClientDirectory, OAuthClient } from '#oauth/ports';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';
import { allowancesOf, selectClients, versionLists } from './client-rows.ts';
import { isOperator } from './people.ts';

const NOTE_EVERY = 5 * MINUTE;

const noteSecretUse = verb(
  'clients.noteSecretUse',
  async (tx, { secretId, now }: { secretId: string; now: number }): Promise<void> => {
    await tx
      .updateTable('client_secret')
      .set({ last_used_at: now })
      .where('id', '=', secretId)
      .where((eb) => eb.or([eb('last_used_at', 'is', null), eb('last_used_at', '<=', now - NOTE_EVERY)]))
      .execute();
  },
);

/** Clients as the protocol asks for them. Nothing is cached: a suspension holds from the next request on, everywhere (OP-02). */
export function clientDirectory({ read, run }: Engine): ClientDirectory {
  return {
    async find(id: ClientId): Promise<OAuthClient | null> {
      const row = await selectClients(read).where('c.id', '=', id).executeTakeFirst();
      if (row === undefined) return null;
      const [lists, ownService] = await Promise.all([
        versionLists(read, id, row.version),
        isOperator(read, row.owner_id),
      ]);
      return {
        id: row.id,
        ownerId: row.owner_id,
        status: row.status,
        type: row.type,
        requirePkce: row.require_pkce === 1,
        redirectUris: lists.redirectUris,
        scopes: lists.scopes.filter(({ refused }) => !refused).map(({ scope }) => scope),
        methods: lists.methods,
        allowances: allowancesOf(row),
        ownService,
      };
    },

    async secretDigests(id, now) {
      const rows = await read
        .selectFrom('client_secret')
        .select(['id', 'digest', 'last_used_at'])
        .where('client_id', '=', id)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
        .execute();
      return rows.map((row) => ({ id: row.id, digest: row.digest, lastUsedAt: row.last_used_at }));
    },

    noteSecretUse: (secretId, now) => run(noteSecretUse, { secretId, now }),

    async isPublicClientOrigin(origin) {
      const row = await read
        .selectFrom('client_version_redirect_uri as r')
        .innerJoin('client as c', (join) =>
          join
            .onRef('c.id', '=', 'r.client_id')
            .on('r.version', '=', (eb) => eb.fn.coalesce('c.live_version', 'c.newest_version')),
        )
        .innerJoin('client_version as v', (join) =>
          join.onRef('v.client_id', '=', 'r.client_id').onRef('v.version', '=', 'r.version'),
        )
        .select('c.id')
        .where('r.origin', '=', origin)
        .where('c.status', 'in', ['ACTIVE', 'PENDING'])
        .where('v.type', '!=', 'web')
        .executeTakeFirst();
      return row !== undefined;
    },
  };
}
