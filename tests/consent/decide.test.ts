import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  answersFrom,
  type ConsentClient,
  type ConsentItem,
  decideConsent,
  HEALTH_KINDS,
  noticeFor,
  termsOf,
} from '#consent';
import { type ClientId, DAY, type ScopeName, type UserMuid } from '#kernel';

const NOW = 1_000_000;
const terms = (scope: ScopeName, required = true, version = 't1') => ({ scope, required, terms: version });
const item = (
  scope: ScopeName,
  state: ConsentItem['state'] = 'GIVEN',
  more: Partial<ConsentItem> = {},
): ConsentItem => ({
  scope,
  state,
  terms: 't1',
  kinds: [],
  since: 0,
  expiresAt: null,
  ...more,
});

const client: ConsentClient = {
  id: 'a'.repeat(32) as ClientId,
  name: '건강수첩',
  ownerId: 'b'.repeat(32) as UserMuid,
  ownerName: '한빛소프트',
  status: 'ACTIVE',
  scopes: [
    { scope: 'PROFILE', level: 'REQUIRED', purpose: '', retention: '', refusalEffect: '' },
    {
      scope: 'DEVICE',
      level: 'OPTIONAL',
      purpose: '기기 목록 보여 주기',
      retention: '1년',
      refusalEffect: '목록이 비어 있습니다.',
    },
    { scope: 'HEALTH', level: 'OPTIONAL', purpose: '', retention: '', refusalEffect: '' },
  ],
};
const [profile, device, health] = client.scopes as [
  ConsentClient['scopes'][0],
  ConsentClient['scopes'][0],
  ConsentClient['scopes'][0],
];

describe('What is asked', () => {
  const rows: readonly [string, Parameters<typeof decideConsent>[0], { ask: ScopeName[]; given: ScopeName[] }][] = [
    [
      'everything at first',
      { asked: [terms('PROFILE'), terms('DEVICE', false)], items: [], force: false, now: NOW },
      { ask: ['PROFILE', 'DEVICE'], given: [] },
    ],
    [
      'nothing that was given',
      { asked: [terms('PROFILE')], items: [item('PROFILE')], force: false, now: NOW },
      { ask: [], given: ['PROFILE'] },
    ],
    [
      'the new scope alone',
      { asked: [terms('PROFILE'), terms('DEVICE')], items: [item('PROFILE')], force: false, now: NOW },
      { ask: ['DEVICE'], given: ['PROFILE'] },
    ],
    [
      'what has other terms now',
      { asked: [terms('PROFILE', true, 't2')], items: [item('PROFILE')], force: false, now: NOW },
      { ask: ['PROFILE'], given: [] },
    ],
    [
      'what has expired',
      { asked: [terms('HEALTH')], items: [item('HEALTH', 'GIVEN', { expiresAt: NOW })], force: false, now: NOW },
      { ask: ['HEALTH'], given: [] },
    ],
    [
      'what has expired and was swept',
      { asked: [terms('HEALTH', false)], items: [item('HEALTH', 'EXPIRED')], force: false, now: NOW },
      { ask: ['HEALTH'], given: [] },
    ],
    [
      'nothing that expires later',
      { asked: [terms('HEALTH')], items: [item('HEALTH', 'GIVEN', { expiresAt: NOW + 1 })], force: false, now: NOW },
      { ask: [], given: ['HEALTH'] },
    ],
    [
      'what was withdrawn',
      { asked: [terms('PROFILE')], items: [item('PROFILE', 'WITHDRAWN')], force: false, now: NOW },
      { ask: ['PROFILE'], given: [] },
    ],
    [
      'no optional one that was refused',
      {
        asked: [terms('PROFILE'), terms('DEVICE', false)],
        items: [item('PROFILE'), item('DEVICE', 'REFUSED')],
        force: false,
        now: NOW,
      },
      { ask: [], given: ['PROFILE'] },
    ],
    [
      'a refused one whose terms changed',
      {
        asked: [terms('PROFILE'), terms('DEVICE', false, 't2')],
        items: [item('PROFILE'), item('DEVICE', 'REFUSED')],
        force: false,
        now: NOW,
      },
      { ask: ['DEVICE'], given: ['PROFILE'] },
    ],
    [
      'refused ones when the request is about nothing else',
      {
        asked: [terms('DEVICE', false), terms('GROUP', false)],
        items: [item('DEVICE', 'REFUSED'), item('GROUP', 'REFUSED')],
        force: false,
        now: NOW,
      },
      { ask: ['DEVICE', 'GROUP'], given: [] },
    ],
    [
      'a required one that was refused while optional',
      { asked: [terms('DEVICE', true)], items: [item('DEVICE', 'REFUSED')], force: false, now: NOW },
      { ask: ['DEVICE'], given: [] },
    ],
    [
      'everything when forced',
      {
        asked: [terms('PROFILE'), terms('DEVICE', false)],
        items: [item('PROFILE'), item('DEVICE', 'REFUSED')],
        force: true,
        now: NOW,
      },
      { ask: ['PROFILE', 'DEVICE'], given: ['PROFILE'] },
    ],
    ['nothing for a request without scopes', { asked: [], items: [], force: false, now: NOW }, { ask: [], given: [] }],
  ];
  for (const [name, question, expected] of rows) {
    test(name, () => assert.deepEqual(decideConsent(question), expected));
  }
});

