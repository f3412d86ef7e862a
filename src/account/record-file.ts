import type { ConsentEvent } from '#consent';
import type { UserMuid } from '#kernel';

const iso = (at: number): string => new Date(at).toISOString();

/**
 * The user's own record as a file (개인정보 보호법 시행령 제41조제1항: the fact and the content of consent). Everything that
 * is kept of an event; where from it was done only where the user did it.
 */
export const recordFile = (wish: {
  user: UserMuid;
  at: number;
  events: readonly ConsentEvent[];
  /** Where the rest is; null when this is all. */
  next: string | null;
}): object => ({
  record: 'consent',
  userMuid: wish.user,
  madeAt: iso(wish.at),
  events: wish.events.map(eventOf),
  next: wish.next,
});

const eventOf = ({ notice, actor, ...event }: ConsentEvent): object => ({
  id: event.id,
  at: iso(event.at),
  application: { clientId: event.client, name: event.clientName },
  action: event.action,
  basis: event.basis,
  scope: event.scope,
  kinds: event.kinds,
  expiresAt: event.expiresAt === null ? null : iso(event.expiresAt),
  shown: notice && {
    noticeId: notice.id,
    language: notice.locale,
    wording: notice.wording,
    required: notice.required,
    recipient: notice.recipient,
    purpose: notice.purpose,
    items: notice.items,
    retention: notice.retention,
    effectOfRefusal: notice.refusalEffect,
    terms: notice.terms,
  },
  by: actor.kind,
  ...(actor.kind === 'user'
    ? { from: { address: actor.ip, browser: actor.userAgent }, requestId: actor.requestId }
    : {}),
});
