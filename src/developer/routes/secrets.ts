import type { Act } from '#audit';
import { ConsoleError, MINUTE, SECOND } from '#kernel';
import type { Handlers, Member } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';
import { invalid, refusal } from './refuse.ts';

type Ours = Pick<Handlers, 'showSecrets' | 'makeSecret' | 'endSecret'>;

/** How old a login may be for whoever wants to see or make a secret. */
const FRESH_MS = 10 * MINUTE;

export function secretHandlers(deps: ConsoleDeps): Ours {
  const { developer, identity } = deps;

  /**
   * Whoever sits before a browser that somebody left logged in must not walk away with a secret. A right password makes
   * the session fresh again; wrong ones share the login page's back-off (AC-04).
   */
  async function requireFresh(act: Act, { session }: Member, password: string | undefined): Promise<void> {
    if (act.at - session.authenticatedAt <= FRESH_MS) return;
    if (password === undefined) throw refusal('login_again');
    const verdict = await identity.checkPassword(session.user.loginId, password, act, act.actor.ip ?? '');
    if (verdict === 'wrong' || verdict === 'suspended') throw refusal('wrong_password');
    if ('retryAt' in verdict) {
      const retryAfter = Math.max(1, Math.ceil((verdict.retryAt - act.at) / SECOND));
      throw new ConsoleError('too_many_requests', 'Too many tries. Wait a little.', {
        reason: 'backed-off',
        retryAfter,
      });
    }
    await identity.confirmSession(act, session);
  }

  return {
    async showSecrets({ act, member, client, body }) {
      await requireFresh(act, member, body.password);
      return { items: await developer.showSecrets(act, client) };
    },

    async makeSecret({ act, member, client, body }) {
      await requireFresh(act, member, undefined);
      const name = body.name.normalize('NFC').trim();
      if (name === '') throw invalid([{ field: 'name', problem: 'missing' }]);
      if (/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(name)) throw invalid([{ field: 'name', problem: 'characters' }]);
      const made = await developer.makeSecret(act, client, { name, overlapHours: body.overlapHours ?? null });
      if (made.ok) return made.value;
      if (made.problem === 'client-gone') throw refusal('not_found');
      throw refusal(made.problem === 'too-many' ? 'too_many_secrets' : 'conflict');
    },

    async endSecret({ act, client, params }) {
      if (!(await developer.endSecret(act, client, params.secretId))) throw refusal('not_found');
      return { done: true };
    },
  };
}
