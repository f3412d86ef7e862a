import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';

/** `npm run fuzz N` sets it; without, each property runs for about a fixed time, so that all of them take 20 seconds. */
const asked = Number(process.env['MEDBIZ_FUZZ_RUNS'] ?? 0);
/** Another one each time, except in CI: what it judges is the change, not the luck of the day. */
const seed = Number(process.env['MEDBIZ_FUZZ_SEED'] ?? (process.env['CI'] === 'true' ? 2026 : 0));
const EACH_MS = 120;
const FIRST = 15;
const MOST = 50_000;

const SIZE = 64 * 1024;
const BUDGET_MS = 50;

/** A sentence that holds for everything the arbitrary makes. The predicate asserts; fast-check shrinks what breaks it. */
export function always<Value>(
  title: string,
  arbitrary: fc.Arbitrary<Value>,
  holds: (value: Value) => void | Promise<void>,
): void {
  const run = (numRuns: number): Promise<void> =>
    fc.assert(
      fc.asyncProperty(arbitrary, async (value) => {
        await holds(value);
      }),
      { numRuns, ...(seed === 0 ? {} : { seed }) },
    );
  test(title, async () => {
    if (asked > 0) return run(asked);
    // The first few tell how many there is time for: always some, however busy the machine is.
    const began = performance.now();
    await run(FIRST);
    const took = performance.now() - began;
    const more = Math.min(MOST, Math.floor(((EACH_MS - took) / Math.max(took, 0.1)) * FIRST));
    if (more > 0) await run(more);
  });
}

/** Text of every kind that reaches a parser: plain, of the parser's own alphabet, full Unicode, lone surrogates. */
export const anyText = (own: string, maxLength = 60): fc.Arbitrary<string> => {
  const units = [...own].map((one) => fc.constant(one));
  return fc.oneof(
    fc.string({ maxLength }),
    fc.string({ unit: fc.oneof(...units), maxLength }),
    fc.string({ unit: fc.oneof(...units, fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })), maxLength }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength }).map((codes) => String.fromCharCode(...codes)),
  );
};

/**
 * The parser takes time in proportion to what it reads: 64 KiB of the worst text that repetition makes, within 50 ms of
 * processor time. A regular expression that goes back and forth over its text would take minutes (IN-07).
 */
export function linear(title: string, own: string, parse: (text: string) => unknown): void {
  const piece = anyText(own, 6);
  always(`IN-07: ${title} takes no more than 50 ms for 64 KiB`, fc.tuple(piece, piece, piece), ([start, unit, end]) => {
    const text = start + (unit || 'a').repeat(Math.ceil(SIZE / (unit || 'a').length)).slice(0, SIZE) + end;
    let best = Number.POSITIVE_INFINITY;
    // The best of three: what another program takes from the machine is not the parser's.
    for (let tries = 0; tries < 3 && best > BUDGET_MS; tries++) {
      const before = process.cpuUsage();
      parse(text);
      const { user, system } = process.cpuUsage(before);
      best = Math.min(best, (user + system) / 1000);
    }
    assert.ok(best <= BUDGET_MS, `${best} ms for ${JSON.stringify([start, unit, end])}`);
  });
}

/** A text with one place changed; never the same text. */
export const changed = (text: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.nat({ max: text.length }), fc.nat({ max: 3 }), fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }))
    .map(([at, how, piece]) => {
      if (how === 0) return text.slice(0, at) + text.slice(at + 1);
      if (how === 1) return text.slice(0, at) + piece + text.slice(at);
      if (how === 2) return text.slice(0, at) + piece + text.slice(at + piece.length);
      return text.slice(0, at) + text.slice(at, at + 1).toUpperCase() + text.slice(at + 1);
    })
    .filter((other) => other !== text);
