import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openPostgresEngine } from '../../src/storage/dialects/postgres/engine.ts';
import { openSqliteEngine } from '../../src/storage/dialects/sqlite/engine.ts';
import { MIGRATIONS } from '../../src/storage/migrations/index.ts';
import { migrate } from '../../src/storage/migrations/run.ts';
import { DIALECTS, makePair, newTestDatabase, tokensOf } from '../support/storage.ts';

const NEXT = {
  name: '9999-next',
  sql: `
alter table user_account add column nickname text;
create table keepsake (id text primary key, at {int} not null, what {bytes}) {strict};
insert into keepsake (id, at) select id, created_at from user_account;
`,
};

for (const dialect of DIALECTS) {
  describe(`Migrations (${dialect})`, () => {
    test('make an empty database ready, once, when several processes start at once', async () => {
      const database = await newTestDatabase(dialect);
      const storages = [await database.open(), await database.open(), await database.open()];
      assert.ok(((await storages[0]?.migrationsPending()) ?? 0) > 0);
      const applied = await Promise.all(storages.map((storage) => storage.migrate()));
      assert.deepEqual(
        applied.toSorted((a, b) => a - b),
        [0, 0, MIGRATIONS.length],
      );
      assert.equal(await storages[1]?.migrationsPending(), 0);
      await database.remove();
    });

    test('go on from a populated database and keep what is in it; a failing one changes nothing', async () => {
      const database = await newTestDatabase(dialect);
      const storage = await database.open();
      await storage.migrate();
      const s = { database, storage, clock: database.clock };
      const tokens = await tokensOf(s, await makePair(s));
      const engine = await (dialect === 'sqlite'
        ? openSqliteEngine(database.file)
        : openPostgresEngine(database.url ?? '', 2));
      const broken = { name: '9999-next', sql: `${NEXT.sql}\ninsert into no_such_table values (1);` };
      await assert.rejects(migrate(engine, 0, [...MIGRATIONS, broken]));
      assert.equal(await storage.migrationsPending(), 0);
      assert.equal(await migrate(engine, 0, [...MIGRATIONS, NEXT]), 1);
      assert.equal(await migrate(engine, 0, [...MIGRATIONS, NEXT]), 0);
      assert.ok(await storage.grants.introspect('access', tokens.access, s.clock.now()));
      // This program does not know what a newer one made of the tables.
      await assert.rejects(storage.migrate(), /migrated/);
      await engine.close();
      await database.remove();
    });
  });
}
