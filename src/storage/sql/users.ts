import type { Act } from '#audit/ports';
import type { NewUser, User, UserStore } from '#identity/ports';
import type { Locale, PresentedHandle, Role, UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { giveAuditReference } from './audit.ts';
import { record } from './audit-entry.ts';
import { enqueue } from './jobs.ts';
import { endMailLinks } from './mail-links.ts';
import { closedLoginId, wasClosed } from './closed-login-id.ts';
import { personOf, selectPeople } from './people.ts';

type PasswordChange = Parameters<UserStore['changePassword']>[1];

/** The insert into `login_id` decides: its rows outlive accounts, so a login id has one owner for ever (AC-30). */
async function insertUser(tx: Tx, act: Act, user: NewUser): Promise<'created' | 'taken'> {
  const { at } = act;
  if (await wasClosed(tx, user.loginIdFolded)) return 'taken';
  const claimed = await tx
    .insertInto('login_id')
    .values({ folded: user.loginIdFolded, user_id: user.id, created_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (claimed.numInsertedOrUpdatedRows === 0n) return 'taken';
  await tx
    .insertInto('user_account')
    .values({
      id: user.id,
      login_id: user.loginId,
      name: user.name,
      gender: user.gender,
      status: 'ACTIVE',
      epoch: 1,
      drive_agreed_at: null,
      drive_quota_mb: 10_240,
      created_at: at,
      updated_at: at,
      closed_at: null,
    })
    .execute();
  await tx
    .insertInto('user_email')
    .values({ user_id: user.id, email: user.email, folded: user.emailFolded, verified_at: null, created_at: at })
    .execute();
  if (user.birthday !== null) {
    await tx.insertInto('user_birthday').values({ user_id: user.id, birthday: user.birthday }).execute();
  }
  await tx.insertInto('password').values({ user_id: user.id, hash: user.passwordHash, changed_at: at }).execute();
  for (const role of user.roles) await insertRole(tx, act, user.id, role);
  for (const agreement of user.agreements) await insertAgreement(tx, at, user.id, agreement);
  await giveAuditReference(tx, user.id);
  await record(tx, act, { action: 'user.created', outcome: 'ok', subject: user.id });
  return 'created';
}

async function insertRole(tx: Tx, { at, actor }: Act, user: UserMuid, role: Role): Promise<boolean> {
  const inserted = await tx
    .insertInto('user_role')
    .values({ user_id: user, role, granted_at: at, granted_by: actor.id })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return inserted.numInsertedOrUpdatedRows === 1n;
}

const insertAgreement = (tx: Tx, at: number, user: UserMuid, agreement: { kind: string; version: string }) =>
  tx
    .insertInto('user_agreement')
    .values({ user_id: user, ...agreement, agreed_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** Whoever makes an operator claims the platform: the one-time links are dead from then on. */
const claimPlatform = (tx: Tx, at: number) =>
  tx
    .updateTable('instance')
    .set({ operator_claimed_at: at })
    .where('id', '=', 1)
    .where('operator_claimed_at', 'is', null)
    .executeTakeFirst();

interface Creation {
  readonly act: Act;
  readonly user: NewUser;
  readonly verifyIn: Locale | null;
}

const create = verb('users.create', async (tx, { act, user, verifyIn }: Creation) => {
  const outcome = await insertUser(tx, act, user);
  if (outcome === 'taken') return outcome;
  if (user.roles.includes('operator')) await claimPlatform(tx, act.at);
  if (verifyIn !== null) await enqueue(tx, 'mail-verify', { user: user.id, locale: verifyIn }, act.at);
  return outcome;
});

const claimOperator = verb(
  'users.claimOperator',
  async (
    tx,
    { act, link, user }: { act: Act; link: PresentedHandle; user: NewUser },
  ): Promise<'created' | 'taken' | 'link-dead'> => {
    // Asked first, so that somebody whose login id is taken may try another with the same link.
    const taken = await tx
      .selectFrom('login_id')
      .select('folded')
      .where('folded', 'in', [user.loginIdFolded, closedLoginId(user.loginIdFolded)])
      .executeTakeFirst();
    if (taken !== undefined) return 'taken';
    const used = await tx
      .updateTable('operator_link')
      .set({ used_at: act.at })
      .where('lookup_id', '=', link.lookupId)
      .where('digest', '=', link.digest)
      .where('used_at', 'is', null)
      .where('expires_at', '>', act.at)
      .executeTakeFirst();
    if (used.numUpdatedRows === 0n) return 'link-dead';
    if ((await claimPlatform(tx, act.at)).numUpdatedRows === 0n) return 'link-dead';
    const outcome = await insertUser(tx, act, user);
    // Somebody took the login id in this very moment: a fault undoes the claim, and the link can be used again.
    if (outcome === 'taken') throw new Error('The login id was taken while the platform was being claimed.');
    await record(tx, act, { action: 'operator.claimed', outcome: 'ok', subject: user.id });
    return outcome;
  },
);

const offerOperatorLink = verb(
  'users.offerOperatorLink',
  async (tx, { link, now, expiresAt }: { link: PresentedHandle; now: number; expiresAt: number }): Promise<void> => {
    await tx
      .insertInto('operator_link')
      .values({ lookup_id: link.lookupId, digest: link.digest, created_at: now, expires_at: expiresAt, used_at: null })
      .execute();
  },
);

export const giveRole = verb(
  'users.grantRole',
  async (
    tx,
    args: { act: Act; user: UserMuid; role: Role; agreement: { kind: string; version: string } | null },
  ): Promise<void> => {
    const { act, user, role, agreement } = args;
    if (agreement !== null) await insertAgreement(tx, act.at, user, agreement);
    if (!(await insertRole(tx, act, user, role))) return;
    if (role === 'operator') await claimPlatform(tx, act.at);
    await record(tx, act, { action: 'user.role-granted', outcome: 'ok', subject: user, reason: role });
  },
);

const changePassword = verb(
  'users.changePassword',
  async (tx, { act, change }: { act: Act; change: PasswordChange }): Promise<'changed' | 'lost-race'> => {
    const { user, oldHash, newHash, keepSession, everywhere } = change;
    const changed = await tx
      .updateTable('password')
      .set({ hash: newHash, changed_at: act.at })
      .where('user_id', '=', user)
      .where('hash', '=', oldHash)
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return 'lost-race';
    const others = tx
      .updateTable('login_session')
      .set({ ended_at: act.at })
      .where('user_id', '=', user)
      .where('ended_at', 'is', null);
    await (keepSession === null ? others : others.where('lookup_id', '!=', keepSession.lookupId)).execute();
    await endMailLinks(tx, user, act.at, 'RESET');
    await record(tx, act, { action: 'password.changed', outcome: 'ok', subject: user });
    if (!everywhere) return 'changed';
    const { epoch } = await raiseUserEpoch(tx, user, act.at);
    if (keepSession !== null) {
      await tx
        .updateTable('login_session')
        .set({ user_epoch: epoch })
        .where('lookup_id', '=', keepSession.lookupId)
        .where('digest', '=', keepSession.digest)
        .where('user_id', '=', user)
        .where('ended_at', 'is', null)
        .execute();
    }
    await record(tx, act, { action: 'user.signed-out-everywhere', outcome: 'ok', subject: user });
    return 'changed';
  },
);

export const raiseUserEpoch = (tx: Tx, user: UserMuid, at: number): Promise<{ epoch: number }> =>
  tx
    .updateTable('user_account')
    .set((eb) => ({ epoch: eb('epoch', '+', 1), updated_at: at }))
    .where('id', '=', user)
    .returning('epoch')
    .executeTakeFirstOrThrow();

const rehash = verb(
  'users.rehash',
  async (tx, { user, oldHash, newHash }: { user: UserMuid; oldHash: string; newHash: string }): Promise<void> => {
    await tx
      .updateTable('password')
      .set({ hash: newHash })
      .where('user_id', '=', user)
      .where('hash', '=', oldHash)
      .execute();
  },
);

const setStatus = verb(
  'users.setStatus',
  async (tx, { act, user, status }: { act: Act; user: UserMuid; status: 'ACTIVE' | 'SUSPENDED' }): Promise<boolean> => {
    const changed = await tx
      .updateTable('user_account')
      .set((eb) => ({ status, epoch: eb('epoch', '+', 1), updated_at: act.at }))
      .where('id', '=', user)
      .where('status', '=', status === 'ACTIVE' ? 'SUSPENDED' : 'ACTIVE')
      .executeTakeFirst();
    if (changed.numUpdatedRows === 0n) return false;
    const action = status === 'ACTIVE' ? 'user.reinstated' : 'user.suspended';
    await record(tx, act, { action, outcome: 'ok', subject: user });
    return true;
  },
);

export function userStore({ read, run }: Engine): UserStore {
  const withPassword = async (folded: string): Promise<{ user: User; passwordHash: string } | null> => {
    const rows = await selectPeople(read)
      .innerJoin('login_id as l', 'l.user_id', 'u.id')
      .innerJoin('password as p', 'p.user_id', 'u.id')
      .select('p.hash')
      .where('l.folded', '=', folded)
      .execute();
    const user = personOf(rows);
    return user === null || rows[0] === undefined ? null : { user, passwordHash: rows[0].hash };
  };

  return {
    byId: async (id) => personOf(await selectPeople(read).where('u.id', '=', id).execute()),

    byLoginId: async (folded) =>
      personOf(
        await selectPeople(read)
          .innerJoin('login_id as l', 'l.user_id', 'u.id')
          .where('l.folded', '=', folded)
          .execute(),
      ),

    passwordOf: withPassword,

    async passwordOfId(id) {
      const row = await read.selectFrom('password').select('hash').where('user_id', '=', id).executeTakeFirst();
      return row?.hash ?? null;
    },

    async needsOperator() {
      const row = await read
        .selectFrom('instance')
        .select('operator_claimed_at')
        .where('id', '=', 1)
        .executeTakeFirst();
      return row?.operator_claimed_at == null;
    },

    async operatorLinkLives(link, now) {
      const row = await read
        .selectFrom('operator_link as l')
        .innerJoin('instance as i', (join) => join.on('i.id', '=', 1).on('i.operator_claimed_at', 'is', null))
        .select('l.lookup_id')
        .where('l.lookup_id', '=', link.lookupId)
        .where('l.digest', '=', link.digest)
        .where('l.used_at', 'is', null)
        .where('l.expires_at', '>', now)
        .executeTakeFirst();
      return row !== undefined;
    },

    create: (act, user, verifyIn = null) => run(create, { act, user, verifyIn }),
    claimOperator: (act, link, user) => run(claimOperator, { act, link: bare(link), user }),
    offerOperatorLink: (link, now, expiresAt) => run(offerOperatorLink, { link: bare(link), now, expiresAt }),
    grantRole: (act, user, role, agreement) => run(giveRole, { act, user, role, agreement }),
    changePassword: (act, change) => run(changePassword, { act, change }),
    rehash: (user, oldHash, newHash) => run(rehash, { user, oldHash, newHash }),
    setStatus: (act, user, status) => run(setStatus, { act, user, status }),
  };
}

/** A freshly minted handle still has its text; that never goes further than it must. */
export const bare = ({ lookupId, digest }: PresentedHandle): PresentedHandle => ({ lookupId, digest });
