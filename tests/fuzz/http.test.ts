import assert from 'node:assert/strict';
import { describe } from 'node:test';
import fc from 'fast-check';
import { canonicalAddress, parseParameters } from '#http';
import { addressBlock } from '#identity';
import { callerAddress } from '../../src/http/address.ts';
import { readCookies, writeCookie } from '../../src/http/cookies.ts';
import { MAX_DEPTH, parseJson } from '../../src/http/json.ts';
import { pickLocale } from '../../src/http/locale.ts';
import { FORM_TYPE, JSON_TYPE, readMediaType } from '../../src/http/media-type.ts';
import { routeTable } from '../../src/http/route-table.ts';
import { always, anyText, changed, linear } from '../support/fuzz.ts';

const FORM = '&=%+;abc0123456789ABCDEF[]';

describe('Form parameters', () => {
  always(
    'are what was written, without those that have no value',
    fc.dictionary(fc.string(), fc.string(), { maxKeys: 20 }),
    (written) => {
      const names = Object.entries(written).map(
        ([name, value]) => [name.toWellFormed(), value.toWellFormed()] as const,
      );
      const distinct = new Map(names);
      if ([...distinct].flat().some((text) => text.includes('\0'))) return;
      const parsed = parseParameters(new URLSearchParams([...distinct]).toString());
      assert.ok(parsed.ok);
      assert.deepEqual(
        [...parsed.value],
        [...distinct].filter(([, value]) => value !== ''),
      );
    },
  );

  // Two readers of one request must not disagree about it.
  always('mean to us what they mean to everybody else, or are refused', anyText(FORM), (text) => {
    const parsed = parseParameters(text);
    if (!parsed.ok) return;
    // It takes one ? at the start for the mark of a query; a form has none, so it is given one to take.
    const others = new URLSearchParams(`?${text}`);
    for (const [name, value] of parsed.value) {
      assert.deepEqual(others.getAll(name), [value]);
      assert.ok(!name.includes('\0') && !value.includes('\0') && value !== '');
      assert.ok(name.isWellFormed() && value.isWellFormed());
    }
    for (const name of new Set(others.keys())) assert.equal(others.getAll(name).length, 1, name);
  });

  always(
    'are refused when any name comes twice, however it is spelled',
    fc.tuple(anyText('ab%', 8), anyText(FORM, 20)),
    ([name, between]) => {
      const plain = encodeURIComponent(name.toWellFormed());
      const spelled = [...Buffer.from(name.toWellFormed())]
        .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
        .join('');
      if (plain === '') return;
      assert.equal(parseParameters(`${plain}=1&${between}&${spelled}=2`).ok, false);
    },
  );

  linear('a form', FORM, parseParameters);
});

const OCTETS = "!#$%&'()*+-./0123456789:<=>?@ABCXYZ[]^_`abcxyz{|}~";

describe('Cookies', () => {
  always(
    'come back as they were set, among strangers',
    fc.tuple(
      fc.string({ unit: fc.constantFrom(...OCTETS.split('')), maxLength: 80 }),
      fc.array(anyText('=;, a', 10), { maxLength: 4 }),
      fc.boolean(),
    ),
    ([value, strangers, https]) => {
      const set = writeCookie({ name: 'medbiz', value }, https);
      assert.equal(/[\r\n\0]/.test(set), false);
      const header = [...strangers.map((one) => `x${one.replaceAll(/;|medbiz/g, '')}`), set.split(';')[0]].join('; ');
      const read = readCookies(header, https);
      assert.ok(read.ok);
      assert.equal(read.value.get('medbiz'), value);
    },
  );

  always('are never sent with what would end or split their line', anyText('\r\n; ,"\\é', 20), (value) => {
    if (/^[\x21\x23-\x2B\x2D-\x3A\x3C-\x5B\x5D-\x7E]*$/.test(value)) return;
    assert.throws(() => writeCookie({ name: 'medbiz', value }, true));
  });

  always(
    'of one name are never both believed; on https only __Host- ones count (CS-10)',
    fc.tuple(anyText('=; medbiz_Host-', 60), fc.boolean()),
    ([header, https]) => {
      const read = readCookies(header, https);
      const ours = header
        .split(';')
        .map((pair) => pair.trim())
        .filter((pair) => pair.startsWith(https ? '__Host-medbiz' : 'medbiz') && pair.includes('='));
      const names = ours.map((pair) => pair.slice(0, pair.indexOf('=')).trim());
      assert.equal(read.ok, new Set(names).size === names.length);
      if (read.ok) assert.equal(read.value.size, names.length);
    },
  );

  linear('a Cookie header', '=; medbiz_Host-', (text) => readCookies(text, true));
});

const TYPE = 'application/json;charset=utf-8 "x-www-form-urlencoded\t';

