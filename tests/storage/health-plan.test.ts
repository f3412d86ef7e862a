import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { Client } from 'pg';
import { onBothStorages } from '../support/storage.ts';

/** The shape of the two questions that must not grow with the table. */
const QUESTION = `select reading from health_observation
where subject = 7 and root = 2 and measured_at >= 1 and measured_at <= 9 order by measured_at desc, tie desc limit 10`;

onBothStorages('Health data', (shelf) => {
  test('is found by its key, in its order: nothing is walked through and nothing is sorted', async () => {
    const { database } = shelf();
    if (database.url === null) {
      const sqlite = new DatabaseSync(database.file, { readOnly: true });
      const plan = sqlite.prepare(`explain query plan ${QUESTION}`).all();
      sqlite.close();
      assert.deepEqual(
        plan.map(({ detail }) => detail),
        ['SEARCH health_observation USING PRIMARY KEY (subject=? AND root=? AND measured_at>? AND measured_at<?)'],
      );
      return;
    }
    const client = new Client({ connectionString: database.url });
    await client.connect();
    // An empty table would be read as a whole.
    await client.query('set enable_seqscan = off; set enable_bitmapscan = off');
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain ${QUESTION}`);
    await client.end();
    const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
    assert.match(plan, /Index Scan Backward using health_observation_pkey/);
    assert.doesNotMatch(plan, /Sort/);
  });
});
