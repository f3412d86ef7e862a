import type { Act } from '#audit/ports';
import type { LivingLink, MailLinkKind, MailWish, Reachable, RecoveryStore } from '#identity/ports';
import type { PresentedHandle, UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { type Tx, verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { enqueue } from './jobs.ts';
import { endMailLinks } from './mail-links.ts';
import { personOf, selectPeople } from './people.ts';
import { bare, raiseUserEpoch } from './users.ts';

/** More accounts on one address are not told of in one mail. */
const MOST_ACCOUNTS = 10;

/** The same statements whatever was typed: whether somebody is found is asked later, when nobody waits for an answer. */
const ask = verb('recovery.ask', async (tx, { act, wish }: { act: Act; wish: MailWish }): Promise<void> => {
  await enqueueMail(tx, wish, act.at);
  const subject = wish.mail === 'verify' ? wish.user : null;
  await record(tx, act, { action: 'recovery.asked', outcome: 'ok', subject, reason: wish.mail });
});

export function enqueueMail(tx: Tx, wish: MailWish, at: number): Promise<unknown> {
  const { locale } = wish;
  if (wish.mail === 'reset') return enqueue(tx, 'mail-reset', { sought: wish.sought, locale }, at);
  if (wish.mail === 'login-ids') return enqueue(tx, 'mail-login-ids', { email: wish.email, locale }, at);
  return enqueue(tx, 'mail-verify', { user: wish.user, locale }, at);
}

interface NewLink {
  readonly handle: PresentedHandle;
  readonly kind: MailLinkKind;
  readonly user: UserMuid;
  readonly emailFolded: string;
  readonly expiresAt: number;
}

const makeLink = verb(
  'recovery.makeLink',
  async (tx, { link, now }: { link: NewLink; now: number }): Promise<'made' | 'gone'> => {
    const { handle, kind, user, emailFolded, expiresAt } = link;
    // Takes the account's row, so that of two at once the second sees the first one's link and ends it.
    const account = await tx
      .updateTable('user_account')
      .set((eb) => ({ epoch: eb.ref('epoch') }))
      .where('id', '=', user)
      .where('status', '=', 'ACTIVE')
      .where((eb) =>
        eb.exists(
          eb
            .selectFrom('user_email as e')
            .select('e.user_id')
            .where('e.user_id', '=', user)
            .where('e.folded', '=', emailFolded),
        ),
      )
      .returning('epoch')
      .executeTakeFirst();
    if (account === undefined) return 'gone';
    await endMailLinks(tx, user, now, kind);
    const { epoch } = await tx.selectFrom('instance').select('epoch').where('id', '=', 1).executeTakeFirstOrThrow();
    await tx
      .insertInto('mail_link')
      .values({
        lookup_id: handle.lookupId,
        digest: handle.digest,
        kind,
        user_id: user,
        email_folded: emailFolded,
        user_epoch: account.epoch,
        instance_epoch: epoch,
        created_at: now,
        expires_at: expiresAt,
        used_at: null,
        ended_at: null,
      })
      .execute();
    return 'made';
  },
);

/** One statement decides who used it. Everything that could have ended the link since is asked in it. */
async function redeem(
  tx: Tx,
  kind: MailLinkKind,
  handle: PresentedHandle,
  now: number,
): Promise<{ user: UserMuid; emailFolded: string } | null> {
  const used = await tx
    .updateTable('mail_link')
    .set({ used_at: now })
    .where('lookup_id', '=', handle.lookupId)
    .where('digest', '=', handle.digest)
    .where('kind', '=', kind)
    .where('used_at', 'is', null)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('user_account as u')
          .innerJoin('user_email as e', 'e.user_id', 'u.id')
          .innerJoin('instance as i', (join) => join.on('i.id', '=', 1))
          .select('u.id')
          .whereRef('u.id', '=', 'mail_link.user_id')
          .whereRef('u.epoch', '=', 'mail_link.user_epoch')
          .whereRef('i.epoch', '=', 'mail_link.instance_epoch')
          .whereRef('e.folded', '=', 'mail_link.email_folded')
          .where('u.status', '=', 'ACTIVE'),
      ),
    )
    .returning(['user_id', 'email_folded'])
    .executeTakeFirst();
  return used === undefined ? null : { user: used.user_id, emailFolded: used.email_folded };
}

const proveAddress = (tx: Tx, user: UserMuid, emailFolded: string, at: number): Promise<unknown> =>
  tx
    .updateTable('user_email')
    .set({ verified_at: at })
    .where('user_id', '=', user)
    .where('folded', '=', emailFolded)
    .where('verified_at', 'is', null)
    .execute();

interface Reset {
  readonly act: Act;
  readonly handle: PresentedHandle;
  readonly newHash: string;
}

