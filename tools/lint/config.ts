/** `npm run lint:config`: makes `.oxlintrc.json` from the import table and the rules. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import {
  CONSOLE_CONTRACTS,
  IMPORTS,
  type MayImport,
  MODULES,
  MODULES_WITH_PORTS,
  type Module,
  ONLY_BY_NAME,
  PORTS_MAY_IMPORT,
  READS_ENVIRONMENT,
} from '../imports.ts';
import { NO_ENVIRONMENT, NO_RANDOM, NO_SKIPPING, RULES } from './rules.ts';

export const OXLINT_CONFIG = fileURLToPath(new URL('../../.oxlintrc.json', import.meta.url));

/** How deep folders go within a module; `npm run check` refuses deeper ones. */
export const DEEPEST = 4;

interface Override {
  readonly files: readonly string[];
  readonly rules: Readonly<Record<string, unknown>>;
}

const folderOf = (module: Module): string => (module === 'contracts' ? 'contracts' : `src/${module}`);

/** Patterns are read like .gitignore: everything is refused, then taken back; a leading # would be a comment. */
function restrictedImports(who: string, may: MayImport, depth: number, refused: readonly string[]): object {
  const doors = may.doors === 'all' ? [...MODULES.map((module) => `#${module}`), CONSOLE_CONTRACTS] : may.doors;
  const builtins = may.builtins === 'any' ? ['node:*', 'node:*/*'] : may.builtins;
  const named = [...doors, ...may.packages, ...(may.builtins === 'any' ? ['any node:* module'] : builtins)];
  return {
    paths: refused.map((name) => ({ name, message: `${who} may not import it (tools/imports.ts).` })),
    patterns: [
      // First, because a pattern that takes back ends the search.
      {
        regex: String.raw`^(\./)*(\.\./){${depth}}|[^/.]/\.\./`,
        message: 'A relative path never leaves its module: import it by #name (tools/imports.ts).',
      },
      {
        group: [
          '**',
          ...['./**', '../**', ...builtins, ...doors, ...may.packages].map((one) => `!${one.replace(/^#/, '\\#')}`),
        ],
        message: `${who} may import ${named.join(', ') || 'nothing'} (tools/imports.ts).`,
      },
    ],
  };
}

/** One override for every depth of folder, since `../` leaves the module from its top and stays inside from below. */
function moduleOverrides(module: Module): Override[] {
  const refused = Object.entries(ONLY_BY_NAME)
    .filter(([, modules]) => !modules.includes(module))
    .map(([builtin]) => builtin);
  return Array.from({ length: DEEPEST }, (_, index) => ({
    files: [`${folderOf(module)}/${'*/'.repeat(index)}*.ts`],
    rules: {
      'no-restricted-imports': ['error', restrictedImports(module, IMPORTS[module], index + 1, refused)],
    },
  }));
}

const restrict = (properties: readonly object[]): Override['rules'] => ({
  'no-restricted-properties': ['error', ...properties],
});

function overrides(): Override[] {
  return [
    ...MODULES.flatMap(moduleOverrides),
    {
      files: MODULES_WITH_PORTS.map((module) => `${folderOf(module)}/ports/*.ts`),
      rules: {
        'no-restricted-imports': ['error', restrictedImports('ports/', PORTS_MAY_IMPORT, 1, Object.keys(ONLY_BY_NAME))],
      },
    },
    { files: ['src/**/*.ts', 'contracts/**/*.ts'], rules: restrict([...NO_RANDOM, ...NO_ENVIRONMENT]) },
    { files: READS_ENVIRONMENT, rules: restrict(NO_RANDOM) },
    { files: ['tests/**/*.ts'], rules: restrict([...NO_RANDOM, ...NO_SKIPPING]) },
    // Their tools look for a default export.
    { files: ['console/*.config.ts'], rules: { 'import/no-default-export': 'off' } },
    // Programs to look at the console with; never shipped.
    { files: ['console/dev/*.ts'], rules: { 'no-console': 'off' } },
    // Samples that people copy are code in strings.
    { files: ['console/features/client/samples/*.ts'], rules: { 'no-template-curly-in-string': 'off' } },
    // Programs of the command line, which speak to a person.
    { files: ['tools/**/*.ts', 'bench/**/*.ts', 'demo/**/*.ts', 'bin/*.js'], rules: { 'no-console': 'off' } },
    // Plain JavaScript, for an old Node and for browsers: nothing in it has a type.
    {
      files: ['bin/*.js', 'src/signin/assets/*.js'],
      rules: Object.fromEntries(
        Object.keys(RULES)
          .filter((rule) => rule.startsWith('typescript/no-unsafe-'))
          .map((rule) => [rule, 'off']),
      ),
    },
    // oauth4webapi and openid-client mark the option for plain http as deprecated so that it stands out; on loopback it is right.
    { files: ['tests/interop/*.ts', 'demo/diary/*.ts'], rules: { 'typescript/no-deprecated': 'off' } },
    // passport-oauth2 calls what its strategies may use `_oauth2`.
    {
      files: ['tests/interop/passport-oauth2.test.ts'],
      rules: { 'no-underscore-dangle': ['error', { allow: ['_oauth2'] }] },
    },
  ];
}

/** The text of `.oxlintrc.json`: a line for each override, so that a change of the table reads as one. */
export function oxlintConfig(): string {
  const head = {
    $schema: './node_modules/oxlint/configuration_schema.json',
    plugins: ['eslint', 'typescript', 'unicorn', 'oxc', 'import', 'promise', 'node'],
    options: { typeAware: true, reportUnusedDisableDirectives: 'error' },
    categories: { correctness: 'error', suspicious: 'error' },
    ignorePatterns: ['node_modules', 'data', 'coverage'],
    rules: { ...RULES, ...restrict(NO_RANDOM) },
  };
  const lines = overrides().map((override) => `    ${JSON.stringify(override)}`);
  return [
    '// Made by `npm run lint:config` from tools/imports.ts and tools/lint/rules.ts; do not edit.',
    `${JSON.stringify(head, null, 2).slice(0, -2)},`,
    '  "overrides": [',
    lines.join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

if (import.meta.main) await writeFile(OXLINT_CONFIG, oxlintConfig());
