/**
 * A process of its own that takes a job and never ends it, for the tests that kill it. Told by its environment: which
 * database, and what time it is.
 */
import { createJobs, startQueue } from '#jobs';
import { openStorage } from '#storage';
import { fakeClock } from './clock.ts';

const clock = fakeClock(Number(process.env['RUNNER_NOW']));
const storage = await openStorage({
  databaseUrl: process.env['RUNNER_DATABASE'] ?? null,
  file: process.env['RUNNER_FILE'] ?? '',
  poolSize: 2,
  clock,
});
const log = { warn: () => undefined, error: () => undefined };
const run = async ({ email }: { email: string }): Promise<void> => {
  process.stdout.write(`began ${email}\n`);
  await new Promise((resolve) => setTimeout(resolve, 600_000));
};
startQueue({
  jobs: createJobs(log),
  store: storage.jobs,
  handlers: { 'mail-login-ids': { attempts: 3, delayMs: 1, maxDelayMs: 1, goodForMs: 600_000, run } },
  clock,
  log,
});
// The queue alone keeps no process alive.
setInterval(() => undefined, 1000);
