import { wordsFor } from '#signin';
import { askPage, emailPage, endPage, noMailPage, resetPage, sentPage } from '../../src/signin/pages/recovery.ts';
import type { Html } from '../../src/signin/pages/html.ts';
import type { Words } from '../../src/signin/words/index.ts';
import type { Sample } from './samples.ts';

type Of = Words['recovery'];

const sample =
  (make: (words: Of, all: Words) => { title: string; main: Html; failed?: boolean }): Sample =>
  (pages, locale) => {
    const all = wordsFor(locale);
    return pages.page({ locale, self: '/recover', ...make(all.recovery, all) });
  };

/** The pages of somebody who can not log in, in their states. */
export const recoverySamples: Readonly<Record<string, Sample>> = {
  'recover-password': sample(({ askPassword: words }) => ({
    title: words.title,
    main: askPage({ words, what: 'password', hidden: {}, typed: '', error: undefined, otherHref: '#' }),
  })),
  'recover-password-empty': sample(({ askPassword: words }) => ({
    title: words.title,
    failed: true,
    main: askPage({ words, what: 'password', hidden: {}, typed: '', error: words.empty, otherHref: '#' }),
  })),
  'recover-login-id': sample(({ askLoginId: words }, all) => ({
    title: words.title,
    failed: true,
    main: askPage({
      words,
      what: 'login-id',
      hidden: {},
      typed: 'haneul@example',
      error: all.signup.problems.email.shape,
      otherHref: '#',
    }),
  })),
  'recover-sent-password': sample(({ sent }) => ({ title: sent.title, main: sentPage(sent, 'password') })),
  'recover-sent-login-id': sample(({ sent }) => ({ title: sent.title, main: sentPage(sent, 'login-id') })),
  'recover-no-mail': sample(({ none }) => ({ title: none.title, main: noMailPage(none, '02-123-4567') })),
  'recover-reset': sample(({ reset: words }) => ({
    title: words.title,
    main: resetPage({ words, hidden: {}, loginId: 'a-very-long-login-id.with_parts32', error: undefined }),
  })),
  'recover-reset-common': sample(({ reset: words }, all) => ({
    title: words.title,
    failed: true,
    main: resetPage({
      words,
      hidden: {},
      loginId: 'haneul.kim',
      error: all.signup.problems.password.common,
    }),
  })),
  'recover-reset-done': sample(({ resetDone: words }) => ({
    title: words.title,
    main: endPage({ title: words.title, sentences: [words.lead], href: '/login', onward: words.login }),
  })),
  'recover-reset-dead': sample(({ dead: words }) => ({
    title: words.title,
    main: endPage({ title: words.title, sentences: [words.lead, words.reset], href: '#', onward: words.resetAgain }),
  })),
  'recover-email': sample(({ email: words }) => ({
    title: words.title,
    main: emailPage({
      words,
      hidden: {},
      loginId: 'haneul.kim',
      email: 'a-very-long-local-part.of-an-address@mail.hospital.example.com',
    }),
  })),
  'recover-email-done': sample(({ emailDone: words }) => ({
    title: words.title,
    main: endPage({ title: words.title, sentences: [words.lead], href: '/account', onward: words.account }),
  })),
};
