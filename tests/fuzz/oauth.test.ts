import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import {
  asClientId,
  asScope,
  asUserMuid,
  HANDLE_PREFIX,
  type HandleKind,
  joinSpelling,
  mintHandle,
  originOf,
  parseScope,
  readHandle,
  SCOPES,
  sha256,
  spellScope,
  splitSpelling,
} from '#kernel';
import { redirectUriProblem } from '../../contracts/console/rules/redirect-uri.ts';
import { answerTo } from '../../src/oauth/authorize/answer.ts';
import { isRegisteredUri, type ProvenRedirectUri } from '../../src/oauth/authorize/redirect-uri.ts';
import { readBasic } from '../../src/oauth/client-auth/basic.ts';
import { always, anyText, changed, linear } from '../support/fuzz.ts';

const URI = 'https://app.example.com/cb';
const LOOPBACK = 'http://127.0.0.1/cb?a=b';
const CHARACTERS = 'htps:/.@\\?#&=%[]0123456789exampl；。';

/** What a browser would do with an address, told without our own code. */
const portOf = (uri: string): string | null =>
  /^http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost):(\d+)(?:[/?]|$)/.exec(uri)?.[1] ?? null;
const withoutPort = (uri: string): string =>
  uri.replace(/^(http:\/\/(?:127\.0\.0\.1|\[::1\]|localhost)):\d+(?=[/?]|$)/, '$1');

describe('A redirect URI of a request', () => {
  const uris = fc.oneof(
    changed(URI),
    changed(LOOPBACK),
    anyText(CHARACTERS),
    fc
      .tuple(
        fc.constantFrom(URI, LOOPBACK, 'http://127.0.0.1', 'http://[::1]', 'http://localhost'),
        anyText(CHARACTERS, 12),
      )
      .map(([a, b]) => a + b),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
    fc.integer({ min: -1, max: 70_000 }).map((port) => `http://127.0.0.1:${port}/cb?a=b`),
  );

  always('is taken from a web client or a page only where it stands in the list letter by letter', uris, (asked) => {
    for (const type of ['web', 'spa'] as const) {
      assert.equal(
        isRegisteredUri({ type, redirectUris: [URI, LOOPBACK] }, asked),
        asked === URI || asked === LOOPBACK,
      );
    }
  });

  always(
    'of a native client may differ in the port of a loopback address, and in nothing else (RU-58, RU-59, RU-61)',
    uris,
    (asked) => {
      const taken = isRegisteredUri({ type: 'native', redirectUris: [URI, LOOPBACK] }, asked);
      const port = portOf(asked);
      const isPort = port !== null && /^[1-9]\d{0,4}$/.test(port) && Number(port) <= 65_535;
      assert.equal(taken, asked === URI || asked === LOOPBACK || (isPort && withoutPort(asked) === LOOPBACK), asked);
      if (!taken || asked === URI) return;
      const url = new URL(asked);
      assert.deepEqual(
        [url.protocol, url.hostname, url.pathname, url.search, url.username, url.hash],
        ['http:', '127.0.0.1', '/cb', '?a=b', '', ''],
      );
    },
  );

  linear('a redirect URI', CHARACTERS, (text) =>
    isRegisteredUri({ type: 'native', redirectUris: [URI, LOOPBACK] }, text),
  );
  linear('a loopback URI', '0123456789/?', (text) =>
    isRegisteredUri({ type: 'native', redirectUris: [LOOPBACK] }, `http://127.0.0.1:${text}`),
  );
});

