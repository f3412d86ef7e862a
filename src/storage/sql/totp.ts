import type { Act } from '#audit/ports';
import type { EnrolOutcome, FactorStore } from '#identity/ports';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';
import { afterEnrolment, holdEnroller } from './enrolment.ts';
import { lockUser } from './factor-rows.ts';
import { useOnce } from './single-use.ts';

type Start = Parameters<FactorStore['startTotp']>[0];
type Confirmation = Parameters<FactorStore['enrolTotp']>[1];

const startTotp = verb('totp.start', async (tx, { holder, user, at, expiresAt, ...key }: Start): Promise<void> => {
  const row = {
    lookup_id: key.id,
    user_id: user,
    sealed: key.sealed,
    key_id: key.keyId,
    created_at: at,
    expires_at: expiresAt,
  };
  await tx
    .insertInto('totp_enrolment')
    .values({ holder, ...row })
    .onConflict((conflict) => conflict.column('holder').doUpdateSet(row))
    .execute();
});

const enrolTotp = verb(
  'totp.enrol',
  async (tx, { act, enrolment }: { act: Act; enrolment: Confirmation }): Promise<EnrolOutcome> => {
    const { id, holder, user, by } = enrolment;
    if (!(await lockUser(tx, user)) || !(await holdEnroller(tx, by, user, act.at))) return { outcome: 'dead' };
    const taken = await tx
      .deleteFrom('totp_enrolment')
      .where('lookup_id', '=', id)
      .where('holder', '=', holder)
      .where('user_id', '=', user)
      .where('expires_at', '>', act.at)
      .returning(['sealed', 'key_id'])
      .executeTakeFirst();
    if (taken === undefined) return { outcome: 'dead' };
    // The code that confirmed it opens nothing a second time.
    await useOnce(tx, 'totp', id, String(enrolment.step), enrolment.stepEndsAt);
    await tx.deleteFrom('totp_key').where('user_id', '=', user).execute();
    await tx
      .insertInto('totp_key')
      .values({ id, user_id: user, ...taken, created_at: act.at, last_used_at: act.at })
      .execute();
    return afterEnrolment(tx, act, { user, method: 'totp', recovery: enrolment.recovery, by });
  },
);

export const totpVerbs = ({
  read,
  run,
}: Engine): Pick<FactorStore, 'totpOf' | 'startTotp' | 'totpEnrolment' | 'enrolTotp'> => ({
  startTotp: (enrolment) => run(startTotp, enrolment),
  enrolTotp: (act, enrolment) => run(enrolTotp, { act, enrolment }),

  async totpOf(user) {
    const row = await read.selectFrom('totp_key').selectAll().where('user_id', '=', user).executeTakeFirst();
    return row === undefined ? null : { id: row.id, sealed: row.sealed, keyId: row.key_id };
  },

  async totpEnrolment(holder, now) {
    const row = await read
      .selectFrom('totp_enrolment')
      .selectAll()
      .where('holder', '=', holder)
      .where('expires_at', '>', now)
      .executeTakeFirst();
    return row === undefined ? null : { id: row.lookup_id, user: row.user_id, sealed: row.sealed, keyId: row.key_id };
  },
});
