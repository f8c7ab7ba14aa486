import type { Slice } from '../../foundation/graphql/slice.js';
import type { ConfigurationPorts } from './gateway-config.watches.js';
import type { ExportPorts } from './export/export.queries.js';
import { exportRoute } from './graphql/export.route.js';
import { ConfigDelta, ConfigFold, ConfigSnapshot } from './graphql/config-stream.graphql.js';
import { configurationResolver } from './graphql/configuration.resolver.js';
import { DiffResolver } from './graphql/diff.resolver.js';
import { EffectivePluginsResolver } from './graphql/effective-plugins.resolver.js';
import { ExplainResolver } from './graphql/explain.resolver.js';
import { kindResolver, loadEntity, loadEntityThen } from './graphql/kind.resolver.js';
import { GroupRevisionsResolver, RestoreResolver, RevisionResolver } from './graphql/revision.resolver.js';
import { typesOf } from './graphql/kind-types.js';
import { kinds } from './kinds/index.js';

export { ConfigEntityTable, ConfigReferenceTable } from './config-entity.table.js';
export { RouteKeyTable } from './preflight/route-key.table.js';
export { countEntities } from './config-entity.store.js';
export { sealedEntities } from './reseal.js';
export { makeReadSnapshot } from './snapshot.js';

/** The configuration of groups: every kind, and what concerns a configuration as a whole. */
export function gatewayConfigSlice(ports: ConfigurationPorts & ExportPorts): Slice {
  return {
    name: 'gateway-config',
    resolvers: [
      configurationResolver(ports),
      EffectivePluginsResolver,
      DiffResolver,
      GroupRevisionsResolver,
      RevisionResolver,
      RestoreResolver,
      ExplainResolver,
      ...kinds.map(kindResolver),
    ],
    routes: [exportRoute(ports)],
    types: [ConfigSnapshot, ConfigDelta, ConfigFold, ...kinds.map((kind) => typesOf(kind).object)],
    references: kinds.map((kind, index) => ({
      typeName: kind.typeName,
      // Entities of all kinds are found in one place; the first kind looks for them all.
      node: index === 0,
      resolve: async (context, { id }) => loadEntity(context, String(id)),
      resolveThen: loadEntityThen,
    })),
  };
}
