import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';
import { PageError } from '#kernel';

/** Argon2id (RFC 9106), OWASP's first choice of parameters: 19 MiB, two passes. Takes about 25 ms. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1, outputLen: 32 } as const;
const PREFIX = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

export interface PasswordHasher {
  hash(password: string): Promise<string>;
  /** With null (nobody of that name) the same work is done against a hash that nothing fits, and the answer is false (AC-01). */
  verify(stored: string | null, password: string): Promise<boolean>;
  isCurrent(stored: string): boolean;
}

/** Thrown inside when the queue is full; callers give it their own form. */
export class TooBusy extends Error {}

/** At most `atOnce` hashes run (each holds 19 MiB and a thread), at most `queue` wait; the next one is refused at once. */
export function createPasswordHasher(options: { atOnce: number; queue: number }): PasswordHasher {
  const waiting: (() => void)[] = [];
  let running = 0;

  async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    if (running >= options.atOnce) {
      if (waiting.length >= options.queue) throw new TooBusy();
      // The one that ends hands its place over, so `running` stays as it is.
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running++;
    }
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  }

  const base64 = (bytes: number): string => randomBytes(bytes).toString('base64').replaceAll('=', '');
  const nobody = `${PREFIX}${base64(16)}$${base64(PARAMETERS.outputLen)}`;

  return {
    hash: (password) => inTurn(() => hash(password, PARAMETERS)),
    verify: (stored, password) => inTurn(async () => (await verify(stored ?? nobody, password)) && stored !== null),
    isCurrent: (stored) => stored.startsWith(PREFIX),
  };
}

/** For pages: too many people at once is 429 and never a fault of ours. */
export async function orOverloaded<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof TooBusy)) throw error;
    throw new PageError('overloaded', 429, { reason: 'overloaded', cause: error, retryAfter: 5 });
  }
}