describe('A media type', () => {
  always('is itself, or nothing', anyText(TYPE), (header) => {
    const read = readMediaType(header);
    if (read === null) return;
    assert.ok(header.toLowerCase().startsWith(read));
    assert.match(read, /^[^\s;,"/]+\/[^\s;,"/]+$/);
    assert.match(header.slice(read.length), /^[ \t]*(?:;|$)/);
  });

  always(
    'with anything but parameters behind it is none (PA-12)',
    fc.tuple(fc.constantFrom(FORM_TYPE, JSON_TYPE), anyText(TYPE, 20)),
    ([type, behind]) => {
      const read = readMediaType(type + behind);
      if (read === type)
        assert.match(
          behind,
          /^(?:[ \t]*;[ \t]*[!#$%&'*+.^_`|~0-9A-Za-z-]+=(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+|"[^"\\]*"))*$/,
        );
    },
  );

  always('in another charset is none', anyText('utf-816eckr"', 10), (charset) => {
    const read = readMediaType(`${JSON_TYPE}; charset=${charset}`);
    if (read !== null) assert.match(charset, /^"?utf-8"?(?:[ \t]*;.*)?$/i);
  });

  linear('a media type', TYPE, readMediaType);
  linear('a media type with parameters', '; a="b\t', (text) => readMediaType(`a/b${text}`));
});

const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;
const hasProto = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (Object.hasOwn(value, '__proto__') || Object.values(value).some(hasProto));

describe('A JSON body', () => {
  const values = fc.oneof(fc.jsonValue({ maxDepth: 6 }), fc.jsonValue({ maxDepth: 30, depthSize: 'max' }));
  always(
    'is read as JSON.parse reads it, where it is an object or array, not too deep, and brings no prototype',
    fc.oneof(
      values.map((value) => JSON.stringify(value)),
      anyText('{}[]",:\\1e-0tfn_pro'),
      fc.nat({ max: 40 }).map((deep) => '['.repeat(deep) + ']'.repeat(deep)),
      fc.constantFrom('{"__proto__":1}', '[{"a":{"\\u005f_proto__":{}}}]', '{"a":"__proto__"}'),
    ),
    (text) => {
      let expected: unknown;
      let isJson = true;
      try {
        expected = JSON.parse(text);
      } catch {
        isJson = false;
      }
      const read = parseJson(text);
      const good =
        isJson &&
        typeof expected === 'object' &&
        expected !== null &&
        depthOf(expected) <= MAX_DEPTH &&
        !hasProto(expected);
      assert.equal(read.ok, good, text);
      if (read.ok) assert.deepEqual(read.value, expected);
    },
  );

  linear('JSON', '{}[]",:\\1e-0tfn ', parseJson);
});

describe('The language', () => {
  const tags = 'koenKOEN-_;q=0.19, *zh';
  always(
    'is one of ours, whatever is asked',
    fc.tuple(anyText(tags), anyText(tags, 10), anyText(tags, 20)),
    ([accept, cookie, locales]) => {
      assert.ok(['ko', 'en'].includes(pickLocale(new Map([['ui_locales', locales]]), cookie, accept)));
    },
  );

  always(
    'that the browser likes best wins, the earlier of equals',
    fc.array(fc.tuple(fc.constantFrom('ko', 'en', 'fr', 'ko-KR', 'EN-us'), fc.nat({ max: 10 })), {
      minLength: 1,
      maxLength: 8,
    }),
    (wishes) => {
      const header = wishes.map(([tag, weight]) => `${tag};q=${weight / 10}`).join(', ');
      const known = wishes.filter(([tag, weight]) => weight > 0 && !tag.startsWith('fr'));
      const best =
        known
          .toSorted((a, b) => b[1] - a[1])[0]?.[0]
          .slice(0, 2)
          .toLowerCase() ?? 'ko';
      assert.equal(pickLocale(null, undefined, header), best);
    },
  );

  linear('Accept-Language', tags, (text) => pickLocale(null, undefined, text));
  linear('ui_locales', `${tags} `, (text) => pickLocale(new Map([['ui_locales', text]]), undefined, undefined));
});

describe('The caller’s address', () => {
  const real = fc.oneof(fc.ipV4(), fc.ipV6());
  const forged = 'f:0123456789abc.%[], ';

  always('has one spelling', fc.oneof(real, anyText(forged)), (text) => {
    const canonical = canonicalAddress(text);
    if (canonical === null) return;
    assert.equal(canonicalAddress(canonical), canonical);
    assert.equal(addressBlock(text), addressBlock(canonical), 'and counts as one caller');
  });

  always(
    'is told by our own proxies alone, whatever stands before them (AC-07)',
    fc.tuple(fc.array(anyText(forged, 20), { maxLength: 4 }), fc.array(real, { minLength: 1, maxLength: 4 })),
    ([outside, proxies]) => {
      const header = [...outside, ...proxies].join(', ');
      assert.equal(callerAddress('192.0.2.1', header, proxies.length), canonicalAddress(proxies[0] ?? ''));
      assert.equal(callerAddress('192.0.2.1', header, 0), '192.0.2.1');
    },
  );

  always(
    'is an address or nobody’s, never a text of the request',
    fc.tuple(anyText(forged), fc.nat({ max: 3 })),
    ([header, trusted]) => {
      const address = callerAddress(undefined, header, trusted);
      assert.ok(address === 'unknown' || canonicalAddress(address) === address, address);
    },
  );

  linear('X-Forwarded-For', forged, (text) => callerAddress('192.0.2.1', text, 2));
  linear('an address', forged, (text) => [canonicalAddress(text), addressBlock(text)]);
});

describe('A path', () => {
  const handle = async () => ({ status: 200 });
  const base = { surface: 'api', body: 'none', handle } as const;
  const match = routeTable([
    { ...base, method: 'GET', path: '/oauth/token' },
    { ...base, method: 'GET', path: '/v1/devices/:id' },
    { ...base, method: 'GET', path: '/v1/devices/find' },
  ]);

  always('has one spelling (PA-20)', changed('/oauth/token'), (path) => {
    assert.equal(match(path), null);
  });

  always(
    'gives its parameter decoded once, and literal segments as they stand',
    // The gate lets nothing else through.
    fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'%2F/.;:+abcE0'.split('')) })),
    (segment) => {
      const found = match(`/v1/devices/${segment}`);
      if (found === null || segment === 'find') return;
      assert.equal(segment.includes('/'), false);
      const id = found.params['id'] ?? '';
      assert.equal(id, decodeURIComponent(segment));
      assert.ok(id !== '' && !id.includes('\0') && id.isWellFormed());
    },
  );

  linear('a path', '/v1devices%2F:', match);
});
