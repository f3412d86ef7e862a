import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { scopeAllows } from '#consent';
import * as kernel from '#kernel';
import * as console_ from '../../contracts/console/index.ts';
import { contentProblems, type ClientContent, normalContent, SCOPES } from '../../contracts/console/index.ts';
import { checkContent } from '../../src/developer/content.ts';

describe('what the console and the server share', () => {
  it('has the same words as the kernel', () => {
    assert.deepEqual(console_.SCOPES, kernel.SCOPES);
    assert.deepEqual(console_.CLIENT_TYPES, kernel.CLIENT_TYPES);
    assert.deepEqual(console_.CLIENT_METHODS, kernel.CLIENT_METHODS);
    assert.deepEqual(console_.SCOPE_LEVELS, kernel.SCOPE_LEVELS);
    assert.deepEqual(console_.ALLOWANCES, kernel.OPERATOR_ALLOWANCES);
    assert.deepEqual(console_.ROLES, kernel.ROLES);
    assert.deepEqual(console_.LOCALES, kernel.LOCALES);
    assert.deepEqual([...console_.CLIENT_STATUSES, 'DELETED'], kernel.CLIENT_STATUSES);
    assert.deepEqual(console_.CONSOLE_ERRORS.toSorted(), kernel.CONSOLE_ERRORS.toSorted());
  });

  it('tells the user the same about each scope as the consent page', () => {
    for (const locale of kernel.LOCALES) {
      for (const scope of kernel.SCOPES) assert.equal(console_.SCOPE_ALLOWS[locale][scope], scopeAllows(scope, locale));
    }
  });

  it('finds what the server finds wrong with a registration, and keeps what the server keeps', () => {
    fc.assert(
      fc.property(contents, (content) => {
        const server = checkContent(content);
        const normal = normalContent(content);
        const problems = contentProblems(normal);
        if (server.ok) {
          assert.deepEqual(problems, []);
          assert.deepEqual(normal, server.value);
        } else assert.deepEqual(problems, server.problem);
      }),
    );
  });

  it('has one address for each endpoint, and names every parameter of it', () => {
    const seen = new Set<string>();
    for (const { method, path, ...rest } of Object.values(console_.ENDPOINTS) as console_.Endpoint[]) {
      assert.ok(!seen.has(`${method} ${path}`));
      seen.add(`${method} ${path}`);
      const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name);
      assert.deepEqual(new Set(Object.keys(rest.params?.properties ?? {})), new Set(named));
    }
  });

  it('has made the console’s client from the endpoints as they are', async () => {
    const tool = fileURLToPath(new URL('../../tools/generate-console-client.ts', import.meta.url));
    await promisify(execFile)(process.execPath, [tool, '--check']);
  });
});

const pieces = fc.constantFrom(
  'https://',
  'http://',
  'com.example.app:',
  'app:',
  'HTTPS://',
  'example.com',
  'EXAMPLE.com',
  'localhost',
  '127.0.0.1',
  ':443',
  ':8080',
  '/',
  '/callback',
  '/..',
  '/%2e',
  '?',
  '?code=1',
  '?a=1',
  '#',
  '#x',
  'user@',
  '한글',
  ' ',
  '%20',
  '\\',
);
const uris = fc.oneof(
  fc.array(pieces, { maxLength: 6 }).map((parts) => parts.join('')),
  fc.webUrl(),
  fc.string(),
);
const text = fc.oneof(
  fc.string({ maxLength: 300 }),
  fc.constantFrom('', ' ', 'a\u202Eb', 'x'.repeat(600), '혈압', 'a\nb'),
);
const contents: fc.Arbitrary<ClientContent> = fc.record({
  name: text,
  description: text,
  type: fc.constantFrom(...kernel.CLIENT_TYPES),
  requirePkce: fc.boolean(),
  redirectUris: fc.array(uris, { maxLength: 23 }),
  scopes: fc.subarray([...SCOPES]).chain((scopes) =>
    fc.tuple(
      ...scopes.map((scope) =>
        fc.record({
          scope: fc.constant(scope),
          level: fc.constantFrom(...kernel.SCOPE_LEVELS),
          purpose: text,
          retention: text,
          refusalEffect: text,
        }),
      ),
    ),
  ),
  methods: fc.subarray([...kernel.CLIENT_METHODS]),
});
