import type { Session } from '#contracts/console';
import { formToken } from '#http';
import { DEVELOPER_TERMS, type User } from '#identity';
import type { Locale } from '#kernel';
import type { Handlers, Member } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';
import { refusal } from './refuse.ts';

type Ours = Pick<Handlers, 'readSession' | 'readDeveloperTerms' | 'agreeToDeveloperTerms'>;

export function sessionHandlers(deps: ConsoleDeps): Ours {
  async function shown({ session, cookie }: Member, user: User, locale: Locale): Promise<Session> {
    const isOperator = user.roles.includes('operator');
    const [unreadNotices, waitingReviews] = await Promise.all([
      deps.notices.unread(user.id),
      isOperator ? deps.developer.records.waitingCount() : null,
    ]);
    return {
      user: {
        userMuid: user.id,
        userId: user.loginId,
        name: user.name,
        email: user.email,
        roles: [...user.roles],
      },
      csrf: formToken(deps, cookie),
      brand: deps.brand,
      publicUrl: deps.publicUrl,
      locale,
      secretDisplay: deps.developer.display,
      authenticatedAt: session.authenticatedAt,
      unreadNotices,
      waitingReviews,
    };
  }

  return {
    readSession: ({ member, locale }) => shown(member, member.session.user, locale),

    readDeveloperTerms: async ({ locale }) => ({
      version: DEVELOPER_TERMS.version,
      ...deps.developerTerms(locale),
    }),

    async agreeToDeveloperTerms({ act, member, body, locale }) {
      // Agreed to is what was read.
      if (body.version !== DEVELOPER_TERMS.version) throw refusal('changed_meanwhile');
      await deps.identity.becomeDeveloper(act, member.id);
      return shown(member, (await deps.identity.readUser(member.id)) ?? member.session.user, locale);
    },
  };
}
