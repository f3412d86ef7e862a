import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createDrafts } from '../../console/features/client-form/draft.ts';
import { emptyForm, toContent, toForm } from '../../console/features/client-form/model.ts';
import { formProblems, placed } from '../../console/features/client-form/problems.ts';
import type { ClientContent } from '../../contracts/console/index.ts';

const content: ClientContent = {
  name: '혈압 일기',
  description: '매일 잰 혈압을 기록합니다.',
  type: 'web',
  requirePkce: true,
  redirectUris: ['https://a.example.com/cb'],
  scopes: [{ scope: 'PROFILE', level: 'REQUIRED', purpose: '로그인', retention: '', refusalEffect: '' }],
  methods: ['AUTHORIZATION_CODE'],
};

describe('the registration form', () => {
  it('gives back the content that it was filled with', () => {
    assert.deepEqual(toContent(toForm(content)), content);
  });

  it('begins with what nearly every client needs, and asks for a name and a URL', () => {
    assert.deepEqual(formProblems(emptyForm()), [
      { at: 'name', problem: 'missing' },
      { at: 'redirectUris', problem: 'missing' },
    ]);
    const { scopes, methods, type } = toContent(emptyForm());
    assert.deepEqual(
      scopes.map(({ scope }) => scope),
      ['PROFILE'],
    );
    assert.deepEqual(methods, ['AUTHORIZATION_CODE', 'REFRESH_TOKEN']);
    assert.equal(type, 'web');
  });

  it('always asks public clients for PKCE', () => {
    assert.equal(toContent({ ...emptyForm(), type: 'spa', requirePkce: false }).requirePkce, true);
  });

  it('puts each problem of a URL at its row, empty rows left out of the count', () => {
    const form = toForm(content);
    form.redirectUris = [
      { value: '' },
      { value: 'https://a.example.com/cb' },
      { value: 'http://a.example.com/cb' },
      { value: ' https://a.example.com/cb ' },
    ];
    assert.deepEqual(formProblems(form), [
      { at: 'redirectUris.3', problem: 'repeated' },
      { at: 'redirectUris.2', problem: 'not-https' },
    ]);
  });

  it('puts what the server says at the same places, and drops what it does not know', () => {
    const form = toForm(content);
    assert.deepEqual(
      placed(form, [
        { field: 'name', problem: 'characters' },
        { field: 'purpose', problem: 'too-long', value: 'PROFILE' },
        { field: 'purpose', problem: 'characters', value: 'PROFILE' },
        { field: 'redirectUris', problem: 'scheme', value: 'https://a.example.com/cb' },
        { field: 'moon', problem: 'full' },
      ]),
      [
        { at: 'name', problem: 'characters' },
        { at: 'scopes.PROFILE', problem: 'too-long' },
        { at: 'redirectUris.0', problem: 'scheme' },
      ],
    );
  });
});

describe('a draft', () => {
  const storage = (): Map<string, string> & Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> => {
    const kept = new Map<string, string>();
    return Object.assign(kept, {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    });
  };

  it('comes back as it was written, until it is dropped', () => {
    const drafts = createDrafts(storage(), emptyForm);
    const form = toForm(content);
    drafts.write('register', form);
    assert.deepEqual(drafts.read('register'), form);
    assert.equal(drafts.read('client-1'), null);
    drafts.drop('register');
    assert.equal(drafts.read('register'), null);
  });

  it('of another shape is as good as none', () => {
    const kept = storage();
    const drafts = createDrafts(kept, emptyForm);
    drafts.write('register', emptyForm());
    const [key = ''] = kept.keys();
    for (const text of [
      '{}',
      'null',
      'not json',
      '{"name":1}',
      JSON.stringify({ ...emptyForm(), redirectUris: ['x'] }),
    ]) {
      kept.set(key, text);
      assert.equal(drafts.read('register'), null, text);
    }
  });

  it('costs nothing when the storage is full', () => {
    const full = Object.assign(storage(), {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    });
    createDrafts(full, emptyForm).write('register', emptyForm());
  });
});
