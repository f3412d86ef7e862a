import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { createJobs, type Handler, type Handlers, JobFailure, LEASE_MS, startQueue } from '#jobs';
import { DAY, HOUR, MINUTE, newSortableId, SECOND } from '#kernel';
import type { Storage } from '#storage';
import { onBothStorages, type Shelf } from '../support/storage.ts';

const CHILD = fileURLToPath(new URL('../support/hanging-runner.ts', import.meta.url));
const KIND = 'mail-login-ids' as const;

type Ids = Handler<typeof KIND>;
const policy = { attempts: 3, delayMs: 10 * SECOND, maxDelayMs: MINUTE, goodForMs: HOUR };

const ask = (s: Shelf, email: string): Promise<void> =>
  s.storage.jobs.enqueue(KIND, { email, locale: 'ko' }, s.clock.now());

/** Leases what is due as a process of its own would. */
const take = (s: Shelf, storage: Storage, most = 100) => {
  const lease = newSortableId(s.clock.now());
  const wish = { kinds: [KIND], lease, now: s.clock.now(), until: s.clock.now() + LEASE_MS, most };
  return storage.jobs.lease(wish).then((jobs) => jobs.map((job) => ({ ...job, lease })));
};

interface Running {
  readonly logged: { level: string; details: object; message: string }[];
  stop(): Promise<void>;
}

