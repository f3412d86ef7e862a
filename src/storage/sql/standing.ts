import { type ClientId, type ScopeName, splitScope, type UserMuid } from '#kernel';
import type { Tx } from '../verb.ts';

/** The epochs that a new code or grant is tied to. Raised later, they end it. */
export interface Epochs {
  readonly user_epoch: number;
  readonly client_epoch: number;
  readonly connection_epoch: number;
  readonly instance_epoch: number;
}

/**
 * How a user and a client stand to each other now: null unless the user is active, the client may be used by this user,
 * and consent covers every one of the scopes. Makes the connection when there is none yet. What changes after this was
 * read raises an epoch, so a code or grant that is tied to these epochs is born dead.
 */
export async function standing(
  tx: Tx,
  who: { user: UserMuid; client: ClientId; scopes: readonly ScopeName[]; at: number },
): Promise<Epochs | null> {
  const { user, client, scopes, at } = who;
  const epochs = await tx
    .selectFrom('user_account as u')
    .innerJoin('client as c', (join) => join.on('c.id', '=', client))
    .innerJoin('instance as i', (join) => join.on('i.id', '=', 1))
    .leftJoin('connection as n', (join) => join.onRef('n.user_id', '=', 'u.id').onRef('n.client_id', '=', 'c.id'))
    .select([
      'u.epoch as user_epoch',
      'c.epoch as client_epoch',
      'n.epoch as connection_epoch',
      'i.epoch as instance_epoch',
    ])
    .where('u.id', '=', user)
    .where('u.status', '=', 'ACTIVE')
    .where((eb) =>
      eb.or([
        eb('c.status', '=', 'ACTIVE'),
        eb.and([eb('c.status', '=', 'PENDING'), eb('c.owner_id', '=', eb.ref('u.id'))]),
      ]),
    )
    .executeTakeFirst();
  if (epochs === undefined) return null;
  const items = await tx
    .selectFrom('consent_item')
    .select('scope')
    .where('user_id', '=', user)
    .where('client_id', '=', client)
    .where('state', '=', 'GIVEN')
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', at)]))
    .execute();
  const given = splitScope(items.map(({ scope }) => scope).join(' '));
  if (!scopes.every((name) => given.includes(name))) return null;
  if (epochs.connection_epoch === null) await connect(tx, user, client, at);
  return { ...epochs, connection_epoch: epochs.connection_epoch ?? 1 };
}

/**
 * Makes the connection, or takes the one that is there. One that held nothing any more begins anew: it counts from now,
 * and its epoch goes on, so that what it ended stays dead.
 */
export const connect = (tx: Tx, user: UserMuid, client: ClientId, at: number): Promise<unknown> =>
  tx
    .insertInto('connection')
    .values({ user_id: user, client_id: client, epoch: 1, connected_at: at, last_used_at: null })
    .onConflict((conflict) =>
      conflict
        .columns(['user_id', 'client_id'])
        .doUpdateSet({ connected_at: at, last_used_at: null })
        .where((eb) =>
          eb.not(
            eb.exists(
              eb
                .selectFrom('consent_item as k')
                .select('k.scope')
                .where('k.user_id', '=', user)
                .where('k.client_id', '=', client)
                .where('k.state', '=', 'GIVEN')
                .where((of) => of.or([of('k.expires_at', 'is', null), of('k.expires_at', '>', at)])),
            ),
          ),
        ),
    )
    .execute();
