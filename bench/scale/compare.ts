import { randomInt } from 'node:crypto';
import type { HealthRange } from '#apis';
import { type PresentedHandle, newModelMuid } from '#kernel';
import type { Storage } from '#storage';
import {
  actAt,
  makePair,
  newTestDatabase,
  type Shelf,
  type TestDatabase,
  tokensOf,
} from '../../tests/support/storage.ts';
import { dayRange, DAYS, FIRST_DAY, peopleOf, ROOTS, seed } from './seed.ts';

interface Times {
  /** Microseconds. */
  readonly median: number;
  readonly p95: number;
}

export interface Measured {
  readonly question: string;
  readonly small: Times;
  readonly large: Times;
}

interface Stage {
  readonly database: TestDatabase;
  readonly storage: Storage;
  readonly tokens: readonly PresentedHandle[];
  readonly now: number;
}

/** So many different people are asked about, spread over the whole table. */
const PEOPLE = 400;
const ROUNDS = 25;
const IN_A_ROUND = 200;

const QUESTIONS: Readonly<Record<string, () => HealthRange>> = {
  'newest ten': () => ({ root: anyRoot(), from: 0, to: FIRST_DAY * 2, offset: 0, limit: 10 }),
  'one day': () => ({ root: anyRoot(), ...dayRange(randomInt(DAYS)), offset: 0, limit: 10 }),
};

const anyRoot = (): HealthRange['root'] => ROOTS[randomInt(ROOTS.length)] ?? 'TEMP';

export async function compare(
  dialect: TestDatabase['dialect'],
  small: number,
  large: number,
  tell: (text: string) => void,
): Promise<Measured[]> {
  const stages: Stage[] = [];
  try {
    for (const rows of [small, large]) stages.push(await prepare(dialect, rows, tell));
    const [a, b] = stages;
    if (a === undefined || b === undefined) throw new Error('two databases are needed');
    const measured: Measured[] = [];
    for (const [question, range] of Object.entries(QUESTIONS)) {
      const [mine, theirs]: [number[], number[]] = [[], []];
      for (const stage of stages) await ask(stage, range, 2 * IN_A_ROUND);
      for (let round = 0; round < ROUNDS; round++) {
        mine.push(...(await ask(a, range, IN_A_ROUND)));
        theirs.push(...(await ask(b, range, IN_A_ROUND)));
      }
      measured.push({ question, small: timesOf(mine), large: timesOf(theirs) });
    }
    return measured;
  } finally {
    for (const { database } of stages) await database.remove();
  }
}

async function prepare(dialect: TestDatabase['dialect'], rows: number, tell: (text: string) => void): Promise<Stage> {
  const database = await newTestDatabase(dialect);
  const storage = await database.open();
  await storage.migrate();
  const shelf: Shelf = { database, storage, clock: database.clock };
  const people = Math.min(PEOPLE, peopleOf(rows));
  const tokens: PresentedHandle[] = [];
  const subjects: string[] = [];
  for (let i = 0; i < people; i++) {
    const pair = await makePair(shelf, ['HEALTH']);
    tokens.push((await tokensOf(shelf, pair)).access);
    subjects.push(`('${pair.user}', ${1 + Math.floor((i * peopleOf(rows)) / people)}, 0)`);
  }
  const owner = (await makePair(shelf, ['HEALTH'])).owner;
  const product = newModelMuid();
  await storage.products.create(actAt(database.clock.now()), {
    ...{ id: product, owner, contentHash: 'hash' },
    content: {
      ...{ name: '혈압계', modelCode: 'HB', maker: '한빛', description: '', imageUri: '', infoImageUri: '' },
      ...{ buyLink: '', size: '', weight: '', severalUsers: false },
    },
  });
  await database.exec(`insert into health_subject (user_id, number, created_at) values ${subjects.join(', ')}`);
  await database.exec(`update consent_item set kinds = '${ROOTS.join(' ')}'`);
  await seed(database, rows, product, tell);
  return { database, storage, tokens, now: database.clock.now() };
}

/** Asks about one person after another, none at the same time; microseconds of each. */
async function ask({ storage, tokens, now }: Stage, range: () => HealthRange, times: number): Promise<number[]> {
  const took: number[] = [];
  for (let i = 0; i < times; i++) {
    const token = tokens[randomInt(tokens.length)];
    if (token === undefined) throw new Error('no token');
    const asked = range();
    const began = performance.now();
    const answer = await storage.health.ofToken(token, asked, now);
    took.push((performance.now() - began) * 1000);
    if (answer === null || answer.items.length === 0) throw new Error('a question found nothing');
  }
  return took;
}

function timesOf(took: readonly number[]): Times {
  const sorted = took.toSorted((a, b) => a - b);
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, p95: sorted[Math.floor(sorted.length * 0.95)] ?? 0 };
}
