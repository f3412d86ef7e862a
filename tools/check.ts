/**
 * `npm run check`: whatever can be said about the code without running it. All parts run, and each that fails says what
 * to do.
 */
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { referencePage } from '#config';
import { REVIEW_STATES, reviewStatesPage } from './review-states.ts';
import { missingTests } from './attacks/table.ts';
import { DEEPEST, OXLINT_CONFIG, oxlintConfig } from './lint/config.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const CONFIG_REFERENCE = 'docs/configuration.md';
const KERNEL_LINES = 1000;

interface Part {
  readonly name: string;
  readonly remedy: string;
  /** What is wrong; empty when all is well. */
  readonly problems: () => Promise<string>;
}

const PARTS: readonly Part[] = [
  {
    name: 'types',
    remedy: 'Fix the types named above.',
    problems: () => program('typescript/bin/tsc', ['--noEmit', '--pretty', 'false']),
  },
  {
    name: 'types of the console',
    remedy: 'Fix the types named above.',
    problems: () => program('typescript/bin/tsc', ['--pretty', 'false', '-p', 'console/tsconfig.json']),
  },
  {
    name: 'import table',
    remedy: 'Run: npm run lint:config. Then commit .oxlintrc.json with the change of tools/imports.ts or tools/lint/.',
    problems: async () =>
      (await readText(OXLINT_CONFIG)) === oxlintConfig() ? '' : '.oxlintrc.json is not what the import table gives.',
  },
  {
    name: 'folder depth',
    remedy: 'Flatten these folders, or raise DEEPEST in tools/lint/config.ts: the import table does not reach them.',
    problems: async () => globSync(`src/*/${'*/'.repeat(DEEPEST)}**/*.ts`, { cwd: ROOT }).join('\n'),
  },
  {
    name: 'lint',
    remedy:
      'Fix the lines named above. A rule is never switched off in a file; what the table allows stands in tools/imports.ts.',
    problems: () => program('oxlint/bin/oxlint', ['--deny-warnings']),
  },
  {
    name: 'format',
    remedy: 'Run: npm run format',
    problems: () => program('@biomejs/biome/bin/biome', ['format', '--colors=off', '--reporter=summary']),
  },
  {
    name: 'config reference',
    remedy: 'Run: npm run config:reference',
    problems: async () =>
      (await readText(`${ROOT}/${CONFIG_REFERENCE}`)) === referencePage()
        ? ''
        : `${CONFIG_REFERENCE} is not what the options in src/config/options.ts give.`,
  },
  {
    name: 'review states',
    remedy: 'Run: npm run review-states',
    problems: async () =>
      (await readText(fileURLToPath(REVIEW_STATES))) === reviewStatesPage()
        ? ''
        : 'docs/review-states.md is not what the table in src/developer/states.ts gives.',
  },
  {
    name: 'attack table',
    remedy: 'Name the tests in docs/security.md as they are called. Run: npm run attacks',
    problems: async () => (await missingTests()).join('\n'),
  },
  {
    name: 'kernel size',
    remedy: 'Move what is no longer kernel to the module that owns it.',
    problems: kernelSize,
  },
];

async function kernelSize(): Promise<string> {
  const files = globSync('src/kernel/**/*.ts', { cwd: ROOT });
  const texts = await Promise.all(files.map((file) => readText(`${ROOT}/${file}`)));
  const lines = texts.reduce((sum, text) => sum + text.split('\n').length - 1, 0);
  return lines < KERNEL_LINES ? '' : `src/kernel has ${lines} lines; it stays under ${KERNEL_LINES}.`;
}

/** Runs a tool of node_modules on this very Node; what it printed if it failed. */
function program(path: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const script = fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url));
    execFile(process.execPath, [script, ...args], { cwd: ROOT, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      resolve(error === null ? '' : `${stdout}${stderr}`.trim() || error.message);
    });
  });
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');

const results = await Promise.all(
  PARTS.map(async (part) => {
    const began = performance.now();
    const found = await part.problems();
    return { ...part, found, seconds: ((performance.now() - began) / 1000).toFixed(1) };
  }),
);
for (const { name, remedy, found, seconds } of results) {
  console.log(`${found === '' ? 'ok    ' : 'FAILED'} ${name}  ${seconds} s`);
  if (found !== '') console.log(`\n${found}\n\n  → ${remedy}\n`);
}
process.exitCode = results.every(({ found }) => found === '') ? 0 : 1;