describe('A redirect URI at registration', () => {
  const typed = fc.oneof(
    changed(URI),
    anyText(CHARACTERS),
    fc.webUrl({
      withQueryParameters: true,
      withFragments: true,
      validSchemes: ['http', 'https', 'javascript', 'data', 'com.example.app'],
    }),
    fc
      .tuple(
        fc.constantFrom(
          'https://',
          'http://',
          'com.example.app:/',
          'javascript:',
          'data:',
          'HTTPS://',
          'x:',
          'intent:',
        ),
        anyText(CHARACTERS, 30),
      )
      .map(([a, b]) => a + b),
  );

  always(
    'that is taken is read by browsers as it stands, and leads to its own host',
    fc.tuple(typed, fc.constantFrom('web' as const, 'spa' as const, 'native' as const)),
    ([uri, type]) => {
      if (redirectUriProblem(uri, type) !== null) return;
      const url = new URL(uri);
      assert.deepEqual([url.username, url.password, url.hash], ['', '', '']);
      assert.equal(/[^\x21-\x7e]|[#\\]/.test(uri), false);
      assert.ok(uri.length <= 2048);
      if (url.protocol === 'https:' || url.protocol === 'http:') {
        assert.ok(uri.startsWith(url.origin));
        assert.ok(url.protocol === 'https:' || ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname));
        // An answer that is added leads to the same place as the address alone.
        const path = uri.slice(url.origin.length).split('?')[0] ?? '';
        assert.equal(url.pathname, path === '' ? '/' : path);
      } else {
        assert.equal(type, 'native');
        assert.match(url.protocol, /\./);
      }
      assert.match(originOf(uri), /^[A-Za-z][A-Za-z0-9+.-]*:(?:\/\/[A-Za-z0-9._\-[\]:]+)?$/);
    },
  );

  always(
    'gets its answer behind everything that was registered, and no answer replaces a part of it',
    fc.tuple(typed, fc.string(), fc.constantFrom('query' as const, 'fragment' as const)),
    ([uri, state, mode]) => {
      if (redirectUriProblem(uri, 'native') !== null) return;
      const answer = answerTo(
        { uri: uri as ProvenRedirectUri, mode },
        { state: state.toWellFormed(), issuer: 'https://as.example' },
        [['code', 'mbc_x']],
      );
      assert.ok(answer.mode === 'redirect');
      assert.ok(answer.location.startsWith(uri));
      assert.ok(answer.location.endsWith('&code=mbc_x'));
      const [before, after] = [new URL(uri), new URL(answer.location)];
      assert.deepEqual([after.origin, after.host, after.pathname], [before.origin, before.host, before.pathname]);
      const params = mode === 'query' ? after.searchParams : new URLSearchParams(after.hash.slice(1));
      assert.deepEqual(params.getAll('state'), [state.toWellFormed()]);
      for (const [name, value] of before.searchParams) assert.ok(after.searchParams.getAll(name).includes(value));
    },
  );

  linear('a URI at registration', CHARACTERS, (text) => redirectUriProblem(text, 'native'));
});

describe('A Basic header', () => {
  const half = fc
    .oneof(fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 20 }), anyText('%+: =&', 20))
    .map((text) => text.toWellFormed().replaceAll(/\p{Cc}/gu, ''));
  const header = (id: string, secret: string): string => `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;
  const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

  always(
    'says what was put in, form-encoded as RFC 6749 §2.3.1 wants it, or as it stands',
    fc.tuple(half, half),
    ([id, secret]) => {
      if (id === '' || id.includes(':')) return;
      const plain = readBasic(header(id, secret));
      assert.ok(plain.some((pair) => pair.clientId === id && pair.secret === secret));
      assert.ok(plain.length <= 2);
      const [first] = readBasic(header(formEncoded(id), formEncoded(secret)));
      assert.deepEqual(first, { clientId: id, secret });
    },
  );

  always(
    'is taken only as strict base64 of UTF-8 without controls (CA-07)',
    fc.oneof(
      anyText('Basic =+/-_\n09azAZ:'),
      fc.tuple(half, half).chain(([id, secret]) => changed(header(`i${id}`, secret))),
    ),
    (text) => {
      const pairs = readBasic(text);
      const raw = pairs.at(-1);
      if (raw === undefined) return;
      const encoded = Buffer.from(`${raw.clientId}:${raw.secret}`).toString('base64');
      assert.equal(text.replace(/^basic +/i, ''), encoded);
      assert.equal(/\p{Cc}/u.test(raw.clientId + raw.secret), false);
      assert.equal(raw.clientId === '' || raw.clientId.includes(':'), false);
    },
  );

  linear('a Basic header', 'Basic =+/09azAZ', readBasic);
});

describe('A scope', () => {
  const names = fc.uniqueArray(fc.constantFrom(...SCOPES), { minLength: 1 });
  const spelled = names.chain((list) =>
    fc.tuple(
      ...list.map((name) => fc.constantFrom(name, name.toLowerCase(), `${name[0]}${name.slice(1).toLowerCase()}`)),
    ),
  );

  always('is understood in either case and spelled back as it was asked for', spelled, (tokens) => {
    const parsed = parseScope(tokens.join(' '));
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.names.toSorted(), tokens.map((token) => token.toUpperCase()).toSorted());
    assert.deepEqual(
      spellScope(parsed.value.names, parsed.value.spelling).split(' ').toSorted(),
      [...tokens].toSorted(),
    );
    assert.deepEqual(splitSpelling(joinSpelling(parsed.value.spelling)), parsed.value.spelling);
  });

  always(
    'is a list of our names between single blanks, or refused (SC-03)',
    anyText('PROFILE DEVICE_drive\n\t,\0İı'),
    (text) => {
      const parsed = parseScope(text);
      const tokens = text.split(' ');
      const expected = tokens.every((token) =>
        SCOPES.some((name) => name.toLowerCase() === token.replaceAll(/[A-Z]/g, (one) => one.toLowerCase())),
      );
      assert.equal(parsed.ok, expected, text);
      const dropped = parseScope(text, 'drop');
      if (dropped.ok)
        for (const name of dropped.value.names) assert.ok(tokens.some((token) => asScope(token) === name));
    },
  );

  linear('a scope', 'PROFILE _a', (text) => parseScope(text, 'drop'));
});

describe('A handle', () => {
  const kinds = Object.keys(HANDLE_PREFIX) as HandleKind[];
  const minted = fc.constantFrom(...kinds).map((kind) => ({ kind, handle: mintHandle(kind, Date.UTC(2026, 0, 1)) }));

  always('is read as its own kind alone, starts with a letter and needs no encoding', minted, ({ kind, handle }) => {
    for (const other of kinds) {
      const read = readHandle(other, handle.text);
      assert.equal(read !== null, other === kind);
      if (read !== null) assert.deepEqual(read, { lookupId: handle.lookupId, digest: handle.digest });
    }
    assert.match(handle.text, /^[A-Za-z][A-Za-z0-9_-]{1,127}$/);
  });

  always(
    'that was changed anywhere is another one or none (CO-05)',
    minted.chain(({ kind, handle }) => changed(handle.text).map((text) => ({ kind, handle, text }))),
    ({ kind, handle, text }) => {
      const read = readHandle(kind, text);
      if (read !== null) assert.notDeepEqual(read.digest, handle.digest);
    },
  );

  always(
    'is a digest over every character, or nothing',
    anyText('mbc_0123456789abcdefghjkmnpqrstvwxyz-', 80),
    (text) => {
      for (const kind of kinds) {
        const read = readHandle(kind, text);
        if (read !== null) assert.deepEqual(read.digest, sha256(text));
      }
    },
  );

  always(
    'an id has one spelling (CA-19)',
    fc.oneof(anyText('0123456789abcdefABCDEF ', 34), fc.stringMatching(/^[0-9a-f]{32}$/).chain(changed)),
    (text) => {
      const expected = /^[0-9a-f]{32}$/.test(text) && text.length === 32;
      assert.equal(asClientId(text) !== null, expected);
      assert.equal(asUserMuid(text) !== null, expected);
    },
  );

  linear('a handle', 'mbc_0z-', (text) => kinds.map((kind) => readHandle(kind, text)));
});
