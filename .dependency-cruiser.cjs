/** Which folder may import which. ARCHITECTURE.md has the rules and the reasons; only a decision record changes them. */
const server = '^packages/server/src';
const web = '^packages/web/src';

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-drawers',
      comment: 'A folder is named for what it holds.',
      severity: 'error',
      from: {},
      to: { path: '(^|/)(utils|helpers|common|shared|core|misc|manager)(/|\\.ts$)', pathNot: 'node_modules' },
    },
    {
      name: 'contract-stands-alone',
      severity: 'error',
      from: { path: '^packages/contract/src', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^packages/contract/', '^node_modules/zod/'] },
    },
    {
      name: 'nothing-imports-the-composition-root',
      severity: 'error',
      from: { path: server, pathNot: `${server}/(main\\.ts$|commands/|compose/)` },
      to: { path: `${server}/(compose/|main\\.ts$)` },
    },
    {
      name: 'kernel-knows-no-feature',
      severity: 'error',
      from: { path: `${server}/kernel/` },
      to: { path: `${server}/(access|change|features|protocols|front-door|vault|audit)/` },
    },
    {
      name: 'vault-and-audit-stand-on-the-kernel',
      severity: 'error',
      from: { path: `${server}/(vault|audit)/` },
      to: { path: `${server}/(access|change|features|protocols|front-door)/` },
    },
    {
      name: 'change-stands-on-kernel-and-audit',
      severity: 'error',
      from: { path: `${server}/change/` },
      to: { path: `${server}/(access|features|protocols|front-door|vault)/` },
    },
    {
      name: 'access-knows-no-feature',
      comment: 'What it decides on is passed in by compose. Of protocols it knows the type of a target.',
      severity: 'error',
      from: { path: `${server}/access/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/(change|features|front-door|vault|audit)/` },
    },
    {
      name: 'access-takes-only-types-of-protocols',
      severity: 'error',
      from: { path: `${server}/access/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/protocols/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'only-the-composition-root-decides-access',
      comment: 'Features take a Grant and what is obtained from it; the one Access is passed in.',
      severity: 'error',
      from: { path: `${server}/features/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/access/authorize-use\\.ts$`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'protocols-know-no-http-sql-or-features',
      severity: 'error',
      from: { path: `${server}/protocols/([^/]+)/` },
      to: {
        path: `${server}/`,
        pathNot: [
          `${server}/protocols/$1/`,
          `${server}/protocols/(protocol|untrusted-text)\\.ts$`,
          `${server}/protocols/dial/`,
          `${server}/vault/secret\\.ts$`,
          `${server}/kernel/app-error\\.ts$`,
        ],
      },
    },
    {
      name: 'a-feature-meets-another-by-its-service-types-only',
      comment:
        'And by its public-repository.ts: what other features read of its tables, or write as part of their changes.',
      severity: 'error',
      from: { path: `${server}/features/([^/]+)/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/features/`, pathNot: `${server}/features/($1/|[^/]+/(service|public-repository)\\.ts$)` },
    },
    {
      name: 'a-feature-takes-no-instance-from-another',
      severity: 'error',
      from: { path: `${server}/features/([^/]+)/`, pathNot: '\\.test\\.ts$' },
      to: {
        path: `${server}/features/[^/]+/service\\.ts$`,
        pathNot: `${server}/features/$1/`,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'features-do-not-import-protocols',
      severity: 'error',
      from: { path: `${server}/features/`, pathNot: '\\.test\\.ts$' },
      to: { path: `${server}/protocols/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'a-repository-looks-at-no-service-or-route',
      severity: 'error',
      from: { path: '/repository\\.ts$' },
      to: { path: `${server}/features/.*/(service|routes)\\.ts$` },
    },
    {
      name: 'routes-never-touch-sql',
      severity: 'error',
      from: { path: `${server}/features/.*/routes\\.ts$` },
      to: { path: `/repository\\.ts$|${server}/kernel/db/` },
    },
    {
      name: 'the-web-app-knows-the-contract-and-no-server',
      severity: 'error',
      from: { path: web },
      to: { path: '^packages/', pathNot: ['^packages/web/', '^packages/contract/src/'] },
    },
    {
      name: 'web-ui-and-lib-know-no-feature',
      severity: 'error',
      from: { path: `${web}/(ui|lib)/` },
      to: { path: `${web}/(features|workspace|app)/` },
    },
    {
      name: 'the-workspace-knows-no-feature',
      comment: 'Features plug kinds of panes into it; the app registers them.',
      severity: 'error',
      from: { path: `${web}/workspace/` },
      to: { path: `${web}/(features|app)/` },
    },
    {
      name: 'web-entries-know-no-sessions',
      comment: 'Sessions are on entries, so that they know them; what joins both is in the app.',
      severity: 'error',
      from: { path: `${web}/features/entries/` },
      to: { path: `${web}/features/sessions/` },
    },
    {
      name: 'web-features-know-no-app',
      severity: 'error',
      from: { path: `${web}/features/` },
      to: { path: `${web}/app/` },
    },
    {
      name: 'a-web-feature-meets-another-by-its-queries-and-commands-only',
      severity: 'error',
      from: { path: `${web}/features/([^/]+)/`, pathNot: '\\.test\\.tsx?$' },
      to: { path: `${web}/features/`, pathNot: `${web}/features/($1/|[^/]+/(queries|commands)\\.ts$)` },
    },
    {
      name: 'tests-stay-tests',
      severity: 'error',
      from: { pathNot: '(\\.test\\.tsx?$|/test/)' },
      to: { path: '(\\.test\\.tsx?$|packages/[^/]+/test/)' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // What is built, not written.
    exclude: { path: '^packages/web/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
};
