import type { HttpAnswer } from '#http';
import { formToken, type Html } from '#signin';
import type { Member } from '../member.ts';
import type { HealthPagesDeps } from './deps.ts';
import { type HealthWords, healthWords } from './words.ts';

/** What every page here is made with. */
export interface Shown {
  readonly member: Member;
  readonly words: HealthWords;
  readonly csrf: string;
}

export const shownTo = (deps: HealthPagesDeps, member: Member): Shown => ({
  member,
  words: healthWords(member.language.locale),
  csrf: formToken(deps, member.cookie),
});

export const showPage = (
  deps: HealthPagesDeps,
  { member }: Shown,
  page: { title: string; self: string; main: Html; failed?: boolean },
): HttpAnswer =>
  deps.pages.page({
    locale: member.language.locale,
    title: page.title,
    self: page.self,
    width: 'wide',
    main: page.main,
    failed: page.failed ?? false,
    status: page.failed ? 400 : 200,
  });
