import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { createJobs, startUpkeep } from '#jobs';
import { fakeClock } from '../support/clock.ts';

const silent = { error: () => undefined };

describe('Jobs', () => {
  test('never overlap themselves, and run again after they failed', async () => {
    const failures: object[] = [];
    const jobs = createJobs({ error: (details) => failures.push(details) });
    let running = 0;
    let most = 0;
    let runs = 0;
    jobs.every(1, 'slow', async () => {
      most = Math.max(most, ++running);
      await sleep(10);
      running--;
      if (++runs === 1) throw new Error('once');
    });
    while (runs < 3) await sleep(5);
    await jobs.stop();
    assert.equal(most, 1);
    assert.equal(failures.length, 1);
  });

  test('stop: what runs ends first, and nothing begins after', async () => {
    const jobs = createJobs(silent);
    let ended = 0;
    jobs.every(1, 'slow', async () => {
      await sleep(20);
      ended++;
    });
    await sleep(10);
    await jobs.stop();
    const then = ended;
    assert.equal(then, 1);
    await sleep(30);
    assert.equal(ended, then);
  });

  test('sweeping goes on until a backlog is worked off', async () => {
    const jobs = createJobs(silent);
    const left = [500, 500, 3, 0];
    const asked: number[] = [];
    const clock = fakeClock(1000);
    let swept = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      swept = resolve;
    });
    startUpkeep(
      jobs,
      {
        sweep: async (now) => {
          asked.push(now);
          const rows = left.shift() ?? 0;
          if (rows === 3) swept();
          return rows;
        },
        expireConsents: async () => 0,
        sealAudit: async () => 0,
      },
      clock,
    );
    await done;
    await jobs.stop();
    assert.deepEqual(asked, [1000, 1000, 1000]);
  });
});
