import type { NoticeForMail } from '../ports/index.ts';
import type { Mail, Part } from './mail.ts';

/** Controls, line ends, bidirectional overrides, zero-width marks: whatever lets a text pretend to be another. */
const PRETENDING = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu;
const MOST = { name: 64, reason: 2000 } as const;

const tidy = (text: string, most: number): string => {
  const characters = [...text.replaceAll(PRETENDING, ' ').trim()];
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : characters.join('');
};

type NoticeWords = Readonly<Record<NoticeForMail['kind'], (client: string) => string>>;

const ko: NoticeWords = {
  'client-approved': (client) => `${client} 앱이 검수를 통과했습니다. 이제 모든 사용자가 로그인할 수 있습니다.`,
  'client-rejected': (client) => `${client} 앱이 반려되었습니다. 고쳐서 다시 검수를 요청할 수 있습니다.`,
  'change-approved': (client) => `${client} 앱의 바뀐 내용이 승인되어 적용되었습니다.`,
  'change-rejected': (client) =>
    `${client} 앱의 바뀐 내용이 반려되었습니다. 전에 승인된 내용이 그대로 적용되어 있습니다.`,
  'client-suspended': (client) => `${client} 앱의 이용이 정지되었습니다. 발급된 토큰은 모두 쓸 수 없습니다.`,
  'client-reinstated': (client) => `${client} 앱의 이용 정지가 풀렸습니다. 사용자는 다시 로그인해야 합니다.`,
  'client-rolled-back': (client) => `${client} 앱이 전에 승인된 내용으로 되돌려졌습니다.`,
};

const en: NoticeWords = {
  'client-approved': (client) => `${client} has passed its review. Every user can log in now.`,
  'client-rejected': (client) => `${client} was refused. You can change it and ask for another review.`,
  'change-approved': (client) => `The change of ${client} was approved and is live.`,
  'change-rejected': (client) => `The change of ${client} was refused. What was approved before stays live.`,
  'client-suspended': (client) => `${client} was suspended. None of its tokens work any more.`,
  'client-reinstated': (client) => `${client} is no longer suspended. Its users have to log in again.`,
  'client-rolled-back': (client) => `${client} was set back to what was approved before.`,
};

/**
 * One mail in both languages, since nobody has said which one a developer reads. What others wrote (the name, the
 * reasons) is cut to size and can make no line of its own.
 */
export function noticeMail(brand: string, notice: NoticeForMail, link: string): Mail {
  const name = tidy(notice.clientName, MOST.name);
  const refused = notice.refused.map(({ scope, reason }) =>
    reason.trim() === '' ? scope : `${scope}: ${tidy(reason, MOST.reason)}`,
  );
  const parts: Part[] = [
    ko[notice.kind](name),
    en[notice.kind](name),
    ...(notice.reason.trim() === '' ? [] : [`이유 · Reason: ${tidy(notice.reason, MOST.reason)}`]),
    ...(refused.length === 0 ? [] : ['반려된 동의항목 · Refused scopes:', { list: refused }]),
    { link, label: '콘솔에서 보기 · Open in the console' },
  ];
  return { locale: 'ko', subject: `[${brand}] ${name} 앱 안내 · About your app`, parts };
}
