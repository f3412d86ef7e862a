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
export interface Verb<Args, Answer> {
  readonly name: string;
  readonly body: (tx: Tx, args: Args) => Promise<Answer>;
}

/** Runs a verb and resolves when what it did is durable. Rejects with StorageError; then nothing of it was done. */
export type RunVerb = <Args, Answer>(verb: Verb<Args, Answer>, args: Args) => Promise<Answer>;

const known = new Map<string, Verb<never, unknown>>();

/** Makes a verb and registers it by its name, by which the writer thread finds it: functions can't be sent there. */
export function verb<Args, Answer>(name: string, body: Verb<Args, Answer>['body']): Verb<Args, Answer> {
  if (known.has(name)) throw new Error(`There are two verbs named ${name}.`);
  const made: Verb<Args, Answer> = { name, body };
  known.set(name, made);
  return made;
}

/** Null for a name that no repository has. */
export const verbNamed = (name: string): Verb<never, unknown> | null => known.get(name) ?? null;
