import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

const environment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'The environment is read in one place: add a setting to src/foundation/config, and hand it over.',
};

const clockMessage =
  'Take a Clock (src/foundation/kernel/clock.ts): what reads the time itself cannot be tested.';

const clockAndChance = [
  { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: clockMessage },
  { selector: "MemberExpression[object.name='Date'][property.name='now']", message: clockMessage },
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Chance comes from src/foundation/kernel/id.ts.',
  },
];

const always = [
  { selector: 'ExportAllDeclaration', message: 'Name what is exported: a star hides what a module offers.' },
  {
    selector:
      ':matches(ClassDeclaration, TSInterfaceDeclaration, TSTypeAliasDeclaration)[id.name=/^(?!PageInfo$).+(Manager|Helper|Util|Utils|Handler|Processor|Data|Info|Base|Impl)$/]',
    message: 'Name the thing, not that it does something: this ending says nothing.',
  },
];

/** `no-restricted-syntax` is replaced, not extended, where it is set again: so every place says its whole list. */
const restrictedSyntax = (...more) => ({ 'no-restricted-syntax': ['error', ...always, ...more] });

const graphqlError = {
  name: 'graphql',
  importNames: ['GraphQLError'],
  message: 'Throw a refusal: src/foundation/graphql turns it into an error of the protocol, in one way.',
};

const dataSource = {
  name: 'typeorm',
  importNames: ['DataSource', 'EntityManager'],
  message: 'A store takes a Reader or a Transaction of src/foundation/postgres as its first argument.',
};

/** What eslint itself recommends, as far as the compiler does not say it already. */
const likelyMistakes = Object.fromEntries(
  [
    'no-async-promise-executor',
    'no-case-declarations',
    'no-cond-assign',
    'no-constant-binary-expression',
    'no-constant-condition',
    'no-control-regex',
    'no-duplicate-case',
    'no-empty',
    'no-empty-character-class',
    'no-empty-pattern',
    'no-fallthrough',
    'no-loss-of-precision',
    'no-misleading-character-class',
    'no-prototype-builtins',
    'no-regex-spaces',
    'no-self-assign',
    'no-sparse-arrays',
    'no-unreachable-loop',
    'no-unsafe-finally',
    'no-unsafe-optional-chaining',
    'no-useless-assignment',
    'no-useless-catch',
    'no-useless-escape',
    'preserve-caught-error',
    'use-isnan',
  ].map((rule) => [rule, 'error']),
);

const restrictedImports = (...paths) => ({ 'no-restricted-imports': ['error', { paths }] });

export default defineConfig(
  globalIgnores(['dist/', 'coverage/', '.signalbox/', 'src/clients/sdk/generated.ts']),

  {
    name: 'signalbox/everywhere',
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      ...likelyMistakes,
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      'max-params': ['error', 4],
      'max-depth': ['error', 3],
      // A switch over a union counts once, however many members the union has.
      complexity: ['error', { max: 10, variant: 'modified' }],
      // `== null` asks for null and undefined at once: to GraphQL, a field left out and a null.
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-exports': [
        'error',
        { restrictDefaultExports: { direct: true, named: true, defaultFrom: true } },
      ],
      ...restrictedImports(graphqlError, dataSource),
      ...restrictedSyntax(environment, ...clockAndChance),
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },

  {
    name: 'signalbox/typed',
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        // Tests lie beside what they test, in no tsconfig.json that the project service would find by itself.
        project: ['tsconfig.test.json', 'src/clients/console/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/consistent-type-exports': [
        'error',
        { fixMixedExportsWithInlineTypeSpecifier: true },
      ],
      '@typescript-eslint/no-import-type-side-effects': 'error',
      '@typescript-eslint/explicit-module-boundary-types': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],

      // Numbers and booleans read well in a sentence; objects do not, and stay forbidden.
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      // `() => close()`, `() => void close()` and `return close()` are how this code leaves without a result.
      '@typescript-eslint/no-confusing-void-expression': 'off',
      '@typescript-eslint/no-meaningless-void-operator': 'off',
      // An empty text is as good as none: `error.message || fallback`.
      '@typescript-eslint/prefer-nullish-coalescing': ['error', { ignorePrimitives: { string: true } }],
      // Lengths are counted in code points, as PostgreSQL counts them.
      '@typescript-eslint/no-misused-spread': [
        'error',
        { allow: [{ from: 'lib', name: 'string' }, 'string'] },
      ],
      // Classes of type-graphql are shapes, and some are built from a description.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true, allowEmpty: true }],

      // Ports are asynchronous by type, whether or not one implementation waits for anything.
      '@typescript-eslint/require-await': 'off',
      // Classes of type-graphql are shapes, so what fits is one; and on recursive types the rule runs without end.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Enums are made for the schema; the domain has unions of the same words, and the compiler compares the two.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // An assertion says the type that is meant; `!` says only that somebody was sure.
      '@typescript-eslint/non-nullable-type-assertion-style': 'off',
      // Index signatures are read with brackets, so that they look like what they are.
      '@typescript-eslint/dot-notation': 'off',
    },
  },

  {
    name: 'signalbox/resolvers',
    files: ['**/*.resolver.ts'],
    rules: {
      // A factory of a resolver holds one class of short methods, whose decorators say their types.
      'max-lines-per-function': ['error', { max: 150, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/explicit-module-boundary-types': 'off',
    },
  },

  {
    name: 'signalbox/errors-of-the-protocol',
    files: ['src/foundation/{graphql,live}/**', 'src/app/**', 'src/clients/**'],
    rules: restrictedImports(dataSource),
  },
  {
    name: 'signalbox/data-source',
    files: ['src/foundation/postgres/**', 'migrations/**'],
    rules: restrictedImports(graphqlError),
  },
  {
    name: 'signalbox/clock-and-chance',
    files: ['src/foundation/kernel/{clock,id}.ts'],
    rules: restrictedSyntax(environment),
  },
  {
    name: 'signalbox/environment',
    files: ['src/foundation/config/**', 'src/clients/*/environment.ts'],
    rules: restrictedSyntax(...clockAndChance),
  },
  {
    name: 'signalbox/terminal',
    files: ['src/clients/cli/**'],
    rules: { 'no-console': 'off' },
  },

  {
    name: 'signalbox/tests',
    files: ['**/*.test.ts', 'test/**'],
    rules: {
      'max-lines': ['error', { max: 500, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': 'off',
      complexity: 'off',
      ...restrictedImports(),
    },
  },
  {
    name: 'signalbox/tests-typed',
    files: ['**/*.test.ts', 'test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      // `expect.any(…)`, what was parsed, and the rows of `it.each` are `any`; what is expected of them says the type.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-misused-spread': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    name: 'signalbox/test-kit',
    files: ['test/kit/**'],
    rules: restrictedSyntax(...clockAndChance),
  },
  {
    name: 'signalbox/scripts',
    files: ['scripts/**', 'bin/**', 'bench/**', '*.config.{js,mjs}'],
    rules: { 'no-console': 'off', ...restrictedSyntax() },
  },
  {
    name: 'signalbox/default-exports-that-tools-demand',
    files: ['*.config.{js,mjs}', 'src/clients/console/vite.config.ts', 'test/kit/*.mjs'],
    rules: { 'no-restricted-exports': 'off' },
  },
  {
    name: 'signalbox/commonjs',
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
  },
);
