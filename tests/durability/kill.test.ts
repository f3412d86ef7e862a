import assert from 'node:assert/strict';
import { test } from 'node:test';
import { killRounds } from '../support/kill-rounds.ts';

test('killed in the middle of load 5 times, the server has lost no token that a client had received', async (t) => {
  const report = await killRounds(5, (line) => t.diagnostic(line));
  assert.deepEqual(report.lost, []);
  assert.equal(report.faults, 0);
  assert.ok(report.received >= 50, `only ${report.received} tokens were received: that proves nothing`);
});
