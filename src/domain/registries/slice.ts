import type { Slice } from '../../foundation/graphql/slice.js';
import type { RegistryPorts } from './registry.commands.js';
import { ServiceRegistryType } from './registry.graphql.js';
import { GroupRegistriesResolver, loadRegistry, registryResolver } from './registry.resolver.js';

export { Discovery } from './discovery.js';
export { sealedTokens } from './token-seal.js';

/** Service registries, given who knows what is found by them. */
export function registriesSlice(ports: RegistryPorts): Slice {
  return {
    name: 'registries',
    resolvers: [registryResolver(ports), GroupRegistriesResolver],
    types: [ServiceRegistryType],
    references: [
      {
        typeName: 'ServiceRegistry',
        node: true,
        resolve: async (context, { id }) => loadRegistry(context, String(id)),
      },
    ],
  };
}
