import type { Act } from '#audit/ports';
import type { ApplicationConsent, Share, ShareStore } from '#apis/ports';
import { HEALTH_KINDS } from '#consent/ports';
import { newSortableId, type UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';

type NewShare = Parameters<ShareStore['create']>[1];

/** A share to a login id that nobody has looks like any other to its owner: whether it exists is nobody's business (RS-13). */
const create = verb(
  'shares.create',
  async (tx, { act, share }: { act: Act; share: NewShare }): Promise<'created' | 'too-many'> => {
    const { owner, roots, expiresAt } = share;
    const { living } = await tx
      .selectFrom('health_share')
      .select((eb) => eb.fn.countAll<number>().as('living'))
      .where('owner_id', '=', owner)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', act.at)
      .executeTakeFirstOrThrow();
    if (living + roots.length > share.most) return 'too-many';
    const grantee = await tx
      .selectFrom('login_id as l')
      .innerJoin('user_account as u', 'u.id', 'l.user_id')
      .select('u.id')
      .where('l.folded', '=', share.granteeFolded)
      .where('u.status', '=', 'ACTIVE')
      .executeTakeFirst();
    for (const root of roots) {
      const id = newSortableId(act.at);
      await tx
        .insertInto('health_share')
        .values({
          id,
          owner_id: owner,
          grantee_id: grantee?.id ?? null,
          grantee_login: share.granteeLogin,
          root_code: root,
          created_at: act.at,
          expires_at: expiresAt,
          ended_at: null,
        })
        .execute();
      await record(tx, act, { action: 'health.shared', outcome: 'ok', subject: owner, reason: `${root} ${id}` });
    }
    return 'created';
  },
);

const end = verb(
  'shares.end',
  async (tx, { act, owner, share }: { act: Act; owner: UserMuid; share: string }): Promise<boolean> => {
    const ended = await tx
      .updateTable('health_share')
      .set({ ended_at: act.at })
      .where('id', '=', share)
      .where('owner_id', '=', owner)
      .where('ended_at', 'is', null)
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) return false;
    await record(tx, act, { action: 'health.share-ended', outcome: 'ok', subject: owner, reason: share });
    return true;
  },
);

/** The share's row is taken first: nothing is consented to for a share that is ending at this moment. */
const allowApplication = verb(
  'shares.allowApplication',
  async (tx, { act, owner, consent }: { act: Act; owner: UserMuid; consent: ApplicationConsent }): Promise<boolean> => {
    const living = await tx
      .updateTable('health_share')
      .set((eb) => ({ ended_at: eb.ref('ended_at') }))
      .where('id', '=', consent.share)
      .where('owner_id', '=', owner)
      .where('ended_at', 'is', null)
      .where('expires_at', '>', act.at)
      .executeTakeFirst();
    if (living.numUpdatedRows === 0n) return false;
    await endConsents(tx, act.at, consent);
    await tx
      .insertInto('health_share_application')
      .values({
        id: newSortableId(act.at),
        share_id: consent.share,
        client_id: consent.client,
        client_owner_id: consent.clientOwner,
        client_name: consent.clientName,
        recipient: consent.recipient,
        locale: consent.locale,
        wording: consent.wording,
        given_at: act.at,
        ended_at: null,
      })
      .execute();
    const entry = { action: 'health.share-application-allowed', outcome: 'ok', subject: owner } as const;
    await record(tx, act, { ...entry, client: consent.client, reason: consent.share });
    return true;
  },
);

/** An older consent for the same application: the newer one stands in its place, both on record. */
const endConsents = (tx: Tx, at: number, { share, client }: ApplicationConsent): Promise<unknown> =>
  tx
    .updateTable('health_share_application')
    .set({ ended_at: at })
    .where('share_id', '=', share)
    .where('client_id', '=', client)
    .where('ended_at', 'is', null)
    .execute();

const endApplication = verb(
  'shares.endApplication',
  async (tx, { act, owner, application }: { act: Act; owner: UserMuid; application: string }): Promise<boolean> => {
    const ended = await tx
      .updateTable('health_share_application')
      .set({ ended_at: act.at })
      .where('id', '=', application)
      .where('ended_at', 'is', null)
      .where('share_id', 'in', (eb) => eb.selectFrom('health_share').select('id').where('owner_id', '=', owner))
      .executeTakeFirst();
    if (ended.numUpdatedRows === 0n) return false;
    const entry = { action: 'health.share-application-ended', outcome: 'ok', subject: owner } as const;
    await record(tx, act, { ...entry, reason: application });
    return true;
  },
);

export function shareStore({ read, run }: Engine): ShareStore {
  async function shares(column: 'w.owner_id' | 'w.grantee_id', user: UserMuid, now: number): Promise<Share[]> {
    const rows = await read
      .selectFrom('health_share as w')
      .innerJoin('user_account as u', 'u.id', 'w.owner_id')
      .select(['w.id', 'w.root_code', 'w.grantee_login', 'w.created_at', 'w.expires_at', 'u.login_id'])
      .where(column, '=', user)
      .where('u.status', '=', 'ACTIVE')
      .where('w.ended_at', 'is', null)
      .where('w.expires_at', '>', now)
      .orderBy('w.created_at', 'desc')
      .orderBy('w.id', 'desc')
      .execute();
    const ids = rows.map(({ id }) => id);
    const applications =
      ids.length === 0
        ? []
        : await read
            .selectFrom('health_share_application')
            .selectAll()
            .where('share_id', 'in', ids)
            .where('ended_at', 'is', null)
            .orderBy('given_at')
            .execute();
    return rows.flatMap((row) =>
      HEALTH_KINDS.filter((kind) => kind === row.root_code).map((root) => ({
        id: row.id,
        root,
        granteeLogin: row.grantee_login,
        ownerLogin: row.login_id,
        createdAt: row.created_at,
        expiresAt: row.expires_at,
        applications: applications
          .filter(({ share_id }) => share_id === row.id)
          .map((one) => ({
            id: one.id,
            clientId: one.client_id,
            clientName: one.client_name,
            recipient: one.recipient,
            givenAt: one.given_at,
          })),
      })),
    );
  }

  return {
    given: (owner, now) => shares('w.owner_id', owner, now),
    received: (grantee, now) => shares('w.grantee_id', grantee, now),
    create: (act, share) => run(create, { act, share }),
    end: (act, owner, share) => run(end, { act, owner, share }),
    allowApplication: (act, owner, consent) => run(allowApplication, { act, owner, consent }),
    endApplication: (act, owner, application) => run(endApplication, { act, owner, application }),
  };
}
