import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { type Locale, LOCALES } from '#kernel';
import { createPages, foreign, html, wordsFor } from '#signin';
import { SAMPLES } from '../../tools/screenshots/samples.ts';
import { destinationOf, formActionOf } from '../../src/signin/destination.ts';

const pages = createPages({ name: 'MEDBIZ', contact: null });
function render(name: string, locale: Locale): string {
  const body = SAMPLES[name]?.(pages, locale).body;
  if (typeof body !== 'string') throw new Error(`${name} is no page`);
  return body;
}

/** Without what others wrote (`foreign`), what was shown in another language before, and the name of the language. */
const ourWords = (page: string): string =>
  page
    .replaceAll(/<bdi>[^<]*<\/bdi>/g, '')
    .replaceAll(/<div class="shown" lang="ko">[\s\S]*?<\/dl>/g, '')
    .replace('>한국어<', '');

describe('Every page', () => {
  for (const name of Object.keys(SAMPLES)) {
    test(name, () => {
      for (const locale of LOCALES) {
        const page = render(name, locale);
        assert.match(page, new RegExp(`^<!doctype html>\\n<html lang="${locale}">`));
        assert.equal(page.match(/<h1>/g)?.length, 1, 'one heading');
        assert.match(page, /<title>[^<]+ · MEDBIZ<\/title>/);
        assert.match(page, /<a class="skip" href="#main">/);
        // The one script that there is comes from a file of ours.
        const without = page.replace(/<script type="module" src="\/assets\/passkey\.[0-9a-f]{16}\.js"><\/script>/, '');
        assert.doesNotMatch(
          without,
          /<script|\son[a-z]+=|\sstyle=|javascript:/i,
          'nothing that a strict policy forbids',
        );
        assert.doesNotMatch(page, /(?:src|href)="(?:https?:)?\/\//, 'nothing from elsewhere');
        assert.doesNotMatch(page, /!\s*</, 'no exclamation marks');
        const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
        assert.deepEqual(ids, [...new Set(ids)], 'ids are unique');
        for (const [, target = ''] of page.matchAll(/(?:for|aria-labelledby)="([^"]+)"/g))
          assert.ok(ids.includes(target), target);
        for (const [, targets = ''] of page.matchAll(/aria-describedby="([^"]+)"/g)) {
          for (const target of targets.split(' ')) assert.ok(ids.includes(target), target);
        }
        if (locale === 'en') assert.doesNotMatch(ourWords(page), /[가-힣]/, 'no Korean left over');
      }
    });
  }
});

describe('The consent page', () => {
  test('has its stable ids, nothing ticked, and both buttons alike', () => {
    const page = render('consent-all', 'ko');
    for (const id of ['allow', 'deny', 'scope-DRIVE', 'scope-HEALTH', 'kind-BLOOD_PRESSURE'])
      assert.match(page, new RegExp(`\\sid="${id}"`));
    assert.doesNotMatch(page, /\sid="scope-PROFILE"/, 'a required scope has no box');
    assert.doesNotMatch(page, /\schecked/);
    assert.match(page, /<button id="deny" class="even-button"[\s\S]*<button id="allow" class="even-button main"/);
  });

  test('asks for HEALTH by its own box even where it is required, and says so when the box was left empty', () => {
    const page = render('consent-health-required', 'ko');
    assert.match(page, /\[필수\]<\/span> 개인 의료 데이터 읽기/);
    assert.match(page, /<input type="checkbox" id="scope-HEALTH"[^>]*aria-describedby="health-error"/);
    assert.match(page, /role="alert"/);
  });

  test('CS-22: a name can not turn the line round, close a tag, or grow without end', () => {
    assert.equal(foreign('a\u202Eb\u2066c\u200f').toString(), '<bdi>abc</bdi>');
    assert.equal(foreign('<b>"&').toString(), '<bdi>&lt;b&gt;&quot;&amp;</bdi>');
    assert.equal(foreign('가'.repeat(10_000)).toString(), `<bdi>${'가'.repeat(63)}…</bdi>`);
    assert.equal(html`<p title="${'"><script>'}">`.toString(), '<p title="&quot;&gt;&lt;script&gt;">');
  });
});

describe('Where the browser goes', () => {
  const ROWS: readonly [uri: string, shown: string, formAction: string][] = [
    ['https://app.example.com/cb?x=1', 'app.example.com', 'https://app.example.com'],
    ['https://app.example.com:8443/cb', 'app.example.com:8443', 'https://app.example.com:8443'],
    ['https://аpple.example/cb', 'xn--pple-43d.example', 'https://xn--pple-43d.example'],
    ['http://localhost:3000/cb', '이 컴퓨터에서 실행 중인 프로그램', 'http://localhost:3000'],
    ['http://127.0.0.1:9/cb', '이 컴퓨터에서 실행 중인 프로그램', 'http://127.0.0.1:9'],
    ['http://[::1]:9/cb', '이 컴퓨터에서 실행 중인 프로그램', 'http:'],
    ['com.example.app:/cb', '이 기기의 앱 (com.example.app)', 'com.example.app:'],
    ['com.example.app://cb', '이 기기의 앱 (com.example.app)', 'com.example.app:'],
  ];
  for (const [uri, shown, formAction] of ROWS) {
    test(uri, () => {
      assert.equal(destinationOf(uri, wordsFor('ko').consent), shown);
      assert.equal(formActionOf(uri), formAction);
    });
  }
});

describe('The colours', () => {
  const css = readFileSync(new URL('../../src/signin/assets/medbiz.css', import.meta.url), 'utf8');
  const tokens = (block: string) =>
    new Map([...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(([, name = '', value = '']) => [name, value]));
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)', 2);
  const PAIRS: readonly [string, string][] = [
    ['ink', 'paper'],
    ['ink', 'ground'],
    ['ink-soft', 'paper'],
    ['ink-soft', 'ground'],
    ['brand', 'paper'],
    ['on-brand', 'brand'],
    ['brand-deep', 'paper'],
    ['on-brand', 'brand-deep'],
    ['red', 'paper'],
    ['red', 'red-tint'],
    ['on-red', 'red'],
    ['on-red', 'red-deep'],
    ['amber', 'amber-tint'],
    ['amber', 'paper'],
    ['green', 'green-tint'],
    ['ink', 'brand-tint'],
    ['brand', 'brand-tint'],
    ['ink', 'amber-tint'],
  ];
  for (const [scheme, values] of [
    ['light', tokens(light)],
    ['dark', tokens(dark.split('\n}\n', 1)[0] ?? '')],
  ] as const) {
    test(`${scheme}: every text has a contrast of 4.5:1, every edge that must be seen 3:1`, () => {
      for (const [text, ground] of PAIRS) {
        const ratio = contrast(values.get(text) ?? '', values.get(ground) ?? '');
        assert.ok(ratio >= 4.5, `${text} on ${ground}: ${ratio.toFixed(2)}`);
      }
      assert.ok(contrast(values.get('line-strong') ?? '', values.get('paper') ?? '') >= 3);
      assert.ok(contrast(values.get('focus') ?? '', values.get('paper') ?? '') >= 3);
    });
  }
});

/** WCAG 2.2, relative luminance. */
function contrast(a: string, b: string): number {
  const luminance = (colour: string): number => {
    const [r = 0, g = 0, bl = 0] = [1, 3, 5].map((at) => {
      const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [high = 0, low = 0] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
}
