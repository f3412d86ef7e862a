/**
 * `npm run fuzz:http [-- N] [SEED] [sqlite|postgres] [FIRST]`: sends N (200,000) requests to every endpoint of the running
 * server, each a valid one that was changed, and says what no request may cause: a fault, a hang, a broken connection, an
 * error in the wrong shape, a redirect to an unproven address, a missing header, markup of the request in a page. The same
 * seed makes the same changes; FIRST with N = 1 tries one of them again. Loopback only; ends by itself; exit code 1 when
 * something was found.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { type Attempt, bytesOf, isFramed } from './fuzz-http/attempt.ts';
import { judge, type Known } from './fuzz-http/judge.ts';
import { mutate } from './fuzz-http/mutate.ts';
import { type Random, randomOf } from './fuzz-http/random.ts';
import type { Seeds } from './fuzz-http/seeds.ts';
import type { FromServer, ToServer } from './fuzz-http/server.ts';
import { Connection } from './fuzz-http/wire.ts';
import { buildConsole } from './build-console.ts';
import { startCluster } from './test/cluster.ts';
import { findPostgres } from './test/postgres-binaries.ts';
import { howToInstall } from '../tests/support/install.ts';

const AT_ONCE = 16;
/** So many requests use the same people and tokens; many do not outlive it. */
const PER_SEEDS = 1000;
const SHOWN = 40;

const [countText = '200000', seedText = '1', dialect = 'sqlite', firstText = '0'] = process.argv.slice(2);
const [count, seed, first] = [Number(countText), Number(seedText), Number(firstText)];
if (
  !Number.isInteger(count) ||
  !Number.isInteger(seed) ||
  !Number.isInteger(first) ||
  !['sqlite', 'postgres'].includes(dialect)
) {
  console.error('npm run fuzz:http [-- N] [SEED] [sqlite|postgres] [FIRST]');
  process.exit(2);
}

interface Finding {
  readonly what: string;
  readonly routes: Set<string>;
  readonly number: number;
  readonly request: string;
  readonly answer: string;
  times: number;
}

const findings = new Map<string, Finding>();
const statuses = new Map<number, number>();
const perRoute = new Map<string, { asked: number; well: number }>();
let reached = 0;

// Its pages are a part of what is asked for.
await buildConsole();
const cluster = dialect === 'postgres' ? await openCluster() : null;
const server = fork(fileURLToPath(new URL('fuzz-http/server.ts', import.meta.url)), [dialect], {
  serialization: 'advanced',
});
const heard: ((message: FromServer) => void)[] = [];
server.on('message', (message: FromServer) => {
  if (message.kind === 'error') note('an error in the server log', '-', -1, message.text, '');
  else heard.shift()?.(message);
});
server.on('exit', (code) => {
  for (const waiting of heard) waiting({ kind: 'stopped', megabytes: 0, longestPauseMs: 0 });
  if (code !== 0) note('the server ended', '-', -1, `exit code ${code}`, '');
});

async function askServer(what: ToServer): Promise<FromServer> {
  const answered = new Promise<FromServer>((resolve) => heard.push(resolve));
  server.send(what);
  return answered;
}

const epochs = new Map<number, Promise<Seeds>>();
function seedsOf(epoch: number): Promise<Seeds> {
  const known = epochs.get(epoch);
  if (known !== undefined) return known;
  const made = askServer('seeds').then((message) => {
    if (message.kind !== 'seeds') throw new Error('The server ended.');
    return message.seeds;
  });
  epochs.set(epoch, made);
  epochs.delete(epoch - 3);
  return made;
}

const began = performance.now();
let next = first;
let stopped = false;
process.once('SIGINT', () => {
  stopped = true;
});
await Promise.all(Array.from({ length: Math.min(AT_ONCE, count) }, worker));

const ended = await askServer('stop');
if (server.exitCode === null) await once(server, 'exit');
await cluster?.stop();
report(ended);

