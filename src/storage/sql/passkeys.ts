import type { Act } from '#audit/ports';
import type { EnrolOutcome, FactorStore } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';
import { afterEnrolment, holdEnroller } from './enrolment.ts';
import { lockUser } from './factor-rows.ts';

type Start = Parameters<FactorStore['startChallenge']>[0];
type Take = Parameters<FactorStore['takeChallenge']>[0];
type Registration = Parameters<FactorStore['enrolPasskey']>[1];

const startChallenge = verb('passkeys.startChallenge', async (tx, challenge: Start): Promise<void> => {
  await tx
    .insertInto('passkey_challenge')
    .values({
      lookup_id: challenge.id,
      kind: challenge.kind,
      holder: challenge.holder,
      user_id: challenge.user,
      created_at: challenge.at,
      expires_at: challenge.expiresAt,
    })
    .execute();
});

const takeChallenge = verb(
  'passkeys.takeChallenge',
  async (tx, { id, kind, holder, now }: Take): Promise<{ user: UserMuid | null } | null> => {
    const taken = await tx
      .deleteFrom('passkey_challenge')
      .where('lookup_id', '=', id)
      .where('kind', '=', kind)
      .where('holder', '=', holder)
      .where('expires_at', '>', now)
      .returning('user_id')
      .executeTakeFirst();
    return taken === undefined ? null : { user: taken.user_id };
  },
);

const enrolPasskey = verb(
  'passkeys.enrol',
  async (tx, { act, passkey }: { act: Act; passkey: Registration }): Promise<EnrolOutcome> => {
    const { user, by } = passkey;
    if (!(await lockUser(tx, user)) || !(await holdEnroller(tx, by, user, act.at))) return { outcome: 'dead' };
    // WebAuthn §7.1, step 26: one credential has one owner.
    const added = await tx
      .insertInto('passkey')
      .values({
        credential_id: passkey.credentialId,
        user_id: user,
        public_key: passkey.publicKey,
        counter: passkey.counter,
        transports: passkey.transports.join(' '),
        name: passkey.name,
        synced: passkey.synced ? 1 : 0,
        created_at: act.at,
        last_used_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (added.numInsertedOrUpdatedRows === 0n) return { outcome: 'taken' };
    return afterEnrolment(tx, act, { user, method: 'passkey', recovery: passkey.recovery, by });
  },
);

type Naming = { user: UserMuid; credentialId: string; name: string };

const namePasskey = verb('passkeys.name', async (tx, { user, credentialId, name }: Naming): Promise<boolean> => {
  const named = await tx
    .updateTable('passkey')
    .set({ name })
    .where('credential_id', '=', credentialId)
    .where('user_id', '=', user)
    .executeTakeFirst();
  return named.numUpdatedRows === 1n;
});

type PasskeyStore = Pick<FactorStore, 'startChallenge' | 'takeChallenge' | 'enrolPasskey' | 'passkey' | 'namePasskey'>;

export const passkeyVerbs = ({ read, run }: Engine): PasskeyStore => ({
  startChallenge: (challenge) => run(startChallenge, challenge),
  takeChallenge: (challenge) => run(takeChallenge, challenge),
  enrolPasskey: (act, passkey) => run(enrolPasskey, { act, passkey }),
  namePasskey: (user, credentialId, name) => run(namePasskey, { user, credentialId, name }),

  async passkey(credentialId) {
    const row = await read
      .selectFrom('passkey')
      .selectAll()
      .where('credential_id', '=', credentialId)
      .executeTakeFirst();
    if (row === undefined) return null;
    return {
      user: row.user_id,
      publicKey: row.public_key,
      transports: row.transports === '' ? [] : row.transports.split(' '),
    };
  },
});
