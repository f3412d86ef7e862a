import { type Attempt, type Body, encode, type Pair } from './attempt.ts';
import type { Random } from './random.ts';
import { CONTENT_TYPES, ENCODED, HEADER_NAMES, HEADER_VALUES, METHODS, TEXTS } from './values.ts';

/** What mutations may borrow: names and values that mean something somewhere else. */
export interface Pool {
  readonly names: readonly string[];
  readonly values: readonly string[];
}

type Mutation = (attempt: Attempt, random: Random, pool: Pool) => Attempt;

/** A valid request, changed in none to four ways. */
export function mutate(attempt: Attempt, random: Random, pool: Pool): Attempt {
  let changed = attempt;
  const times = random.pick([0, 1, 1, 1, 2, 2, 3, 4]);
  for (let done = 0; done < times; done++) changed = random.pick(MUTATIONS)(changed, random, pool);
  return changed;
}

const replaced = <Value>(list: readonly Value[], at: number, ...by: Value[]): Value[] => [
  ...list.slice(0, at),
  ...by,
  ...list.slice(at + 1),
];

/** A value near the one that is right, or far from any. */
function otherValue(value: string, random: Random, pool: Pool): string {
  const at = random.below(value.length + 1);
  switch (random.below(12)) {
    case 0:
      return value.slice(0, at);
    case 1:
      return value + random.pick(['x', '=', '+', '%20', '/', '%0a', '%00', '.']);
    case 2:
      return value.slice(0, at) + random.pick(['a', 'A', '0', '_', '%2B', '-']) + value.slice(at + 1);
    case 3:
      return value.toUpperCase();
    case 4:
      return random.pick(ENCODED);
    case 5:
      return encode(value);
    case 6:
      return encode(random.pick(pool.values));
    case 7:
      return value + random.pick(ENCODED);
    case 8:
      return '';
    default:
      return encode(random.pick(TEXTS));
  }
}

/** Some pair of a query or a form: changed, repeated, dropped, renamed, or joined by a new one. */
function changePairs(pairs: readonly Pair[], random: Random, pool: Pool): readonly Pair[] {
  const at = random.below(pairs.length);
  const pair = pairs[at];
  if (pair === undefined || random.chance(12)) {
    return [...pairs, [encode(random.pick(pool.names)), encode(random.pick([...TEXTS, ...pool.values]))]];
  }
  const [name, value] = pair;
  switch (random.below(12)) {
    case 0:
      return replaced(pairs, at);
    case 1:
      return [...pairs, pair];
    case 2:
      return [[name, otherValue(value, random, pool)], ...pairs];
    case 3:
      return replaced<Pair>(pairs, at, [
        random.pick([`${name}[]`, `${name}[$ne]`, name.toUpperCase(), `${name}%00`, `+${name}`, `${name}.x`]),
        value,
      ]);
    case 4:
      return [...pairs, ...Array.from({ length: random.pick([50, 120, 250]) }, (_, n): Pair => [`p${n}`, 'x'])];
    default:
      return replaced<Pair>(pairs, at, [name, otherValue(value, random, pool)]);
  }
}

function otherJson(value: unknown, random: Random, pool: Pool): unknown {
  if (Array.isArray(value)) {
    const list: unknown[] = value;
    return random.chance(50) ? list.map((one) => otherJson(one, random, pool)) : Array(random.below(2000)).fill(null);
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const at = random.below(entries.length);
    const entry = entries[at];
    if (entry === undefined || random.chance(20)) {
      return Object.fromEntries([...entries, [random.pick(pool.names), random.pick(TEXTS)]]);
    }
    if (random.chance(15)) return Object.fromEntries(replaced(entries, at));
    return Object.fromEntries(replaced(entries, at, [entry[0], otherJson(entry[1], random, pool)]));
  }
  return random.pick<unknown>([
    null,
    true,
    0,
    -1,
    1.5,
    2 ** 53 + 1,
    1e308,
    [],
    {},
    [[[]]],
    { $ne: null },
    ...TEXTS,
    ...pool.values,
  ]);
}

const RAW: readonly ((random: Random) => Buffer)[] = [
  () => Buffer.from('{'),
  () => Buffer.from('"10"'),
  () => Buffer.from('[]'),
  () => Buffer.from('null'),
  () => Buffer.from(`${'['.repeat(5000)}${']'.repeat(5000)}`),
  () => Buffer.from('{"__proto__":{"admin":true}}'),
  () => Buffer.from('{"a":1,"a":2}'),
  () => Buffer.from([0xff, 0xfe, 0x00, 0x41]),
  () => Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]),
  () => Buffer.from('&&&===&=&a&=b'),
  () => Buffer.alloc(64 * 1024, 'a'),
  () => Buffer.alloc(64 * 1024 + 1, 'a'),
  () => Buffer.from(`a=${'%F0%9F%98%80'.repeat(5000)}`),
  (random) => Buffer.from(Array.from({ length: random.below(300) }, () => random.below(256))),
  () => Buffer.from('--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n--x--\r\n'),
];

const withBody = (attempt: Attempt, body: Body): Attempt => ({ ...attempt, body });

