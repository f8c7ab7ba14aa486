import type { Reference, Slice } from '../../foundation/graphql/slice.js';
import { ApprovalRequestType } from './graphql/approval.graphql.js';
import {
  ApprovalResolver,
  loadRequest,
  PlannedApprovalResolver,
  PlannedTransitionResolver,
} from './graphql/approval.resolver.js';
import { ConfigurationHistoryResolver } from './graphql/configuration-history.resolver.js';
import { EntityOwnerResolver } from './graphql/owner.resolver.js';
import { LifecycleResolver } from './graphql/lifecycle.resolver.js';
import { ServiceDiscoveryResolver } from './graphql/service-discovery.resolver.js';
import { PlanResolver } from './graphql/plan.resolver.js';
import { RuntimeConfigurationType } from './graphql/runtime-configuration.graphql.js';
import { ServiceType } from './graphql/service.graphql.js';
import { loadService, ServiceResolver, ServiceTemplateResolver } from './graphql/service.resolver.js';
import { ServiceVersionsDelta, ServiceVersionsSnapshot } from './graphql/version-stream.graphql.js';
import { versionStreamResolver } from './graphql/version-stream.resolver.js';
import { ServiceVersionType } from './graphql/version.graphql.js';
import {
  DeprecationResolver,
  GroupServiceVersionsResolver,
  loadConfiguration,
  loadVersion,
  RuntimeConfigurationResolver,
  ServiceVersionResolver,
  ServiceVersionsResolver,
} from './graphql/version.resolver.js';
import type { ServicePorts } from './services.watches.js';

export { discoveryPorts } from './discovery-ports.js';
export { withDiagrams } from './diagrams.js';
export { endServices } from './end-services.js';
export { sealedTemplates, sealedVersions } from './reseal.js';
export { usersOfRegistry } from './lookups.store.js';

const references: readonly Reference[] = [
  {
    typeName: 'Service',
    node: true,
    resolve: async (context, { id, name }) =>
      id === undefined ? loadService(context, name as string, 'name') : loadService(context, id as string),
  },
  {
    typeName: 'ServiceVersion',
    node: true,
    resolve: async (context, { id }) => loadVersion(context, String(id)),
  },
  {
    typeName: 'RuntimeConfiguration',
    node: true,
    resolve: async (context, { id }) => loadConfiguration(context, String(id)),
  },
  {
    typeName: 'ApprovalRequest',
    node: true,
    resolve: async (context, { id }) => loadRequest(context, String(id)),
  },
];

/** The catalogue: services, their versions, and how these become live. */
export function servicesSlice(ports: ServicePorts): Slice {
  return {
    name: 'services',
    resolvers: [
      ...[
        ServiceResolver,
        ServiceTemplateResolver,
        ServiceVersionsResolver,
        GroupServiceVersionsResolver,
        ServiceVersionResolver,
      ],
      ...[
        DeprecationResolver,
        RuntimeConfigurationResolver,
        LifecycleResolver,
        PlanResolver,
        versionStreamResolver(ports),
      ],
      ServiceDiscoveryResolver,
      ConfigurationHistoryResolver,
      ...[ApprovalResolver, PlannedTransitionResolver, PlannedApprovalResolver],
      EntityOwnerResolver,
    ],
    types: [
      ...[ServiceType, ServiceVersionType, RuntimeConfigurationType, ApprovalRequestType],
      ...[ServiceVersionsSnapshot, ServiceVersionsDelta],
    ],
    references,
  };
}
