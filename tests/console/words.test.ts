import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { promisify } from 'node:util';
import { SAMPLES, type SampleInput } from '../../console/features/client/samples/index.ts';
import { PREVIEW_WORDS } from '../../console/features/consent-preview/words.ts';
import { en } from '../../src/signin/words/en.ts';
import { ko } from '../../src/signin/words/ko.ts';

const catalog = async (locale: string): Promise<[string, string][]> => {
  const text = await readFile(new URL(`../../console/locales/${locale}.po`, import.meta.url), 'utf8');
  return [...text.matchAll(/^msgid "(.+)"\nmsgstr "(.*)"$/gm)].map(([, id = '', words = '']) => [id, words]);
};

describe('the console’s words', () => {
  it('are all there in English, with the same values in them, and no Korean left over', async () => {
    const words = await catalog('en');
    assert.ok(words.length > 300);
    for (const [id, english] of words) {
      assert.notEqual(english, '', id);
      assert.doesNotMatch(english, /\p{Script=Hangul}/u, id);
      const values = (one: string): string[] =>
        [...new Set([...one.matchAll(/\{(\w+)[,}]|<\d\/>/g)].map(([, name]) => name ?? '<>'))].toSorted();
      assert.deepEqual(values(english), values(id), id);
    }
  });

  it('keep to the house’s tone', async () => {
    for (const [, words] of [...(await catalog('ko')), ...(await catalog('en'))]) {
      assert.doesNotMatch(words, /!|성공적으로|죄송/, words);
    }
  });

  it('of the preview are those of the real consent page', () => {
    for (const [preview, page] of [
      [PREVIEW_WORDS.ko, ko.consent],
      [PREVIEW_WORDS.en, en.consent],
    ] as const) {
      for (const key of [
        'lead',
        'madeBy',
        'goesTo',
        'required',
        'optional',
        'recipient',
        'purpose',
        'items',
        'retention',
        'refusal',
        'mayRefuse',
        'requiredHow',
        'agreeScope',
        'driveChanges',
        'whileAway',
        'deny',
        'allow',
      ] as const) {
        assert.equal(preview[key], page[key], key);
      }
      assert.deepEqual(preview.heading, page.heading);
      assert.equal(preview.healthHeading, page.health.heading);
      assert.equal(preview.healthApart, page.health.apart);
      assert.equal(preview.healthAgree, page.health.agree);
      assert.equal(preview.healthExpires(365), page.health.expires(365));
    }
  });
});

describe('the examples of a first request', () => {
  const input: SampleInput = {
    locale: 'ko',
    base: 'https://auth.example.com',
    clientId: 'a'.repeat(32),
    redirectUri: 'http://localhost:3000/callback',
    scopes: ['PROFILE', 'HEALTH'],
    type: 'web',
    pkce: false,
  };

  it('name this client in every language, and its secret in none', () => {
    for (const type of ['web', 'native', 'spa'] as const) {
      for (const sample of SAMPLES) {
        const code = sample.code({ ...input, type, pkce: type !== 'web' });
        assert.ok(code.includes(input.clientId), sample.id);
        assert.doesNotMatch(code, /(?<!=== )undefined|\[object/, sample.id);
        if (type !== 'web') assert.doesNotMatch(code, /SECRET/, sample.id);
      }
    }
  });

  it('for Node.js can be run as it stands', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'medbiz-sample-'));
    try {
      for (const type of ['web', 'spa'] as const) {
        const file = join(folder, `${type}.mjs`);
        await writeFile(file, SAMPLES.find(({ id }) => id === 'node')?.code({ ...input, type }) ?? '!');
        await promisify(execFile)(process.execPath, ['--check', file]);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