const resetPassword = verb(
  'recovery.resetPassword',
  async (tx, { act, handle, newHash }: Reset): Promise<UserMuid | 'dead'> => {
    const { at } = act;
    const used = await redeem(tx, 'RESET', handle, at);
    if (used === null) return 'dead';
    const { user, emailFolded } = used;
    await tx
      .insertInto('password')
      .values({ user_id: user, hash: newHash, changed_at: at })
      .onConflict((conflict) => conflict.column('user_id').doUpdateSet({ hash: newHash, changed_at: at }))
      .execute();
    await proveAddress(tx, user, emailFolded, at);
    await endMailLinks(tx, user, at);
    // Ends every grant, too: whoever else knew the password has no token left.
    await raiseUserEpoch(tx, user, at);
    await tx
      .updateTable('login_session')
      .set({ ended_at: at })
      .where('user_id', '=', user)
      .where('ended_at', 'is', null)
      .execute();
    const actor = { ...act.actor, kind: 'user' as const, id: user };
    await record(tx, { at, actor }, { action: 'password.reset', outcome: 'ok', subject: user });
    await record(tx, { at, actor }, { action: 'user.signed-out-everywhere', outcome: 'ok', subject: user });
    return user;
  },
);

const verifyEmail = verb(
  'recovery.verifyEmail',
  async (tx, { act, handle }: { act: Act; handle: PresentedHandle }): Promise<UserMuid | 'dead'> => {
    const used = await redeem(tx, 'VERIFY', handle, act.at);
    if (used === null) return 'dead';
    await proveAddress(tx, used.user, used.emailFolded, act.at);
    const actor = { ...act.actor, kind: 'user' as const, id: used.user };
    await record(tx, { at: act.at, actor }, { action: 'email.verified', outcome: 'ok', subject: used.user });
    return used.user;
  },
);

/** Active accounts with their addresses. The one that an account was made with has the account's own moment. */
export const selectAddresses = (read: Tx) =>
  read
    .selectFrom('user_account as u')
    .innerJoin('user_email as e', 'e.user_id', 'u.id')
    .select(['u.id', 'u.login_id', 'e.email', 'e.folded', 'e.verified_at'])
    .where('u.status', '=', 'ACTIVE')
    .orderBy('u.created_at')
    .orderBy('u.id');

type AddressRow = Awaited<ReturnType<ReturnType<typeof selectAddresses>['execute']>>[number];

const reachableOf = (row: AddressRow): Reachable => ({
  user: row.id,
  loginId: row.login_id,
  email: row.email,
  emailFolded: row.folded,
  verified: row.verified_at !== null,
});

export function recoveryStore({ read, run }: Engine): RecoveryStore {
  return {
    ask: (act, wish) => run(ask, { act, wish }),

    async reachable(sought) {
      const eligible = selectAddresses(read)
        .where((eb) => eb.or([eb('e.verified_at', 'is not', null), eb('e.created_at', '=', eb.ref('u.created_at'))]))
        .limit(MOST_ACCOUNTS);
      const rows = await (sought.includes('@')
        ? eligible.where('e.folded', '=', sought)
        : eligible.innerJoin('login_id as l', 'l.user_id', 'u.id').where('l.folded', '=', sought)
      ).execute();
      return rows.map(reachableOf);
    },

    async addressOf(user) {
      const row = await selectAddresses(read).where('u.id', '=', user).executeTakeFirst();
      return row === undefined ? null : reachableOf(row);
    },

    makeLink: (link, now) => run(makeLink, { link: { ...link, handle: bare(link.handle) }, now }),

    async livingLink(kind, handle, now) {
      const rows = await selectPeople(read)
        .innerJoin('mail_link as m', (join) =>
          join
            .onRef('m.user_id', '=', 'u.id')
            .onRef('m.user_epoch', '=', 'u.epoch')
            .onRef('m.email_folded', '=', 'e.folded'),
        )
        .innerJoin('instance as i', (join) => join.on('i.id', '=', 1).onRef('i.epoch', '=', 'm.instance_epoch'))
        .where('m.lookup_id', '=', handle.lookupId)
        .where('m.digest', '=', handle.digest)
        .where('m.kind', '=', kind)
        .where('m.used_at', 'is', null)
        .where('m.ended_at', 'is', null)
        .where('m.expires_at', '>', now)
        .where('u.status', '=', 'ACTIVE')
        .execute();
      const user = personOf(rows);
      return user === null ? null : ({ user, email: user.email } satisfies LivingLink);
    },

    resetPassword: (act, handle, newHash) => run(resetPassword, { act, handle: bare(handle), newHash }),
    verifyEmail: (act, handle) => run(verifyEmail, { act, handle: bare(handle) }),
  };
}
