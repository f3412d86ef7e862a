import type { Act } from '#audit/ports';
import type { Factors, Passkey } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Tx } from '../verb.ts';
import { record } from './audit-entry.ts';

/** Taken first by whatever changes a person's factors, so that two changes of one person come one after the other. */
export async function lockUser(tx: Tx, user: UserMuid): Promise<boolean> {
  const locked = await tx
    .updateTable('user_account')
    .set((eb) => ({ epoch: eb.ref('epoch') }))
    .where('id', '=', user)
    .where('status', '=', 'ACTIVE')
    .executeTakeFirst();
  return locked.numUpdatedRows === 1n;
}

/** Every row of a person's second factors. */
export async function eraseFactors(tx: Tx, user: UserMuid): Promise<void> {
  for (const table of ['totp_key', 'totp_enrolment', 'passkey', 'recovery_code'] as const) {
    await tx.deleteFrom(table).where('user_id', '=', user).execute();
  }
  await tx.deleteFrom('passkey_challenge').where('user_id', '=', user).execute();
}

/** Authenticator app and passkeys; recovery codes only stand in for one of them. */
export async function countFactors(tx: Tx, user: UserMuid): Promise<number> {
  const totp = await tx.selectFrom('totp_key').select('id').where('user_id', '=', user).execute();
  const passkeys = await tx.selectFrom('passkey').select('credential_id').where('user_id', '=', user).execute();
  return totp.length + passkeys.length;
}

/** Keeps these codes if the person has none at all; says whether it did. */
export async function firstRecoveryCodes(
  tx: Tx,
  act: Act,
  user: UserMuid,
  digests: readonly string[],
): Promise<boolean> {
  const present = await tx.selectFrom('recovery_code').select('digest').where('user_id', '=', user).executeTakeFirst();
  if (present !== undefined || digests.length === 0) return false;
  await keepRecoveryCodes(tx, act, user, digests);
  return true;
}

export async function keepRecoveryCodes(tx: Tx, act: Act, user: UserMuid, digests: readonly string[]): Promise<void> {
  await tx
    .insertInto('recovery_code')
    .values(digests.map((digest) => ({ user_id: user, digest, created_at: act.at, used_at: null })))
    .execute();
  await record(tx, act, { action: 'recovery-codes.made', outcome: 'ok', subject: user });
}

export async function factorsOf(read: Tx, user: UserMuid): Promise<Factors> {
  const [totp, passkeys, codes] = await Promise.all([
    read.selectFrom('totp_key').select(['created_at', 'last_used_at']).where('user_id', '=', user).executeTakeFirst(),
    read.selectFrom('passkey').selectAll().where('user_id', '=', user).orderBy('created_at').execute(),
    read
      .selectFrom('recovery_code')
      .select((eb) => eb.fn.countAll<number>().as('good'))
      .where('user_id', '=', user)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow(),
  ]);
  return {
    totp: totp === undefined ? null : { createdAt: totp.created_at, lastUsedAt: totp.last_used_at },
    passkeys: passkeys.map(
      (row): Passkey => ({
        credentialId: row.credential_id,
        name: row.name,
        transports: row.transports === '' ? [] : row.transports.split(' '),
        synced: row.synced === 1,
        createdAt: row.created_at,
        lastUsedAt: row.last_used_at,
      }),
    ),
    recoveryCodes: codes.good,
  };
}
