/**
 * Who may import whom. The rules are the architecture: src/domain/README.md explains them to people,
 * this file holds them. Checked by `npm run verify:deps`.
 */

/** The domain slices in order: each may use those before it, none may use those after it. The one list. */
const slices = [
  ...['event-log', 'encryption', 'access', 'runtime-groups', 'gateway-config', 'instances'],
  ...['registries', 'services', 'changes', 'webhooks'],
];

const test = '\\.test\\.tsx?$';
const store = '\\.(store|table)\\.ts$';
const graphqlFace = ['\\.(graphql|resolver|reference|loaders)\\.ts$', '/graphql/'];

/** A path pattern for packages from the registry. */
const packages = (...names) => `node_modules/(${names.join('|')})(/|$)`;

const sliceOrder = slices.slice(0, -1).map((slice, position) => ({
  name: 'slice-order',
  comment: `${slice} comes before the slice that it imports here: turn the dependency around.`,
  from: { path: `^src/domain/${slice}/` },
  to: { path: `^src/domain/(${slices.slice(position + 1).join('|')})/` },
}));

const layers = [
  {
    name: 'kernel-is-a-leaf',
    comment: 'The kernel is what all else stands on; it imports nothing of this project.',
    from: { path: '^src/foundation/kernel/' },
    to: { path: '^src/', pathNot: '^src/foundation/kernel/' },
  },
  {
    name: 'foundation-knows-no-domain',
    comment: 'Foundation is how, never what. Let the domain hand over what is needed.',
    from: { path: '^src/foundation/' },
    to: { path: '^src/(domain|app|clients)/' },
  },
  {
    name: 'domain-knows-no-app',
    comment: 'The app puts the domain together, not the other way round.',
    from: { path: '^src/domain/' },
    to: { path: '^src/(app|clients)/' },
  },
  {
    name: 'app-knows-no-clients',
    comment: 'Server and clients meet over GraphQL only.',
    from: { path: '^src/app/' },
    to: { path: '^src/clients/' },
  },
  {
    name: 'clients-speak-graphql-only',
    comment:
      'A client knows the control plane by its schema. Besides that: the kernel, and the declarative format.',
    from: { path: '^src/clients/' },
    to: { path: '^src/', pathNot: '^src/(clients|foundation/kernel|foundation/declarative)/' },
  },
  {
    name: 'product-knows-no-tests',
    comment: 'What ships does not import what tests it.',
    from: { path: '^(src|migrations)/', pathNot: test },
    to: { path: ['^(test|bench)/', test] },
  },
];

const slicesMeet = [
  {
    name: 'slice-is-listed',
    comment: 'A new slice takes its place in the list at the top of this file, so that its order is checked.',
    from: {},
    to: { path: '^src/domain/[^/]+/', pathNot: `^src/domain/(${slices.join('|')})/` },
  },
  {
    name: 'slices-meet-at-index',
    comment: 'What another slice offers is in its index.ts. Export it there, or do without.',
    from: { path: '^src/domain/([^/]+)/', pathNot: test },
    to: { path: '^src/domain/[^/]+/', pathNot: ['^src/domain/$1/', '^src/domain/[^/]+/index\\.ts$'] },
  },
  {
    name: 'app-meets-slices-at-slice',
    comment: 'The app wires a slice by its slice.ts, and may read the names that its index.ts offers.',
    from: { path: '^src/app/', pathNot: test },
    to: { path: '^src/domain/[^/]+/', pathNot: '^src/domain/[^/]+/(index|slice)\\.ts$' },
  },
  {
    name: 'slice-is-for-app',
    comment: 'slice.ts loads everything of a slice. Siblings import its index.ts.',
    from: { path: '^src/', pathNot: ['^src/app/', test] },
    to: { path: '^src/domain/[^/]+/slice\\.ts$' },
  },
];

const oneWay = [
  {
    name: 'sql-only-in-stores',
    comment: 'SQL lives in *.store.ts and *.table.ts. Ask a store.',
    from: { path: '^src/', pathNot: [store, '^src/foundation/postgres/'] },
    to: { path: packages('typeorm', 'pg', 'pg-[^/]+') },
  },
  {
    name: 'graphql-only-at-the-face',
    comment:
      'The model does not know how it is shown. GraphQL lives in *.graphql.ts, *.resolver.ts, *.reference.ts, *.loaders.ts and folders named graphql.',
    from: { path: '^src/(domain|foundation)/', pathNot: [...graphqlFace, '^src/foundation/live/', test] },
    to: {
      path: packages(
        'type-graphql',
        'graphql',
        'graphql-[^/]+',
        'dataloader',
        '@apollo/[^/]+',
        '@graphql-tools/[^/]+',
        '@as-integrations/[^/]+',
      ),
    },
  },
  {
    name: 'face-only-by-slice',
    comment:
      'Only slice.ts and other faces of the API import what GraphQL is made of here; the model stays free of it.',
    from: {
      path: '^src/domain/',
      pathNot: [...graphqlFace, '^src/domain/[^/]+/(index|slice)\\.ts$', test],
    },
    to: { path: graphqlFace, pathNot: 'node_modules' },
  },
  {
    name: 'resolvers-hold-no-storage',
    comment:
      'A resolver has ctx.execute, ctx.ask, ctx.watch and the loaders. There is no other road to the rows.',
    from: { path: '\\.(resolver|reference)\\.ts$' },
    to: { path: [store, '^src/foundation/postgres/(?!(list|keyset)[^/]*\\.ts$)'] },
  },
];

const everywhere = [
  {
    name: 'no-cycles',
    comment: 'Type imports included. Move what both need into a third file.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolved',
    comment: 'The imported file or package does not exist. What is built is not there in a clean checkout.',
    from: {},
    to: { couldNotResolve: true, pathNot: '^[./]*dist/' },
  },
  {
    name: 'no-undeclared-packages',
    comment: 'Every imported package is named in package.json.',
    from: {},
    to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
  },
  {
    name: 'no-dev-packages-in-product',
    comment:
      'What the server, the agent or the CLI loads is a dependency. The console is built before it ships.',
    from: { path: '^(src|migrations|bin)/', pathNot: ['^src/clients/console/', test] },
    to: {
      dependencyTypes: ['npm-dev'],
      dependencyTypesNot: ['type-only'],
      pathNot: packages('@types/[^/]+'),
    },
  },
  {
    name: 'no-orphans',
    comment: 'Nobody imports it, it imports nobody: delete it, or use it.',
    from: { orphan: true, path: '^(src|test|bench)/.*\\.tsx?$', pathNot: [test, '\\.d\\.ts$'] },
    to: {},
  },
];

module.exports = {
  forbidden: [...layers, ...sliceOrder, ...slicesMeet, ...oneWay, ...everywhere].map((rule) => ({
    severity: 'error',
    ...rule,
  })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    // Packages that consist of types only name no other entry.
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      mainFields: ['main', 'types', 'typings'],
    },
  },
};
