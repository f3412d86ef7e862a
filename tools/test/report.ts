import { relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { FileResult } from './run-file.ts';

/** So much of what a failed file printed is shown. */
const PRINTED_LINES = 60;

/** Writes results as they come and the failures once more, by name, at the end. */
export interface Report {
  file(path: string, result: FileResult): void;
  /** The last line is `N passed, N failed`, alone and plain. Returns whether all is well. */
  end(): boolean;
}

export function createReport(root: string, out: (line: string) => void): Report {
  let passed = 0;
  let failed = 0;
  const failedNames: string[] = [];
  const nearer = (text: string): string =>
    text.replaceAll(`${pathToFileURL(root).href}/`, '').replaceAll(`${root}/`, '');

  return {
    file(path, result) {
      const name = relative(root, path);
      const bad = result.failures.length + result.notRun;
      passed += result.passed;
      failed += bad;
      const counts = bad === 0 ? `${result.passed} passed` : `${result.passed} passed, ${bad} failed`;
      out(`${bad === 0 ? 'ok    ' : 'FAILED'} ${name}  ${counts}, ${(result.ms / 1000).toFixed(1)} s`);
      if (bad === 0) return;
      for (const { path: names, line, text } of result.failures) {
        const title = [line === null ? name : `${name}:${line}`, ...names].join(' › ');
        failedNames.push(title);
        out(`\n  ✗ ${title}`);
        for (const each of nearer(text).split('\n')) out(`    ${each}`);
      }
      if (result.notRun > 0) {
        failedNames.push(`${name}: ${result.notRun} tests did not run, because what they stand in failed`);
        out(`\n  ✗ ${result.notRun} more tests did not run`);
      }
      const lines = nearer(result.printed).trimEnd().split('\n');
      if (lines.join('') !== '') {
        out(`\n  It printed${lines.length > PRINTED_LINES ? ` (the last ${PRINTED_LINES} lines)` : ''}:`);
        for (const each of lines.slice(-PRINTED_LINES)) out(`    | ${each}`);
      }
      out('');
    },

    end() {
      if (failedNames.length > 0) out(`\n${failedNames.map((name) => `✗ ${name}`).join('\n')}`);
      out(`\n${passed} passed, ${failed} failed`);
      return failed === 0 && passed > 0;
    },
  };
}
