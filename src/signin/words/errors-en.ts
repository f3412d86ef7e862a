import type { PageErrorKind } from '#kernel';
import type { PageErrorWords } from './errors-ko.ts';
import type { Words } from './index.ts';

const TELL_APP = 'Go back to the app and try again. If it happens again, give the app’s maker the request ID below.';

const kinds: Readonly<Record<PageErrorKind, PageErrorWords>> = {
  'bad-request': {
    title: 'This request can not be read',
    what: 'A value in the address is missing, given twice or malformed.',
    turn: 'app',
    now: TELL_APP,
  },
  'unknown-client': {
    title: 'This app is not registered',
    what: 'The app that asked you to log in is not known here. Nothing was shared.',
    turn: 'app',
    now: TELL_APP,
  },
  'bad-redirect-uri': {
    title: 'The address to return to is not registered',
    what: 'The app wants you sent to an address that it has not registered. We stopped here so that nothing leaks.',
    turn: 'app',
    now: TELL_APP,
  },
  'client-unavailable': {
    title: 'This app can not be used now',
    what: 'Logging in to this app is switched off. Nothing was shared.',
    turn: 'app',
    now: 'Ask the app’s maker when it will be back.',
  },
  'client-in-review': {
    title: 'This app is in review',
    what: 'Until the review is finished, only the person who registered the app can log in. Nothing was shared.',
    turn: 'app',
    now: 'If you registered it, log in with that account and try again. Otherwise wait until the app has passed its review.',
  },
  expired: {
    title: 'This page has expired',
    what: 'You started logging in a while ago, or in another browser.',
    turn: 'you',
    now: 'Go back to the app and start again.',
  },
  'already-done': {
    title: 'This login is already done',
    what: 'What this page was for has been done. Nothing was done twice.',
    turn: 'you',
    now: 'Go back to the app and look. If you are not logged in there, start again from the app.',
  },
  'forged-form': {
    title: 'We can not tell that you sent this',
    what: 'Your login changed after the page was opened, or your browser blocks cookies.',
    turn: 'you',
    now: 'Allow cookies, open the page again and repeat what you did.',
  },
  'not-found': {
    title: 'There is no such page',
    what: 'The address has changed or was mistyped.',
    turn: 'you',
    now: 'Check the address, or start from the front page.',
  },
  'wrong-method': {
    title: 'This page can not be opened like this',
    what: 'This address is meant to be used in another way.',
    turn: 'you',
    now: 'Start again from the front page.',
  },
  'too-many-tries': {
    title: 'Try again in a while',
    what: 'There were too many tries in a short time, so we paused them.',
    turn: 'you',
    now: 'Wait a little, then try again.',
  },
  'too-large': {
    title: 'That was too much at once',
    what: 'What was sent is larger than we take. Nothing was kept.',
    turn: 'you',
    now: 'Shorten it and send it again.',
  },
  'login-first': {
    title: 'Log in first',
    what: 'You are not logged in, or were logged out after a long pause.',
    turn: 'you',
    now: 'Log in, then do it again.',
  },
  'not-allowed': {
    title: 'You may not do this',
    what: 'The account you are logged in with has no right to do this.',
    turn: 'you',
    now: 'Log in with an account that has it.',
  },
  prefetch: {
    title: 'This page is not opened ahead of time',
    what: 'Your browser tried to open this address in advance. Nothing was done.',
    turn: 'you',
    now: 'Press the login button in the app yourself.',
  },
  'setup-link-dead': {
    title: 'This address no longer works',
    what: 'The address for making the first operator was used already or has expired.',
    turn: 'you',
    now: 'If there is no operator yet, restart the server; it prints a new address.',
  },
  overloaded: {
    title: 'Very many people are here right now',
    what: 'We could not take your request for the moment. Nothing was kept.',
    turn: 'us',
    now: 'Try again on the same page in a moment.',
  },
  broken: {
    title: 'Something went wrong on our side',
    what: 'We could not finish your request. The problem has been recorded.',
    turn: 'us',
    now: 'Try again in a moment. If it happens again, tell us the request ID below.',
  },
};

export const errorsEn: Words['errors'] = {
  kinds,
  happened: 'What happened',
  turn: 'Whose turn it is',
  turns: { you: 'Yours', app: 'The app’s maker’s', us: 'Ours' },
  now: 'What to do now',
  requestId: 'Request ID',
  wait: (seconds) =>
    seconds < 60
      ? `You can try again in ${seconds} seconds.`
      : `You can try again in ${Math.ceil(seconds / 60)} minutes.`,
  home: 'Front page',
  login: 'Log in',
};
