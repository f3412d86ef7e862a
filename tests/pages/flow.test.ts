import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ConsentItem } from '#consent';
import type { ScopeName, UserMuid } from '#kernel';
import { nextStep, type Situation, type Step } from '#signin';

const OWNER = 'a'.repeat(32) as UserMuid;
const USER = 'b'.repeat(32) as UserMuid;
const NOW = 1_000_000;
const BEGAN = NOW - 60_000;

const terms = (scope: ScopeName, required = true) => ({ scope, required, terms: 't1' });
const item = (scope: ScopeName, state: ConsentItem['state'] = 'GIVEN'): ConsentItem => ({
  scope,
  state,
  terms: 't1',
  kinds: [],
  since: 0,
  expiresAt: null,
});
const session = (authenticatedAt = BEGAN - 1000, user = USER) => ({ user, authenticatedAt });

const situation = (
  more: Omit<Partial<Situation>, 'request'> & { prompt?: Situation['request']['prompt']; maxAge?: number | null } = {},
): Situation => {
  const { prompt = [], maxAge = null, ...rest } = more;
  const base: Omit<Situation, 'request'> = {
    client: { status: 'ACTIVE', ownerId: OWNER },
    session: session(),
    pending: null,
    transaction: null,
    terms: [terms('PROFILE')],
    items: [],
    now: NOW,
    ...rest,
  };
  return { ...base, request: { prompt, maxAge, scope: { names: base.terms.map((one) => one.scope) } } };
};
const begun = (answeredBy: UserMuid | null = null) => ({ createdAt: BEGAN, answeredBy });
const login = (again: boolean): Step => ({ step: 'login', again });
const refuse = (code: 'login_required' | 'consent_required' | 'access_denied'): Step => ({ step: 'refuse', code });
const complete = (...scopes: ScopeName[]): Step => ({ step: 'complete', scopes });
const consent = (ask: ScopeName[], given: ScopeName[] = []): Step => ({ step: 'consent', ask, given });
const inReview: Step = { step: 'in-review' };

