import type { Handlers } from './asked.ts';
import type { ConsoleDeps } from './deps.ts';
import { refusal } from './refuse.ts';

export function noticeHandlers({ notices }: ConsoleDeps): Pick<Handlers, 'listNotices' | 'readNotice'> {
  return {
    async listNotices({ member }) {
      const items = await notices.noticesOf(member.id);
      return {
        items: items.map(({ id, createdAt, kind, client, clientName, reason, refusedScopes, readAt }) => ({
          id,
          at: createdAt,
          kind,
          clientId: client,
          clientName,
          reason,
          refusedScopes: [...refusedScopes],
          readAt,
        })),
      };
    },

    async readNotice({ act, member, params }) {
      if (!(await notices.markRead(member.id, params.id, act.at))) throw refusal('not_found');
      return { done: true };
    },
  };
}
