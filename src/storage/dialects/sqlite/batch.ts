import type { DatabaseSync } from 'node:sqlite';
import { verbNamed, type Tx } from '../../verb.ts';
import type { Answered, Call } from './messages.ts';

/**
 * Runs calls in one transaction, each in a savepoint of its own, and commits them with one write to the disk (group
 * commit). The answers must not be sent before this returns: then every `ok` among them is durable.
 *
 * A verb that throws is undone alone. After any fault the transaction may be gone: a full disk rolls all of it back, and
 * the next savepoint would then open a transaction of its own. So it is looked at after each fault, and where it is gone
 * every call of the batch has failed, those that seemed fine too.
 */
export async function runBatch(database: DatabaseSync, tx: Tx, calls: readonly Call[]): Promise<Answered[]> {
  const answers: Answered[] = [];
  try {
    database.exec('begin immediate');
    for (const call of calls) {
      answers.push(await inSavepoint(database, tx, call));
      if (!database.isTransaction) throw new Error('The transaction was rolled back.', { cause: lastFault(answers) });
    }
    database.exec('commit');
    return answers;
  } catch (error) {
    if (database.isTransaction) database.exec('rollback');
    return calls.map(({ id }) => failed(id, error));
  }
}

async function inSavepoint(database: DatabaseSync, tx: Tx, { id, verb, args }: Call): Promise<Answered> {
  database.exec('savepoint one');
  try {
    const found = verbNamed(verb);
    if (found === null) throw new Error(`There is no verb ${verb}.`);
    const answer = await found.body(tx, args as never);
    database.exec('release one');
    return { id, ok: true, answer };
  } catch (error) {
    if (database.isTransaction) database.exec('rollback to one; release one');
    return failed(id, error);
  }
}

const lastFault = (answers: readonly Answered[]): string => {
  const last = answers.at(-1);
  return last === undefined || last.ok ? 'unknown' : last.error.message;
};

const failed = (id: number, error: unknown): Answered => ({
  id,
  ok: false,
  error:
    error instanceof Error
      ? { message: error.message, stack: error.stack ?? error.message }
      : { message: String(error), stack: String(error) },
});
