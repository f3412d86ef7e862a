import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** What a verb runs on: one open transaction (PostgreSQL) or one savepoint of the batch (SQLite). */
export type Tx = Kysely<Database>;

/**
 * A write, as a named function. The same code runs in SQLite's writer thread and in a PostgreSQL transaction, so
 * arguments and answers are plain data (structured clone). It returns its outcomes, refusals included, and throws only
 * on faults: a throw undoes everything it did. Its first write is a conditional UPDATE (or a conflict-aware INSERT) on
 * the row of its aggregate, whose row count decides who won.
 */
export type Verb<Args, Answer> = (tx: Tx, args: Args) => Promise<Answer>;