async function worker(): Promise<void> {
  let connection: Connection | null = null;
  while (next < first + count && !stopped) {
    const number = next++;
    const seeds = await seedsOf(Math.floor(number / PER_SEEDS));
    const { port, host } = new URL(seeds.url);
    connection ??= new Connection(Number(port));
    const random = randomOf(seed, number);
    const { route, attempts } = random.pick(seeds.templates);
    const attempt = mutate(from(random.pick(attempts), random), random, seeds.pool);
    const bytes = bytesOf(attempt, host);
    const outcome = await connection.ask(bytes, {
      head: attempt.method === 'HEAD',
      alone: attempt.broken,
      last: attempt.broken && isFramed(attempt),
    });
    const known: Known = { url: seeds.url, registered: new Set(seeds.registered) };
    const answer = 'answer' in outcome ? outcome.answer : null;
    const problems = judge(attempt, outcome, known);
    if (problems.length > 0) {
      const shown =
        answer === null ? '' : `${answer.status} ${JSON.stringify(answer.headers)}\n${answer.body.slice(0, 600)}`;
      note(problems.join('; '), route, number, bytes.toString('latin1').slice(0, 1500), shown);
    }
    reached++;
    statuses.set(answer?.status ?? 0, (statuses.get(answer?.status ?? 0) ?? 0) + 1);
    const tally = perRoute.get(route) ?? { asked: 0, well: 0 };
    perRoute.set(route, tally);
    tally.asked++;
    if (answer !== null && answer.status < 400) tally.well++;
    if (reached % 10_000 === 0) console.log(`${reached} requests, ${findings.size} kinds of findings`);
  }
  connection?.close();
}

/** One of sixty-four callers, none of them on a real network (RFC 5737). */
function from(attempt: Attempt, random: Random): Attempt {
  return { ...attempt, headers: [...attempt.headers, ['X-Forwarded-For', `192.0.2.${random.below(64)}`]] };
}

function note(what: string, route: string, number: number, request: string, answer: string): void {
  const known = findings.get(what) ?? { what, routes: new Set(), number, request, answer, times: 0 };
  known.times++;
  known.routes.add(route);
  findings.set(what, known);
}

async function openCluster() {
  const binaries = findPostgres();
  if (binaries === null) {
    console.error(howToInstall('postgresql'));
    process.exit(1);
  }
  const started = await startCluster(binaries);
  process.env['MEDBIZ_TEST_POSTGRES'] = started.url;
  return started;
}

function report(end: FromServer): void {
  for (const { what, routes, number, request, answer, times } of [...findings.values()].slice(0, SHOWN)) {
    console.log(`\n✗ ${what}\n  ${times} times on ${[...routes].join(', ')}; first in request ${number}`);
    for (const line of `${request}\n→ ${answer}`.split('\n')) console.log(`    ${line}`);
  }
  const seconds = (performance.now() - began) / 1000;
  const byStatus = [...statuses].toSorted(([a], [b]) => a - b).map(([status, times]) => `${status}: ${times}`);
  console.log(
    `\n${reached} requests to ${perRoute.size} routes on ${dialect}, seed ${seed}, ${Math.round(seconds)} s, ${Math.round(reached / seconds)} a second`,
  );
  console.log(`fewest for one route: ${Math.min(...[...perRoute.values()].map(({ asked }) => asked))}`);
  console.log(`by status: ${byStatus.join(', ')}`);
  // What never got through was only tried at the door.
  const closed = [...perRoute].filter(([, { well }]) => well === 0).map(([route]) => route);
  if (closed.length > 0) console.log(`never answered well: ${closed.join(', ')}`);
  if (end.kind === 'stopped')
    console.log(`server: ${end.megabytes} MiB, longest pause of its loop ${end.longestPauseMs} ms`);
  console.log(`${findings.size} kinds of findings`);
  process.exitCode = findings.size === 0 ? 0 : 1;
}
