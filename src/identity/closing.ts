import type { Act } from '#audit/ports';
import { foldLoginId } from './login-id.ts';
import type { IdentityDeps } from './options.ts';
import type { Passwords } from './passwords.ts';
import type { HeldData, OwnedWork, User } from './ports/index.ts';

export type CloseVerdict =
  | 'closed'
  /** The login id that was typed is not the person's own. */
  | 'wrong-id'
  | 'wrong-password'
  | 'last-operator'
  | { readonly works: readonly OwnedWork[] }
  | { readonly retryAt: number };

export interface Closing {
  /** Everything that is held about the person; noted in the audit log. */
  exportAbout(act: Act, user: User): Promise<HeldData | null>;
  /** What stands in the way, before anything is asked: the person's ACTIVE applications and products, being the last operator. */
  obstacles(user: User): Promise<{ works: readonly OwnedWork[]; lastOperator: boolean }>;
  /** At once and for good. The password is counted like any other try of it. */
  closeAccount(act: Act, user: User, typed: { loginId: string; password: string }): Promise<CloseVerdict>;
}

export function createClosing({ closing, users, audit }: IdentityDeps, passwords: Passwords): Closing {
  return {
    async exportAbout(act, { id }) {
      await audit.append(act, { action: 'user.exported', outcome: 'ok', subject: id });
      return closing.held(id);
    },

    obstacles: async ({ id }) => ({
      works: await closing.worksOf(id),
      lastOperator: await closing.isLastOperator(id),
    }),

    async closeAccount(act, user, typed) {
      if (foldLoginId(typed.loginId) !== foldLoginId(user.loginId)) return 'wrong-id';
      const verdict = await passwords.checkPassword(user.loginId, typed.password, act, act.actor.ip ?? '');
      if (typeof verdict === 'string') return 'wrong-password';
      if ('retryAt' in verdict) return { retryAt: verdict.retryAt };
      const hash = await users.passwordOfId(user.id);
      const outcome = hash === null ? 'gone' : await closing.close(act, user.id, hash);
      if (outcome === 'owns-works') return { works: await closing.worksOf(user.id) };
      return outcome === 'gone' ? 'wrong-password' : outcome;
    },
  };
}