const ROWS: readonly [name: string, situation: Situation, step: Step][] = [
  ['nobody logged in → login', situation({ session: null }), login(false)],
  ['logged in, nothing given → consent', situation(), consent(['PROFILE'])],
  ['logged in, all given → complete at once', situation({ items: [item('PROFILE')] }), complete('PROFILE')],
  [
    'one of two given → asks for the other',
    situation({ terms: [terms('PROFILE'), terms('DEVICE')], items: [item('PROFILE')] }),
    consent(['DEVICE'], ['PROFILE']),
  ],
  [
    'optional refused before → complete with the rest',
    situation({
      terms: [terms('PROFILE'), terms('DEVICE', false)],
      items: [item('PROFILE'), item('DEVICE', 'REFUSED')],
    }),
    complete('PROFILE'),
  ],

  [
    'prompt=none, nobody logged in → login_required',
    situation({ session: null, prompt: ['none'] }),
    refuse('login_required'),
  ],
  ['prompt=none, not given → consent_required', situation({ prompt: ['none'] }), refuse('consent_required')],
  ['prompt=none, given → complete', situation({ prompt: ['none'], items: [item('PROFILE')] }), complete('PROFILE')],
  [
    'prompt=none, login too old → login_required',
    situation({ prompt: ['none'], maxAge: 10, items: [item('PROFILE')] }),
    refuse('login_required'),
  ],

  ['prompt=login, on arrival → login again', situation({ prompt: ['login'], items: [item('PROFILE')] }), login(true)],
  [
    'prompt=login, login from before → login again',
    situation({ prompt: ['login'], transaction: begun(), items: [item('PROFILE')] }),
    login(true),
  ],
  [
    'prompt=login, login since → goes on',
    situation({ prompt: ['login'], transaction: begun(), session: session(BEGAN), items: [item('PROFILE')] }),
    complete('PROFILE'),
  ],
  [
    'prompt=select_account → login again',
    situation({ prompt: ['select_account'], items: [item('PROFILE')] }),
    login(true),
  ],
  [
    'prompt=select_account, login since → goes on',
    situation({ prompt: ['select_account'], transaction: begun(), session: session(NOW) }),
    consent(['PROFILE']),
  ],

  ['max_age not reached → goes on', situation({ maxAge: 3600, items: [item('PROFILE')] }), complete('PROFILE')],
  ['max_age reached → login again', situation({ maxAge: 61, items: [item('PROFILE')] }), login(true)],
  ['max_age=0 → login again, even in the same moment', situation({ maxAge: 0, session: session(NOW) }), login(true)],
  [
    'max_age reached while the page stood open, but login since → goes on',
    situation({ maxAge: 30, transaction: begun(), session: session(BEGAN), items: [item('PROFILE')] }),
    complete('PROFILE'),
  ],

  [
    'prompt=consent → asks for all again',
    situation({
      prompt: ['consent'],
      terms: [terms('PROFILE'), terms('DEVICE', false)],
      items: [item('PROFILE'), item('DEVICE')],
    }),
    consent(['PROFILE', 'DEVICE'], ['PROFILE', 'DEVICE']),
  ],
  [
    'prompt=consent, answered in this transaction → complete',
    situation({ prompt: ['consent'], transaction: begun(USER), items: [item('PROFILE')] }),
    complete('PROFILE'),
  ],
  [
    'prompt=consent, answered by somebody else → asks this one',
    situation({ prompt: ['consent'], transaction: begun(OWNER), items: [item('PROFILE')] }),
    consent(['PROFILE'], ['PROFILE']),
  ],
  [
    'answered, optional refused → reduced scope',
    situation({
      transaction: begun(USER),
      terms: [terms('PROFILE'), terms('DEVICE', false)],
      items: [item('PROFILE'), item('DEVICE', 'REFUSED')],
    }),
    complete('PROFILE'),
  ],
  [
    'answered, all refused → access_denied, not asked for ever',
    situation({ transaction: begun(USER), terms: [terms('DEVICE', false)], items: [item('DEVICE', 'REFUSED')] }),
    refuse('access_denied'),
  ],
  [
    'answered, a required one withdrawn meanwhile → access_denied',
    situation({ transaction: begun(USER), items: [item('PROFILE', 'WITHDRAWN')] }),
    refuse('access_denied'),
  ],

  [
    'in review, nobody logged in → login',
    situation({ client: { status: 'PENDING', ownerId: OWNER }, session: null }),
    login(false),
  ],
  [
    'in review, nobody logged in, prompt=none → our own page',
    situation({ client: { status: 'PENDING', ownerId: OWNER }, session: null, prompt: ['none'] }),
    inReview,
  ],
  [
    'in review, somebody else → our own page',
    situation({ client: { status: 'PENDING', ownerId: OWNER }, items: [item('PROFILE')] }),
    inReview,
  ],
  [
    'in review, somebody else, prompt=none → our own page',
    situation({ client: { status: 'PENDING', ownerId: OWNER }, prompt: ['none'] }),
    inReview,
  ],
  [
    'in review, somebody else, prompt=login → our own page',
    situation({ client: { status: 'PENDING', ownerId: OWNER }, prompt: ['login'] }),
    inReview,
  ],
  [
    'in review, its owner → consent',
    situation({ client: { status: 'PENDING', ownerId: OWNER }, session: session(BEGAN, OWNER) }),
    consent(['PROFILE']),
  ],
  [
    'in review, its owner, prompt=none → may be told',
    situation({ client: { status: 'PENDING', ownerId: OWNER }, session: session(BEGAN, OWNER), prompt: ['none'] }),
    refuse('consent_required'),
  ],
];

describe('The next step', () => {
  for (const [name, given, expected] of ROWS) {
    test(name, () => assert.deepEqual(nextStep(given), expected));
  }
});
