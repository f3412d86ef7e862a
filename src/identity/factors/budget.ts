import type { Act } from '#audit/ports';
import type { UserMuid } from '#kernel';
import { backoffKeys } from '../backoff.ts';
import { firstOfEachBlock } from '../first-of-block.ts';
import type { IdentityDeps } from '../options.ts';

/** Tries of second-factor codes, counted per account before the check, whatever session or address they come from (AC-22). */
export interface FactorBudget {
  take(act: Act, user: UserMuid): Promise<{ allowed: true } | { allowed: false; retryAt: number }>;
  forgive(user: UserMuid): Promise<void>;
}

export function createBudget({ backoff, audit, options }: IdentityDeps): FactorBudget {
  const keys = backoffKeys(options.backoffKey);
  const isNewRefusal = firstOfEachBlock();
  return {
    async take(act, user) {
      const turn = await backoff.take([{ key: keys.factor(user), ...options.limits.factor }], act.at);
      if (!turn.allowed && isNewRefusal(user, turn.retryAt)) {
        await audit.append(act, { action: 'factor.backed-off', outcome: 'refused', subject: user });
      }
      return turn;
    },
    forgive: (user) => backoff.forgive([keys.factor(user)]),
  };
}
