/**
 * A generator that gives the same numbers for the same seed, so that a finding can be tried again by its number. Nothing
 * here protects anything: secrets come from node:crypto.
 */
export interface Random {
  /** 0 ≤ n < most. */
  below(most: number): number;
  chance(percent: number): boolean;
  pick<Value>(from: readonly Value[]): Value;
}

/** sfc32, seeded by a request's number within a run. */
export function randomOf(seed: number, at: number): Random {
  let a = seed >>> 0;
  let b = at >>> 0;
  let c = (seed ^ 0x9e3779b9) >>> 0;
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) >>> 0) + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = (b ^ (b >>> 9)) >>> 0;
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let warm = 0; warm < 12; warm++) next();
  const below = (most: number): number => next() % Math.max(1, most);
  return {
    below,
    chance: (percent) => below(100) < percent,
    pick: (from) => {
      const value = from[below(from.length)];
      if (value === undefined) throw new Error('nothing to pick from');
      return value;
    },
  };
}
