import type { Clock } from '#kernel';

/** A clock that moves only when told. */
export interface FakeClock extends Clock {
  /** Milliseconds; may be negative. */
  advance(ms: number): void;
  set(ms: number): void;
}

export function fakeClock(start = Date.UTC(2026, 2, 2, 9, 0, 0)): FakeClock {
  let now = start;
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    set: (ms) => {
      now = ms;
    },
  };
}
