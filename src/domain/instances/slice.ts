import type { Slice } from '../../foundation/graphql/slice.js';
import { AppliedStatusType } from './applied.graphql.js';
import { appliedResolver, AppliedStatusResolver, MissingInstanceResolver } from './applied.resolver.js';
import { RuntimeInstanceType } from './instance.graphql.js';
import { GroupInstancesResolver, loadInstance, RuntimeInstanceResolver } from './instance.resolver.js';
import type { InstancePorts } from './instance.watches.js';
import { SessionOpened, SyncStatusDelta, SyncStatusSnapshot } from './sync.graphql.js';
import { SessionResolver, syncResolver } from './sync.resolver.js';

export { countInstancesForMeter } from './count-instances.js';
export { countInstances } from './instance.store.js';
export { Presence } from './presence.js';
export { StatusPublisher } from './publish-status.js';

/** The instances of groups: who runs what. */
export function instancesSlice(ports: InstancePorts): Slice {
  return {
    name: 'instances',
    resolvers: [
      ...[RuntimeInstanceResolver, GroupInstancesResolver, SessionResolver, syncResolver(ports)],
      ...[AppliedStatusResolver, MissingInstanceResolver, appliedResolver(ports)],
    ],
    types: [RuntimeInstanceType, SessionOpened, SyncStatusSnapshot, SyncStatusDelta, AppliedStatusType],
    references: [
      {
        typeName: 'RuntimeInstance',
        node: true,
        resolve: async (context, { id }) => loadInstance(context, String(id)),
      },
    ],
  };
}
