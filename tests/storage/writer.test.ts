import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { sql } from 'kysely';
import { runBatch } from '../../src/storage/dialects/sqlite/batch.ts';
import { kyselyOver } from '../../src/storage/dialects/sqlite/connection.ts';
import { openSqlite } from '../../src/storage/dialects/sqlite/open.ts';
import { verb } from '../../src/storage/verb.ts';

const folder = mkdtempSync(join(tmpdir(), 'medbiz-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const put = verb('test.put', async (tx, what: string) => {
  await sql`insert into t (what) values (${what})`.execute(tx);
  return `put ${what}`;
});
const putAndFail = verb('test.putAndFail', async (tx, what: string) => {
  await sql`insert into t (what) values (${what})`.execute(tx);
  throw new Error('after the write');
});
const fill = verb('test.fill', async (tx) => {
  // SQLite rolls the whole transaction back where it can not finish a statement on a full disk.
  await sql`insert or rollback into t (what) values (${'x'.repeat(4_000_000)})`.execute(tx);
});

let files = 0;

function open() {
  const database = openSqlite(join(folder, `${files++}.db`), 'write');
  database.exec('create table t (what text not null) strict');
  return {
    database,
    tx: kyselyOver(database),
    rows: (): unknown[] =>
      database
        .prepare('select what from t order by rowid')
        .all()
        .map((row) => row['what']),
  };
}

let ids = 0;
const call = ({ name }: { readonly name: string }, args: unknown) => ({ id: ++ids, verb: name, args });

describe('A batch of the writer thread', () => {
  test('undoes a verb that throws alone; the others are kept', async () => {
    const { database, tx, rows } = open();
    const answers = await runBatch(database, tx, [call(put, 'a'), call(putAndFail, 'b'), call(put, 'c')]);
    assert.deepEqual(
      answers.map((one) => (one.ok ? one.answer : one.error.message)),
      ['put a', 'after the write', 'put c'],
    );
    assert.deepEqual(rows(), ['a', 'c']);
    assert.equal(database.isTransaction, false);
  });

  test('fails as a whole when the disk is full and the transaction is gone, and the next one works', async () => {
    const { database, tx, rows } = open();
    const pages = Number(database.prepare('pragma page_count').get()?.['page_count']);
    database.exec(`pragma max_page_count = ${pages + 10}`);
    const answers = await runBatch(database, tx, [call(put, 'a'), call(fill, null), call(put, 'c')]);
    // Also the first, which had its answer: nothing is acknowledged that is not kept.
    assert.deepEqual(
      answers.map(({ ok }) => ok),
      [false, false, false],
    );
    assert.deepEqual(rows(), []);
    assert.equal(database.isTransaction, false);
    database.exec('pragma max_page_count = 1000000');
    const next = await runBatch(database, tx, [call(put, 'd')]);
    assert.deepEqual(
      next.map(({ ok }) => ok),
      [true],
    );
    assert.deepEqual(rows(), ['d']);
  });

  test('fails as a whole when the commit fails', async () => {
    const { database, tx, rows } = open();
    database.exec(`
      create table parent (id text primary key) strict;
      create table child (id text not null references parent (id) deferrable initially deferred) strict;
    `);
    const orphan = verb('test.orphan', async (on) => {
      await sql`insert into child (id) values ('nobody')`.execute(on);
    });
    const answers = await runBatch(database, tx, [call(put, 'a'), call(orphan, null)]);
    assert.deepEqual(
      answers.map(({ ok }) => ok),
      [false, false],
    );
    assert.deepEqual(rows(), []);
    assert.equal(database.isTransaction, false);
  });

  test('says so where there is no such verb', async () => {
    const { database, tx } = open();
    const [answer] = await runBatch(database, tx, [{ id: 1, verb: 'drop.everything', args: null }]);
    assert.equal(answer?.ok, false);
  });
});