describe('What an answer gives', () => {
  const notices = client.scopes.map((of) => noticeFor(client, of, 'ko'));
  const context = { now: NOW, healthConsentDays: 365, givenBefore: false };
  const given = (scopes: ScopeName[], kinds: (typeof HEALTH_KINDS)[number][] = []) => {
    const answers = answersFrom(notices, { scopes, kinds }, context);
    assert.ok(answers.ok);
    return answers.value;
  };

  test('required scopes by continuing, optional ones and HEALTH by their box alone', () => {
    assert.deepEqual(
      given([]).map((one) => one.given),
      [true, false, false],
    );
    assert.deepEqual(
      given(['DEVICE', 'HEALTH']).map((one) => one.given),
      [true, true, true],
    );
  });

  test('HEALTH with no kind ticked is all kinds, with some ticked is those, and ends by itself', () => {
    assert.deepEqual(given(['HEALTH'])[2]?.kinds, HEALTH_KINDS);
    assert.deepEqual(given(['HEALTH'], ['GLUCOSE', 'BLOOD_PRESSURE'])[2]?.kinds, ['BLOOD_PRESSURE', 'GLUCOSE']);
    assert.equal(given(['HEALTH'])[2]?.expiresAt, NOW + 365 * DAY);
    assert.equal(given(['HEALTH'])[0]?.expiresAt, null);
    assert.deepEqual(given([], ['GLUCOSE'])[2], { notice: notices[2], given: false, kinds: [], expiresAt: null });
  });

  test('required HEALTH needs its box all the same', () => {
    const needed = [noticeFor(client, { ...health, level: 'REQUIRED' }, 'ko')];
    assert.deepEqual(answersFrom(needed, { scopes: [], kinds: ['GLUCOSE'] }, context), {
      ok: false,
      problem: 'health-needed',
    });
  });

  test('giving nothing at all is no answer, unless something was given before', () => {
    const optional = [noticeFor(client, device, 'ko')];
    assert.deepEqual(answersFrom(optional, { scopes: [], kinds: [] }, context), { ok: false, problem: 'nothing' });
    assert.ok(answersFrom(optional, { scopes: [], kinds: [] }, { ...context, givenBefore: true }).ok);
  });
});

describe('A notice', () => {
  test('has the five items in both languages, the developer’s words or plain ones', () => {
    for (const locale of ['ko', 'en'] as const) {
      for (const of of client.scopes) {
        const notice = noticeFor(client, of, locale);
        for (const text of [notice.recipient, notice.purpose, notice.retention, notice.refusalEffect])
          assert.ok(text.length > 1);
        assert.ok(notice.items.length > 0);
      }
    }
    assert.equal(noticeFor(client, device, 'ko').purpose, '기기 목록 보여 주기');
    assert.deepEqual(noticeFor(client, profile, 'ko').items.slice(1, 6), [
      '아이디',
      '이메일',
      '이름',
      '성별',
      '생년월일',
    ]);
  });

  test('has the same terms in both languages and after a change of the app’s name', () => {
    assert.equal(noticeFor(client, profile, 'ko').terms, noticeFor(client, profile, 'en').terms);
    assert.equal(termsOf({ ...client, ...{ name: 'Other' } }, profile).terms, termsOf(client, profile).terms);
  });

  test('has other terms when recipient, purpose, retention, effect of refusal or level changes', () => {
    const before = termsOf(client, profile).terms;
    for (const after of [
      termsOf({ ownerName: '다른회사' }, profile),
      termsOf(client, { ...profile, purpose: 'x' }),
      termsOf(client, { ...profile, retention: 'x' }),
      termsOf(client, { ...profile, refusalEffect: 'x' }),
      termsOf(client, { ...profile, level: 'OPTIONAL' }),
    ]) {
      assert.notEqual(after.terms, before);
    }
  });
});
