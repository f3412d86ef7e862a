import type { Act } from '#audit/ports';
import type { NewSecret, SecretStore } from '#developer/ports';
import type { ClientId } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';

type Adding = Parameters<SecretStore['addSecret']>[1];

export async function insertSecret(tx: Tx, act: Act, client: ClientId, secret: NewSecret): Promise<void> {
  await tx
    .insertInto('client_secret')
    .values({
      id: secret.id,
      client_id: client,
      name: secret.name,
      digest: secret.digest,
      sealed: secret.sealed,
      key_id: secret.keyId,
      created_at: act.at,
      expires_at: null,
      last_used_at: null,
    })
    .execute();
  // Its id, not the name that its owner typed.
  await record(tx, act, { action: 'client.secret-made', outcome: 'ok', client, reason: secret.id });
}

const living = (tx: Tx, client: ClientId, now: number) =>
  tx
    .updateTable('client_secret')
    .where('client_id', '=', client)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]));

/** From `now` on none authenticates, and no value is left to be shown. */
export const endSecrets = (tx: Tx, client: ClientId, now: number): Promise<unknown> =>
  living(tx, client, now).set({ expires_at: now, sealed: null }).execute();

/** The client's row is taken first, so that parallel calls count each other's secrets. */
const addSecret = verb(
  'clients.addSecret',
  async (tx, { act, adding }: { act: Act; adding: Adding }): Promise<'added' | 'too-many' | 'client-gone'> => {
    const { client, secret, most, othersEndAt } = adding;
    const taken = await tx
      .updateTable('client')
      .set((eb) => ({ updated_at: eb.ref('updated_at') }))
      .where('id', '=', client)
      .where('status', '!=', 'DELETED')
      .executeTakeFirst();
    if (taken.numUpdatedRows === 0n) return 'client-gone';
    const { count } = await tx
      .selectFrom('client_secret')
      .select((eb) => eb.fn.countAll<number>().as('count'))
      .where('client_id', '=', client)
      .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', act.at)]))
      .executeTakeFirstOrThrow();
    const endsOthers = othersEndAt !== null && othersEndAt <= act.at;
    if (!endsOthers && count >= most) return 'too-many';
    if (othersEndAt !== null) {
      const ended = endsOthers ? { expires_at: act.at, sealed: null } : { expires_at: othersEndAt };
      await living(tx, client, act.at)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', othersEndAt)]))
        .set(ended)
        .execute();
      await record(tx, act, { action: 'client.secret-ended', outcome: 'ok', client, reason: 'all others' });
    }
    await insertSecret(tx, act, client, secret);
    return 'added';
  },
);

const endSecret = verb(
  'clients.endSecret',
  async (tx, { act, client, secretId }: { act: Act; client: ClientId; secretId: string }): Promise<boolean> => {
    const ended = await living(tx, client, act.at)
      .where('id', '=', secretId)
      .set({ expires_at: act.at, sealed: null })
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) return false;
    await record(tx, act, { action: 'client.secret-ended', outcome: 'ok', client, reason: secretId });
    return true;
  },
);

const noteSecretsShown = verb(
  'clients.noteSecretsShown',
  (tx, { act, client }: { act: Act; client: ClientId }): Promise<void> =>
    record(tx, act, { action: 'client.secret-shown', outcome: 'ok', client }),
);

export function secretStore({ read, run }: Engine): SecretStore {
  return {
    async secrets(client, now) {
      const rows = await read
        .selectFrom('client_secret')
        .selectAll()
        .where('client_id', '=', client)
        .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
        .orderBy('id')
        .execute();
      return rows.map((row) => ({
        id: row.id,
        name: row.name,
        sealed: row.sealed,
        keyId: row.key_id,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        lastUsedAt: row.last_used_at,
      }));
    },

    addSecret: (act, adding) => run(addSecret, { act, adding }),
    endSecret: (act, client, secretId) => run(endSecret, { act, client, secretId }),
    noteSecretsShown: (act, client) => run(noteSecretsShown, { act, client }),
  };
}
