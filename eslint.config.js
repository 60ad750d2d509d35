import eslint from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { gatehouse } from './scripts/lint/plugin.mjs';

const namedExports = { selector: 'ExportDefaultDeclaration', message: 'Named exports only.' };

const tests = ['**/*.test.ts', '**/*.test.tsx', '**/testdata/**', 'packages/*/test/**'];

/** What a migration finds belongs to the version that wrote it, so that rules about the code of today do not hold there. */
const migrations = 'packages/server/src/kernel/db/migrations/**';

/** Which folder below packages/server/src writes to a table. */
const tableOwners = {
  accounts: 'features/accounts',
  api_keys: 'features/auth',
  audit_log: 'audit',
  entries: 'features/inventory',
  entry_identities: 'features/inventory',
  folders: 'features/inventory',
  generated_keys: 'features/identities',
  host_keys: 'features/inventory',
  idempotent_requests: 'features/idempotency',
  identities: 'features/identities',
  identity_secrets: 'features/identities',
  instance: 'vault',
  job_leases: 'kernel/db',
  kek_checks: 'vault',
  known_devices: 'features/auth',
  last_logins: 'features/sessions',
  login_limits: 'features/auth',
  login_sessions: 'features/auth',
  memberships: 'features/organizations',
  nodes: 'kernel/db',
  organizations: 'features/organizations',
  owner_keys: 'vault',
  sessions: 'features/sessions',
  settings: 'features/settings',
  system_secrets: 'vault',
};

/** The files that turn a Secret into bytes: cryptography, the two ways to log in by it, and the connection to the database. */
const exposingFiles = [
  'vault/**',
  'protocols/ssh/authenticate.ts',
  'protocols/ssh/keyboard-interactive.ts',
  'features/site/metrics.ts',
  'compose/foundation.ts',
  'egress.ts',
  'commands/verify.ts',
].map((path) => `packages/server/src/${path}`);

export default tseslint.config(
  { ignores: ['**/node_modules/', 'data/', '.runtime/', 'coverage/', '**/dist/'] },
  eslint.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': ['error', 'interface'],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'max-lines': ['error', { max: 400, skipBlankLines: false }],
      'max-lines-per-function': ['error', { max: 60 }],
      'max-params': ['error', 4],
      'no-restricted-syntax': ['error', namedExports],
      'no-console': 'error',
      eqeqeq: 'error',
    },
  },
  {
    files: ['packages/web/src/**'],
    extends: [reactHooks.configs.flat['recommended-latest']],
    rules: {
      // Only tells that React Compiler would skip a component; it is not used.
      'react-hooks/incompatible-library': 'off',
      // Event handlers and effects are short functions that call one thing.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['packages/web/src/**/*.tsx'],
    // A screen's markup is long without being complicated; a component over 150 lines is two.
    rules: { 'max-lines-per-function': ['error', { max: 150 }] },
  },
  {
    files: ['packages/*/src/**/*.ts', 'packages/*/src/**/*.tsx'],
    ignores: [...tests, migrations],
    plugins: { gatehouse },
    rules: { 'gatehouse/documented-exports': 'error', 'gatehouse/parsed-json': 'error' },
  },
  {
    files: ['packages/server/src/**/*.ts'],
    ignores: [...tests, ...exposingFiles],
    plugins: { gatehouse },
    rules: { 'gatehouse/exposed-secrets': 'error' },
  },
  {
    files: ['packages/server/src/**/*.ts'],
    ignores: [...tests, migrations],
    plugins: { gatehouse },
    rules: {
      'gatehouse/table-owners': [
        'error',
        { root: 'packages/server/src', owners: tableOwners, sql: ['audit', 'kernel/db', 'vault'] },
      ],
    },
  },
  {
    // Whatever features write, record and tell, they do in a unit of work, at its one moment: docs/decisions/0018-changes.md.
    files: ['packages/server/src/features/**/*.ts'],
    ignores: tests,
    rules: {
      'no-restricted-syntax': [
        'error',
        namedExports,
        {
          selector: 'MemberExpression[property.name="transaction"], ObjectPattern > Property[key.name="transaction"]',
          message: 'Make the change with `change`.',
        },
        {
          selector:
            'NewExpression[callee.name="Date"][arguments.length=0], MemberExpression[object.name="Date"][property.name="now"]',
          message: 'Take the moment from the unit of work, or the clock that is passed in.',
        },
      ],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: '/audit/record\\.ts$',
              importNames: ['record', 'recordAll'],
              message: 'Record with the unit of work of the change.',
            },
            {
              regex: '/kernel/events\\.ts$',
              importNames: ['Events', 'NodeEvents', 'createEvents'],
              message: 'Tell with the unit of work of the change; hear with an EventStream.',
            },
          ],
        },
      ],
    },
  },
  {
    // A suite is one long function by nature, and a test's numbers speak for themselves.
    files: tests,
    rules: { 'max-lines-per-function': 'off' },
  },
  {
    files: ['*.config.ts', 'packages/*/*.config.ts', 'eslint.config.js'],
    rules: { 'no-restricted-syntax': 'off' },
  },
  {
    files: ['bench/**', 'packages/web/test/screenshots/**'],
    rules: { 'no-console': 'off' },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    languageOptions: { globals: { process: 'readonly', console: 'readonly', URL: 'readonly' } },
  },
  {
    files: ['packages/web/public/*.js'],
    languageOptions: {
      sourceType: 'script',
      globals: { document: 'readonly', localStorage: 'readonly', matchMedia: 'readonly' },
    },
  },
);
