import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type Attempt, bytesOf } from '../../tools/fuzz-http/attempt.ts';
import { judge, type Known } from '../../tools/fuzz-http/judge.ts';
import { mutate } from '../../tools/fuzz-http/mutate.ts';
import { randomOf } from '../../tools/fuzz-http/random.ts';
import { MARK } from '../../tools/fuzz-http/values.ts';
import type { Answer } from '../../tools/fuzz-http/wire.ts';

const known: Known = {
  url: 'http://localhost:1',
  registered: new Set(['https://app.example.com/cb', 'http://127.0.0.1/cb']),
};

const attempt = (more: Partial<Attempt> = {}): Attempt => ({
  method: 'GET',
  path: '/oauth/token',
  query: [['a', 'b']],
  headers: [['Cookie', 'medbiz=x']],
  body: { kind: 'form', pairs: [['c', 'd']] },
  broken: false,
  ...more,
});

const GOOD: Readonly<Record<string, string>> = {
  'content-type': 'application/json; charset=utf-8',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'same-origin',
  'permissions-policy': 'camera=()',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'x-request-id': '0',
};

function judged(status: number, headers: Record<string, string>, body = '{"error":"invalid_request"}', of = attempt()) {
  const answer: Answer = {
    status,
    headers: Object.entries({ ...GOOD, ...headers }).filter(([, value]) => value !== ''),
    body,
  };
  return judge(of, { kind: 'answer', answer }, known);
}

describe('The HTTP fuzzer', () => {
  test('finds nothing where nothing is', () => {
    assert.deepEqual(judged(400, {}), []);
    for (const location of [
      '/login',
      'http://localhost:1/login',
      'https://app.example.com/cb?code=x',
      'http://127.0.0.1:5/cb#a=b',
    ])
      assert.deepEqual(judged(303, { location }), [], location);
  });

  test('notices everything that it is there for', () => {
    const page = { 'content-type': 'text/html; charset=utf-8' };
    const at = attempt({ path: '/login' });
    const bad: readonly (readonly [what: string, problems: string[]])[] = [
      ['a fault', judged(500, {})],
      ['a hang', judge(attempt(), { kind: 'hang' }, known)],
      ['a broken connection', judge(attempt(), { kind: 'reset', why: 'ECONNRESET' }, known)],
      ['no JSON', judged(400, { 'content-type': 'text/plain' })],
      ['JSON that is none', judged(400, {}, '{')],
      ['JSON of another shape', judged(400, {}, '{"error":"x"}', attempt({ path: '/user/me' }))],
      ['a missing header', judged(400, { 'x-frame-options': '' })],
      ['an error that is kept', judged(400, { 'cache-control': 'public, max-age=1' })],
      ['a cookie without HttpOnly', judged(400, { 'set-cookie': 'medbiz=x; Path=/; SameSite=Lax' })],
      ['a smuggled header', judged(400, { 'fz-smuggled': '1' })],
      ['markup', judged(200, page, `<p>${MARK}</p>`, at)],
      ['a form elsewhere', judged(200, page, '<form action="https://evil.example/">', at)],
      ['a stack', judged(400, {}, '{"error":"x","at":"at run (node:internal/x)"}')],
      ...[
        'https://evil.example/',
        '//evil.example',
        '/\\evil.example',
        'https://app.example.com/cbevil',
        'http://localhost:11/',
      ].map((location) => [`a redirect to ${location}`, judged(303, { location })] as const),
    ];
    for (const [what, problems] of bad) assert.notDeepEqual(problems, [], what);
  });

  test('makes the same request from the same seed and number, and another from another', () => {
    const pool = { names: ['state'], values: ['x'] };
    const made = (seed: number, number: number): string =>
      bytesOf(mutate(attempt(), randomOf(seed, number), pool), 'localhost').toString('latin1');
    for (let number = 0; number < 200; number++) assert.equal(made(1, number), made(1, number));
    const different = new Set(Array.from({ length: 200 }, (_, number) => made(1, number)));
    assert.ok(different.size > 120, String(different.size));
  });
});
