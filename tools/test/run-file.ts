import { once } from 'node:events';
import { run } from 'node:test';
import type { EventData } from 'node:test';

export interface Failure {
  /** Suites and test, from the outside in; empty when the file itself failed. */
  readonly path: readonly string[];
  readonly line: number | null;
  readonly text: string;
}

export interface FileResult {
  readonly passed: number;
  readonly failures: readonly Failure[];
  /** Tests that did not run because what they stand in failed. They count as failed; why is told once. */
  readonly notRun: number;
  readonly ms: number;
  /** What the file printed, and what its tests had to tell. */
  readonly printed: string;
}

/** A test that hangs is named; a file that does not end is ended. */
const TEST_MS = 120_000;
const FILE_MS = 240_000;

type Failed = EventData.TestFail;

/** Runs one test file in a process of its own. A skipped test is a failed one, and so is a file without tests. */
export async function runFile(file: string, stop: AbortSignal): Promise<FileResult> {
  const began = performance.now();
  const failures: Failure[] = [];
  const printed: string[] = [];
  const tree = new Map<number, EventData.TestEnqueue>();
  const running = new Map<number, EventData.TestEnqueue>();
  let passed = 0;
  let notRun = 0;
  let fileFailure: Failed | null = null;

  const pathOf = (id: number | undefined): readonly string[] => {
    const node = id === undefined ? undefined : tree.get(id);
    return node === undefined ? [] : [...pathOf(node.parentId), node.name];
  };
  const fail = (test: { testId: number; line?: number }, text: string): void => {
    failures.push({ path: pathOf(test.testId), line: test.line ?? null, text });
  };

  const stream = run({
    files: [file],
    timeout: TEST_MS,
    signal: AbortSignal.any([stop, AbortSignal.timeout(FILE_MS)]),
  });
  // The file itself is reported as a test too: the one without `entryFile`.
  stream.on('test:enqueue', (test) => {
    if (test.entryFile === undefined) return;
    tree.set(test.testId, test);
    if (test.type === 'test') running.set(test.testId, test);
  });
  stream.on('test:pass', (test) => {
    if (test.entryFile === undefined || test.details.type === 'suite') return;
    running.delete(test.testId);
    if (test.skip === undefined && test.todo === undefined) passed++;
    else fail(test, 'It was skipped. Every test runs, always.');
  });
  stream.on('test:fail', (test) => {
    running.delete(test.testId);
    const kind = failureType(test);
    if (test.entryFile === undefined) fileFailure = test;
    else if (kind === 'cancelledByParent') notRun++;
    // Its own subtests have told it.
    else if (kind !== 'subtestsFailed') fail(test, textOf(test));
  });
  stream.on('test:diagnostic', ({ message, file: of }) => {
    if (of !== undefined) printed.push(`${message}\n`);
  });
  stream.on('test:stdout', ({ message }) => printed.push(message));
  stream.on('test:stderr', ({ message }) => printed.push(message));
  stream.resume();
  await once(stream, 'end');

  if (fileFailure !== null && failureType(fileFailure) === 'testAborted') {
    const hung = [...running.keys()].map((id) => pathOf(id).join(' › '));
    const why = stop.aborted ? 'It was interrupted.' : `It did not end within ${FILE_MS / 1000} seconds.`;
    failures.push({ path: [], line: null, text: [why, ...hung.map((each) => `not ended: ${each}`)].join('\n') });
    notRun += Math.max(0, running.size - 1);
  } else if (fileFailure !== null && failures.length + notRun === 0) {
    failures.push({ path: [], line: null, text: 'The file failed outside of its tests; see what it printed.' });
  } else if (passed + failures.length + notRun === 0) {
    failures.push({ path: [], line: null, text: 'There is no test in it.' });
  }
  return { passed, failures, notRun, ms: performance.now() - began, printed: printed.join('') };
}

/** What Node's runner says about a failure besides the error: `testCodeFailure`, `hookFailed`, `testAborted`, … */
function failureType(test: Failed): string {
  return 'failureType' in test.details.error ? String(test.details.error.failureType) : '';
}

/** The error of the test itself, without the lines of Node's own stack. */
function textOf(test: Failed): string {
  const { error } = test.details;
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const lines = (cause.stack ?? cause.message).split('\n').filter((line) => !/^\s+at .*node:/.test(line));
  const where = failureType(test) === 'hookFailed' ? [`${error.message}:`] : [];
  const deeper = cause.cause instanceof Error ? [`caused by ${cause.cause.stack ?? cause.cause.message}`] : [];
  return [...where, ...lines, ...deeper].join('\n');
}
