import type { Act } from '#audit/ports';
import { PageError, type PresentedHandle, SECOND } from '#kernel';
import { backoffKeys } from './backoff.ts';
import { firstOfEachBlock } from './first-of-block.ts';
import { foldLoginId } from './login-id.ts';
import type { IdentityDeps } from './options.ts';
import { orOverloaded, type PasswordHasher, TooBusy } from './password-hash.ts';
import { checkNewPassword, isPossiblePassword, type PasswordProblem } from './password-policy.ts';
import type { BackoffRule, User } from './ports/index.ts';

/** How long somebody who came while too many hashes waited is asked to wait. */
const BUSY_MS = 5 * SECOND;
/** Longer than any login id can be; nothing of that length is looked up. */
const MAX_LOGIN_ID = 128;

/**
 * 'suspended' is told only to somebody who knew the password; to everybody else such an account looks like any other.
 * `busy`: nobody guessed too often, too many people log in at this moment.
 */
export type PasswordVerdict =
  | { readonly user: User }
  | 'wrong'
  | 'suspended'
  | { readonly retryAt: number; readonly busy: boolean };

export type PasswordChange =
  | 'changed'
  | 'wrong-old'
  /** The password was changed by somebody else in the same moment; nothing happened. */
  | 'changed-meanwhile'
  | { readonly problem: PasswordProblem | 'same' };

export interface Passwords {
  /**
   * Is this the password of that login id? Shared by the login page and the password grant. Takes one try of the account
   * and of the address before anything else, so a burst of parallel guesses is counted in full, and answers an unknown
   * login id, a wrong password and a closed account alike, in words and in time.
   */
  checkPassword(loginId: string, password: string, act: Act, address: string): Promise<PasswordVerdict>;
  /**
   * Ends every other session of the user; with `everywhere` every connected application's grant too. Throws PageError
   * `too-many-tries` or `overloaded` (429).
   */
  changePassword(
    act: Act,
    change: {
      user: User;
      session: PresentedHandle | null;
      oldPassword: string;
      newPassword: string;
      everywhere: boolean;
    },
  ): Promise<PasswordChange>;
}

export function createPasswords(deps: IdentityDeps, hasher: PasswordHasher): Passwords {
  const { users, backoff, audit, options } = deps;
  const keys = backoffKeys(options.backoffKey);
  const isNewRefusal = firstOfEachBlock();

  /** The caller's own address and, in IPv6, the network that it is in. */
  const placeRules = (address: string): BackoffRule[] => {
    const network = keys.network(address);
    return [
      { key: keys.address(address), ...options.limits.address },
      ...(network === null ? [] : [{ key: network, ...options.limits.network }]),
    ];
  };
  const rulesFor = (foldedLoginId: string, address: string): BackoffRule[] => [
    { key: keys.account(foldedLoginId), ...options.limits.account },
    ...placeRules(address),
  ];

  /** Today's parameters for a hash of yesterday's; left for the next login when there is too much to do. */
  async function renewHash(found: { user: User; passwordHash: string }, password: string): Promise<void> {
    try {
      await users.rehash(found.user.id, found.passwordHash, await hasher.hash(password));
    } catch (error) {
      if (!(error instanceof TooBusy)) throw error;
    }
  }

  return {
    async checkPassword(loginId, password, act, address) {
      const folded = foldLoginId(loginId).slice(0, MAX_LOGIN_ID);
      const rules = rulesFor(folded, address);
      const turn = await backoff.take(rules, act.at);
      if (!turn.allowed) {
        if (isNewRefusal(keys.address(address).value, turn.retryAt)) {
          await audit.append(act, { action: 'login.backed-off', outcome: 'refused', reason: 'too many tries' });
        }
        return { retryAt: turn.retryAt, busy: false };
      }
      // Too long, empty or with NUL: nobody's password. That it is answered sooner tells nothing about the account.
      const possible = isPossiblePassword(password);
      const found = possible && folded !== '' ? await users.passwordOf(folded) : null;
      let right = false;
      try {
        right = possible && (await hasher.verify(found?.passwordHash ?? null, password));
      } catch (error) {
        if (!(error instanceof TooBusy)) throw error;
        await backoff.giveBack(rules.map((rule) => rule.key));
        return { retryAt: act.at + BUSY_MS, busy: true };
      }
      if (found === null || !right || found.user.status === 'CLOSED') {
        const subject = found?.user.id ?? null;
        await audit.append(act, { action: 'login.failed', outcome: 'refused', subject, reason: 'wrong credentials' });
        return 'wrong';
      }
      if (found.user.status === 'SUSPENDED') {
        await audit.append(act, {
          action: 'login.failed',
          outcome: 'refused',
          subject: found.user.id,
          reason: 'suspended',
        });
        return 'suspended';
      }
      const places = placeRules(address).map(({ key }) => key);
      await Promise.all([backoff.forgive([keys.account(folded)]), backoff.giveBack(places)]);
      if (!hasher.isCurrent(found.passwordHash)) await renewHash(found, password);
      return { user: found.user };
    },

    async changePassword(act, change) {
      const { user, oldPassword, newPassword } = change;
      const folded = foldLoginId(user.loginId);
      const turn = await backoff.take([{ key: keys.account(folded), ...options.limits.account }], act.at);
      if (!turn.allowed) {
        const retryAfter = Math.max(1, Math.ceil((turn.retryAt - act.at) / SECOND));
        throw new PageError('too-many-tries', 429, { reason: 'backed-off', retryAfter });
      }
      const oldHash = await users.passwordOfId(user.id);
      const possible = isPossiblePassword(oldPassword);
      if (oldHash === null || !possible || !(await orOverloaded(hasher.verify(oldHash, oldPassword))))
        return 'wrong-old';
      await backoff.forgive([keys.account(folded)]);
      const problem = await checkNewPassword(newPassword, { ...user, brand: options.brand });
      if (problem !== null) return { problem };
      if (newPassword === oldPassword) return { problem: 'same' };
      const newHash = await orOverloaded(hasher.hash(newPassword));
      const { session: keepSession, everywhere } = change;
      const outcome = await users.changePassword(act, { user: user.id, oldHash, newHash, keepSession, everywhere });
      return outcome === 'changed' ? 'changed' : 'changed-meanwhile';
    },
  };
}
