/** The rules that hold in every file, whatever its module. A rule that is off says why. */
export const RULES = {
  // Types: what the compiler lets pass and what bites at run time.
  'typescript/no-floating-promises': [
    'error',
    // node:test waits for these by itself.
    { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'describe', 'it', 'suite'] }] },
  ],
  'typescript/no-misused-promises': 'error',
  'typescript/return-await': 'error',
  'typescript/only-throw-error': 'error',
  'typescript/prefer-promise-reject-errors': 'error',
  'typescript/use-unknown-in-catch-callback-variable': 'error',
  'typescript/switch-exhaustiveness-check': 'error',
  'typescript/no-explicit-any': 'error',
  'typescript/no-unsafe-assignment': 'error',
  'typescript/no-unsafe-call': 'error',
  'typescript/no-unsafe-member-access': 'error',
  'typescript/no-unsafe-argument': 'error',
  'typescript/no-unsafe-return': 'error',
  'typescript/no-unsafe-function-type': 'error',
  'typescript/no-empty-object-type': 'error',
  'typescript/no-non-null-assertion': 'error',
  'typescript/no-dynamic-delete': 'error',
  'typescript/no-deprecated': 'error',
  'typescript/ban-ts-comment': 'error',
  'typescript/restrict-plus-operands': 'error',
  'typescript/restrict-template-expressions': ['error', { allowNumber: true, allow: ['URL', 'URLSearchParams'] }],
  'typescript/prefer-nullish-coalescing': 'error',
  'typescript/prefer-optional-chain': 'error',
  'typescript/prefer-readonly': 'error',
  'typescript/array-type': 'error',
  'typescript/consistent-type-imports': 'error',
  'typescript/no-import-type-side-effects': 'error',
  // Strings are spread to count and walk code points, which is what we mean.
  'typescript/no-misused-spread': ['error', { allow: ['string'] }],

  eqeqeq: ['error', 'always', { null: 'ignore' }],
  complexity: ['error', 25],
  'array-callback-return': 'error',
  'default-case-last': 'error',
  'no-console': 'error',
  'no-else-return': 'error',
  'no-empty': 'error',
  'no-eval': 'error',
  'no-fallthrough': 'error',
  'no-lonely-if': 'error',
  'no-new-func': 'error',
  'no-param-reassign': 'error',
  'no-return-assign': 'error',
  'no-sequences': 'error',
  'no-template-curly-in-string': 'error',
  'no-unused-expressions': 'error',
  'no-var': 'error',
  'object-shorthand': 'error',
  'prefer-const': 'error',
  'prefer-template': 'error',
  // No unfinished business, and no rule switched off in passing: a rule that is wrong for a file is changed here.
  'no-warning-comments': [
    'error',
    { terms: ['todo', 'fixme', 'oxlint-disable', 'eslint-disable', 'biome-ignore'], location: 'anywhere' },
  ],
  'import/no-cycle': 'error',
  'import/no-commonjs': 'error',
  'import/no-default-export': 'error',
  'import/no-duplicates': 'error',
  'import/no-mutable-exports': 'error',
  'unicorn/error-message': 'error',
  'unicorn/no-array-for-each': 'error',
  'unicorn/prefer-node-protocol': 'error',
  'unicorn/prefer-string-replace-all': 'error',
  'unicorn/throw-new-error': 'error',

  // A leading underscore says that a parameter is left alone on purpose.
  'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],

  // The compiler proves that every path returns, and an exhaustive switch needs no last line.
  'typescript/consistent-return': 'off',
  // What comes from outside (JSON, branded ids) is asserted once, right where it was checked.
  'typescript/no-unsafe-type-assertion': 'off',
  // It means windows of a browser; worker threads have no origin.
  'unicorn/require-post-message-target-origin': 'off',
  // Packages of the CommonJS time are used as they are documented.
  'import/no-named-as-default-member': 'off',
  // Some modules are imported for what they do: a thread that loads its verbs, a style sheet.
  'import/no-unassigned-import': 'off',
  // A small function stands where it is used.
  'unicorn/consistent-function-scoping': 'off',
  // `...['--owner', owner]` groups the words of a command line.
  'unicorn/no-useless-spread': 'off',
  // It does not see a variable that a callback changes.
  'no-unmodified-loop-condition': 'off',
  // `then` is used for its effect too.
  'promise/always-return': 'off',
} as const;

/** `no-restricted-properties`: what no file may reach for. */
export const NO_RANDOM = [
  { object: 'Math', property: 'random', message: 'OP-05: guessable. Take randomBytes or randomInt of node:crypto.' },
  { object: 'globalThis', property: 'Math', message: 'Math is a global already.' },
];

/** Added where the environment may not be read. */
export const NO_ENVIRONMENT = [
  { object: 'process', property: 'env', message: 'House rule 6: settings come from #config, passed in.' },
  { object: 'globalThis', property: 'process', message: 'House rule 6: settings come from #config, passed in.' },
];

/** Added in tests: what runs is what counts. */
export const NO_SKIPPING = ['test', 'describe', 'it', 'suite'].flatMap((object) =>
  ['skip', 'only', 'todo'].map((property) => ({ object, property, message: 'Every test runs, always.' })),
);
