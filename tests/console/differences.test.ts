import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { listMarks, textMarks } from '../../console/features/differences/marks.ts';
import { type ClientContent, differencesBetween, onlyNarrows } from '../../contracts/console/index.ts';

const before: ClientContent = {
  name: '혈압 일기',
  description: '',
  type: 'web',
  requirePkce: false,
  redirectUris: ['https://a.example.com/cb', 'https://b.example.com/cb'],
  scopes: [
    { scope: 'PROFILE', level: 'REQUIRED', purpose: '', retention: '', refusalEffect: '' },
    { scope: 'HEALTH', level: 'OPTIONAL', purpose: '그래프', retention: '', refusalEffect: '' },
  ],
  methods: ['AUTHORIZATION_CODE', 'REFRESH_TOKEN'],
};
const fields = (after: ClientContent): string[] =>
  differencesBetween(before, after).map(({ field, scope }) => (scope === null ? field : `${scope}.${field}`));

describe('the comparison of two versions', () => {
  it('is empty for the same content, whatever the order of its lists', () => {
    const turned = {
      ...before,
      redirectUris: before.redirectUris.toReversed(),
      scopes: before.scopes.toReversed(),
      methods: before.methods.toReversed(),
    };
    assert.deepEqual(differencesBetween(before, turned), []);
  });

  it('lists exactly one field when a redirect URL changes', () => {
    const after = { ...before, redirectUris: ['https://a.example.com/cb', 'https://c.example.com/cb'] };
    assert.deepEqual(differencesBetween(before, after), [
      { field: 'redirectUris', scope: null, before: before.redirectUris, after: after.redirectUris },
    ]);
  });

  it('names the scope whose purpose changed', () => {
    const [profile, health] = before.scopes;
    assert.ok(profile !== undefined && health !== undefined);
    assert.deepEqual(fields({ ...before, scopes: [profile, { ...health, purpose: '요약', level: 'REQUIRED' }] }), [
      'HEALTH.level',
      'HEALTH.purpose',
    ]);
  });

  it('shows the texts that a new scope brings, and none of one that goes', () => {
    const added = {
      scope: 'GROUP',
      level: 'REQUIRED',
      purpose: '함께 걷기',
      retention: '',
      refusalEffect: '',
    } as const;
    assert.deepEqual(fields({ ...before, scopes: [...before.scopes, added] }), ['scopes', 'GROUP.purpose']);
    assert.deepEqual(fields({ ...before, scopes: before.scopes.slice(0, 1) }), ['scopes']);
  });

  it('knows what only takes things away', () => {
    assert.equal(onlyNarrows(before, { ...before, scopes: before.scopes.slice(0, 1) }), true);
    assert.equal(onlyNarrows(before, { ...before, redirectUris: before.redirectUris.slice(1) }), true);
    assert.equal(onlyNarrows(before, { ...before, requirePkce: true }), true);
    assert.equal(onlyNarrows({ ...before, requirePkce: true }, before), false);
    assert.equal(onlyNarrows(before, before), false);
    assert.equal(onlyNarrows(before, { ...before, redirectUris: ['https://c.example.com/cb'] }), false);
    assert.equal(onlyNarrows(before, { ...before, name: '혈당 일기' }), false);
    assert.equal(onlyNarrows(before, { ...before, scopes: before.scopes.slice(0, 1), name: '혈당 일기' }), false);
  });
});

describe('the marks in a comparison', () => {
  it('say which values of a list came and went', () => {
    assert.deepEqual(listMarks(['a', 'b'], ['b', 'c']), [
      { text: 'b', state: 'kept' },
      { text: 'c', state: 'added' },
      { text: 'a', state: 'removed' },
    ]);
  });

  it('find the part of a text that changed', () => {
    assert.deepEqual(textMarks('혈압을 보여 줍니다', '혈당을 보여 줍니다'), {
      before: [
        { text: '혈', state: 'kept' },
        { text: '압', state: 'removed' },
        { text: '을 보여 줍니다', state: 'kept' },
      ],
      after: [
        { text: '혈', state: 'kept' },
        { text: '당', state: 'added' },
        { text: '을 보여 줍니다', state: 'kept' },
      ],
    });
  });

  it('never count a character twice when one side repeats it', () => {
    const { before: was, after: is } = textMarks('aaa', 'aaaa');
    assert.equal(was.map(({ text }) => text).join(''), 'aaa');
    assert.equal(is.map(({ text }) => text).join(''), 'aaaa');
  });

  it('mark a whole text that had nothing before it', () => {
    assert.deepEqual(textMarks('', '새 글'), { before: [], after: [{ text: '새 글', state: 'added' }] });
  });
});