function run(s: Shelf, handlers: Handlers): Running {
  const logged: Running['logged'] = [];
  const write = (level: string) => (details: object, message: string) => logged.push({ level, details, message });
  const log = { warn: write('warn'), error: write('error') };
  const jobs = createJobs(log);
  const queue = startQueue({ jobs, store: s.storage.jobs, handlers, clock: s.clock, log });
  return {
    logged,
    async stop() {
      await Promise.all([queue.stop(), jobs.stop()]);
    },
  };
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const began = performance.now();
  while (!(await holds())) {
    if (performance.now() - began > 10_000) throw new Error(`it never came to be: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

onBothStorages('The queue', (shelf) => {
  test('gives each of 200 jobs to exactly one of 4 processes that take at once', async () => {
    const s = shelf();
    const others = await Promise.all([1, 2, 3].map(() => s.database.open()));
    await Promise.all(Array.from({ length: 200 }, (_, i) => ask(s, `${i}@example.com`)));
    const taken: string[] = [];
    const worker = async (storage: Storage): Promise<void> => {
      for (;;) {
        const jobs = await take(s, storage, 7);
        taken.push(...jobs.map((job) => job.id));
        for (const job of jobs) assert.equal(await storage.jobs.finish(job.id, job.lease, s.clock.now()), true);
        // Another process may have taken all that this one saw: only an empty queue ends it.
        if (jobs.length === 0 && taken.length >= 200) return;
      }
    };
    await Promise.all([s.storage, ...others].map(worker));
    assert.equal(taken.length, 200);
    assert.equal(new Set(taken).size, 200);
  });

  test('a job whose process is gone is taken again once its lease is over; its first holder can end nothing more', async () => {
    const s = shelf();
    await ask(s, 'lost@example.com');
    const [first] = await take(s, s.storage);
    assert.ok(first);
    s.clock.advance(LEASE_MS - 1);
    assert.deepEqual(await take(s, s.storage), []);
    s.clock.advance(1);
    const [second] = await take(s, s.storage);
    assert.equal(second?.id, first.id);
    assert.equal(second.attempts, 2);
    const now = s.clock.now();
    assert.equal(await s.storage.jobs.finish(first.id, first.lease, now), false);
    assert.equal(await s.storage.jobs.fail(first.id, first.lease, { now, error: 'x', retryAt: now }), false);
    assert.equal(await s.storage.jobs.finish(second.id, second.lease, now), true);
    assert.equal(await s.storage.jobs.finish(second.id, second.lease, now), false);
  });

  test('a runner that is killed in the middle of a job loses nothing: another one runs it', async () => {
    const s = shelf();
    await ask(s, 'killed@example.com');
    const child = spawn(process.execPath, [CHILD], {
      env: {
        ...process.env,
        RUNNER_NOW: String(s.clock.now()),
        RUNNER_FILE: s.database.file,
        ...(s.database.url === null ? {} : { RUNNER_DATABASE: s.database.url }),
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let printed = '';
    child.stdout.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await until('the child has the job', () => printed.includes('began killed@example.com'));
    child.kill('SIGKILL');
    await once(child, 'exit');

    const done: string[] = [];
    const handler: Ids = { ...policy, run: async ({ email }) => void done.push(email) };
    const running = run(s, { [KIND]: handler });
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.deepEqual(done, [], 'its lease still holds');
    s.clock.advance(LEASE_MS);
    await until('the job ran', () => done.length === 1);
    await running.stop();
    assert.deepEqual(done, ['killed@example.com']);
    assert.deepEqual(await take(s, s.storage), []);
  });

  test('tries again after 10, 20, … seconds, gives up after the last try, says so, and begins anew when told', async () => {
    const s = shelf();
    const began: number[] = [];
    let works = false;
    const handler: Ids = {
      ...policy,
      run: async () => {
        began.push(s.clock.now());
        if (!works) throw new JobFailure('unreachable', { final: false });
      },
    };
    const start = s.clock.now();
    await ask(s, 'retry@example.com');
    const running = run(s, { [KIND]: handler });
    await until('the first try', () => began.length === 1 && running.logged.length === 1);
    s.clock.advance(10 * SECOND - 1);
    await new Promise((resolve) => setTimeout(resolve, 600));
    assert.equal(began.length, 1, 'not before its time');
    s.clock.advance(1);
    await until('the second try', () => began.length === 2 && running.logged.length === 2);
    s.clock.advance(20 * SECOND);
    await until('the third try', () => began.length === 3 && running.logged.length === 3);
    assert.deepEqual(
      began.map((at) => at - start),
      [0, 10 * SECOND, 30 * SECOND],
    );
    const [dead] = await s.storage.jobs.dead(10);
    assert.equal(dead?.error, 'unreachable');
    assert.equal(dead.attempts, 3);
    assert.deepEqual(
      running.logged.map(({ level }) => level),
      ['warn', 'warn', 'error'],
    );
    s.clock.advance(DAY);
    works = true;
    assert.equal(await s.storage.jobs.revive(dead.id, s.clock.now()), true);
    assert.equal(await s.storage.jobs.revive(dead.id, s.clock.now()), false);
    await until('it ran anew', () => began.length === 4);
    await running.stop();
    assert.deepEqual(await s.storage.jobs.dead(10), []);
  });

  test('gives up at once what can never be done, what came too late, and what takes its process along each time', async () => {
    const s = shelf();
    let ran = 0;
    const handler: Ids = {
      ...policy,
      run: async () => {
        ran++;
        throw new JobFailure('bad-recipient', { final: true });
      },
    };
    const words = async (): Promise<string[]> => (await s.storage.jobs.dead(10)).map((job) => job.error).toSorted();
    await ask(s, 'crashes@example.com');
    for (let i = 0; i < 3; i++) {
      assert.equal((await take(s, s.storage)).length, 1);
      s.clock.advance(LEASE_MS);
    }
    const crashing = run(s, { [KIND]: handler });
    await until('given up untried', async () => (await words()).length === 1);
    assert.equal(ran, 0);
    await crashing.stop();

    await ask(s, 'late@example.com');
    s.clock.advance(HOUR + 1);
    await ask(s, 'never@example.com');
    const running = run(s, { [KIND]: handler });
    await until('all are dead', async () => (await words()).length === 3);
    await running.stop();
    assert.equal(ran, 1);
    assert.deepEqual(await words(), ['bad-recipient', 'never-ended', 'too-late']);
  });

  test('keeps no message of a failure, since messages quote what came from outside, and forgets what a done job was told', async () => {
    const s = shelf();
    const handler: Ids = {
      ...policy,
      attempts: 1,
      run: async ({ email }) => {
        if (email.startsWith('bad')) throw new TypeError(`could not reach ${email}`);
      },
    };
    s.clock.advance(1);
    await ask(s, 'bad@example.com');
    await ask(s, 'good@example.com');
    const before = (await s.storage.jobs.dead(10)).length;
    const running = run(s, { [KIND]: handler });
    await until('both have ended', async () => (await s.storage.jobs.dead(10)).length === before + 1);
    await running.stop();
    assert.equal((await s.storage.jobs.dead(1))[0]?.error, 'TypeError');
    // A second row of the instance can not be made: this fails if any job still knows the address.
    await s.database.exec(
      "insert into instance (id, epoch, created_at) select 1, 1, 0 from job where payload like '%good@%'",
    );
    await assert.rejects(
      s.database.exec(
        "insert into instance (id, epoch, created_at) select 1, 1, 0 from job where payload like '%bad@%'",
      ),
    );
  });

  test('runs no more than four at once, takes only kinds that it has a handler for, and ends what runs when it stops', async () => {
    const s = shelf();
    let running = 0;
    let most = 0;
    let ended = 0;
    const handler: Ids = {
      ...policy,
      run: async () => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, 300));
        running--;
        ended++;
      },
    };
    const idle = run(s, {});
    for (let i = 0; i < 10; i++) await ask(s, `many${i}@example.com`);
    await new Promise((resolve) => setTimeout(resolve, 400));
    await idle.stop();
    const busy = run(s, { [KIND]: handler });
    await until('some run', () => running === 4);
    await busy.stop();
    assert.equal(running, 0);
    assert.ok(ended >= 4 && ended < 10, `${ended} ended`);
    const rest = run(s, { [KIND]: handler });
    await until('all have run', () => ended === 10);
    await rest.stop();
    assert.equal(most, 4);
  });

  test('is swept: what was done after a day, what was given up after two weeks', async () => {
    const s = shelf();
    const dead = async (): Promise<number> => (await s.storage.jobs.dead(100)).length;
    assert.ok((await dead()) > 0);
    s.clock.advance(13 * DAY);
    await s.storage.grants.sweep(s.clock.now(), 500);
    assert.ok((await dead()) > 0);
    s.clock.advance(2 * DAY);
    await s.storage.grants.sweep(s.clock.now(), 500);
    assert.equal(await dead(), 0);
  });
});
