import type { Act } from '#audit/ports';
import type { FactorStore } from '#identity/ports';
import type { UserMuid } from '#kernel';
import type { Engine } from '../engine.ts';
import { verb } from '../verb.ts';
import { record } from './audit-entry.ts';
import { countFactors, eraseFactors, factorsOf, keepRecoveryCodes, lockUser } from './factor-rows.ts';
import { passkeyVerbs } from './passkeys.ts';
import { pendingVerbs } from './pending-logins.ts';
import { endOtherSessions } from './sessions.ts';
import { totpVerbs } from './totp.ts';

type Removal = Parameters<FactorStore['remove']>[1];

const remove = verb(
  'factors.remove',
  async (tx, { act, removal }: { act: Act; removal: Removal }): Promise<'removed' | 'last' | 'gone'> => {
    const { user, what, keepSession, mustKeepOne } = removal;
    if (!(await lockUser(tx, user))) return 'gone';
    const before = await countFactors(tx, user);
    const removed =
      what === 'totp'
        ? tx.deleteFrom('totp_key').where('user_id', '=', user)
        : tx.deleteFrom('passkey').where('user_id', '=', user).where('credential_id', '=', what.passkey);
    if (mustKeepOne && before === 1) return 'last';
    if ((await removed.executeTakeFirst()).numDeletedRows === 0n) return 'gone';
    if (before === 1) await tx.deleteFrom('recovery_code').where('user_id', '=', user).execute();
    await endOtherSessions(tx, user, keepSession, act.at);
    const reason = what === 'totp' ? 'totp' : 'passkey';
    await record(tx, act, { action: 'factor.removed', outcome: 'ok', subject: user, reason });
    return 'removed';
  },
);

const removeAll = verb(
  'factors.removeAll',
  async (tx, { act, user }: { act: Act; user: UserMuid }): Promise<boolean> => {
    if (!(await lockUser(tx, user)) || (await countFactors(tx, user)) === 0) return false;
    await eraseFactors(tx, user);
    await endOtherSessions(tx, user, null, act.at);
    await record(tx, act, { action: 'factor.removed', outcome: 'ok', subject: user, reason: 'all' });
    return true;
  },
);

const makeRecoveryCodes = verb(
  'factors.makeRecoveryCodes',
  async (tx, { act, user, digests }: { act: Act; user: UserMuid; digests: readonly string[] }): Promise<boolean> => {
    if (!(await lockUser(tx, user)) || (await countFactors(tx, user)) === 0) return false;
    await tx.deleteFrom('recovery_code').where('user_id', '=', user).execute();
    await keepRecoveryCodes(tx, act, user, digests);
    return true;
  },
);

export function factorStore(engine: Engine): FactorStore {
  const { read, run } = engine;
  return {
    of: (user) => factorsOf(read, user),
    ...pendingVerbs(engine),
    ...totpVerbs(engine),
    ...passkeyVerbs(engine),
    remove: (act, removal) => run(remove, { act, removal }),
    removeAll: (act, user) => run(removeAll, { act, user }),
    makeRecoveryCodes: (act, user, digests) => run(makeRecoveryCodes, { act, user, digests }),
  };
}