const header: Mutation = (attempt, random) => {
  const [name, value] = [random.pick(HEADER_NAMES), random.pick([...HEADER_VALUES, ...TEXTS.filter(isHeaderText)])];
  return { ...attempt, headers: [...attempt.headers, [name, value.replaceAll(/[\r\n\0]/g, ' ')]] };
};
/** The bytes of a header are what they are; only those that end it are left to `framing`. */
const isHeaderText = (text: string): boolean => text.length < 4000 && !/[\r\n\0]/.test(text);

const changeHeader: Mutation = (attempt, random, pool) => {
  const at = random.below(attempt.headers.length);
  const found = attempt.headers[at];
  if (found === undefined) return attempt;
  const [name, value] = found;
  const other = (): string => otherValue(value, random, pool).replaceAll(/[\r\n\0]/g, '');
  const headers = random.pick<() => readonly Pair[]>([
    () => replaced(attempt.headers, at),
    () => [...attempt.headers, found],
    () => replaced<Pair>(attempt.headers, at, [name, other()]),
    () => replaced<Pair>(attempt.headers, at, [name, other()]),
    () => replaced<Pair>(attempt.headers, at, [name.toUpperCase(), value]),
    () => replaced<Pair>(attempt.headers, at, [name, `${value}, ${value}`]),
    () => replaced<Pair>(attempt.headers, at, [name, `${value}; ${value}`]),
  ])();
  return { ...attempt, headers };
};

const path: Mutation = (attempt, random) => {
  const { path: given } = attempt;
  const at = 1 + random.below(given.length);
  return {
    ...attempt,
    path: random.pick([
      `${given}/`,
      `/${given}`,
      `${given};x`,
      `${given}%00`,
      `${given}/..`,
      `${given}/%2e%2e/x`,
      given.toUpperCase(),
      `${given.slice(0, at)}%${given.charCodeAt(at % given.length).toString(16)}${given.slice(at + 1)}`,
      `${given.slice(0, at)}${given.slice(at + 1)}`,
      `${given}${'/x'.repeat(200)}`,
      given.replaceAll('/', '\\'),
      `/${'a'.repeat(5000)}`,
      `http://evil.example${given}`,
      `${given}#x`,
      '*',
    ]),
  };
};

const method: Mutation = (attempt, random) => ({ ...attempt, method: random.pick(METHODS) });

const contentType: Mutation = (attempt, random) => ({
  ...attempt,
  headers: [
    ...attempt.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
    ['Content-Type', random.pick(CONTENT_TYPES)],
  ],
});

const body: Mutation = (attempt, random, pool) => {
  const given = attempt.body;
  if (given.kind === 'form' && random.chance(85))
    return withBody(attempt, { kind: 'form', pairs: changePairs(given.pairs, random, pool) });
  if (given.kind === 'json' && random.chance(85))
    return withBody(attempt, { kind: 'json', value: otherJson(given.value, random, pool) });
  return random.chance(70)
    ? withBody(attempt, { kind: 'raw', bytes: random.pick(RAW)(random) })
    : withBody(attempt, { kind: 'none' });
};

const query: Mutation = (attempt, random, pool) => ({
  ...attempt,
  query: changePairs(attempt.query, random, pool),
});

/** Query and form change places. */
const swap: Mutation = (attempt) => {
  if (attempt.body.kind === 'form') return { ...attempt, query: attempt.body.pairs, body: { kind: 'none' } };
  if (attempt.query.length === 0) return attempt;
  const headers: readonly Pair[] = [...attempt.headers, ['Content-Type', 'application/x-www-form-urlencoded']];
  return { ...attempt, headers, query: [], body: { kind: 'form', pairs: attempt.query } };
};

const many: Mutation = (attempt, random) => ({
  ...attempt,
  headers: [
    ...attempt.headers,
    ...Array.from({ length: random.pick([80, 110, 400]) }, (_, n): Pair => [`X-${n}`, 'x']),
  ],
});

/** Framing that two readers could understand in two ways (HT-01): each must be refused or be read as one request. */
const framing: Mutation = (attempt, random) => {
  const extra = random.pick<readonly Pair[]>([
    [['Content-Length', '+3']],
    [['Content-Length', '-1']],
    [['Content-Length', '0x10']],
    [
      ['Content-Length', '3'],
      ['Content-Length', '4'],
    ],
    [
      ['Content-Length', '3'],
      ['Transfer-Encoding', 'chunked'],
    ],
    [['Transfer-Encoding', 'xchunked']],
    [['Transfer-Encoding', 'chunked, identity']],
    [['Content-Length ', '3']],
    [['X-Folded', 'a\r\n b']],
    [['X-Bare', 'a\nb: c']],
    [['X-Nul', 'a\0b']],
    [['X-Long', 'a'.repeat(20_000)]],
    [['Host', 'evil.example']],
    [
      ['Host', 'evil.example'],
      ['Host', 'localhost'],
    ],
    [['Host', 'a@b:c/d']],
    [['Expect', '200-maybe']],
    [['Upgrade', 'h2c']],
    [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
    ],
    [['Connection', 'Authorization, X-Forwarded-For']],
  ]);
  return { ...attempt, headers: [...attempt.headers, ...extra], broken: true };
};

const MUTATIONS: readonly Mutation[] = [
  query,
  query,
  query,
  body,
  body,
  body,
  body,
  header,
  header,
  changeHeader,
  changeHeader,
  path,
  method,
  contentType,
  swap,
  many,
  framing,
];
