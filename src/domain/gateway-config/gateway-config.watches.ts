import type { StreamKey } from '../../foundation/commands/command.js';
import type { Watch } from '../../foundation/commands/watch.js';
import { mapMessages } from '../../foundation/live/map-messages.js';
import type { Stream } from '../../foundation/live/stream.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { findHashAt, follow, selected, type StreamHub, type StreamMessage } from '../event-log/index.js';
import { getGroup } from '../runtime-groups/index.js';
import type { ConfigEntity } from './config-entity.js';
import { countEntities } from './config-entity.store.js';
import { entitySelection, selectedState, type EntityFilter } from './entity-filter.js';
import type { ReadSnapshot } from './snapshot.js';

/** What following a configuration needs. */
export interface ConfigurationPorts {
  readonly reader: Reader;
  readonly hub: StreamHub;
  readonly readSnapshot: ReadSnapshot;
}

export interface FollowConfiguration {
  readonly runtimeGroupId: string;
  readonly after: string | null;
}

/** The configuration of a group, or some of it, from a cursor on: a snapshot or what was missed, then each revision as it commits. */
export function configChanges(
  ports: ConfigurationPorts,
): Watch<FollowConfiguration & EntityFilter, StreamMessage<ConfigEntity>> {
  return {
    name: 'gateway-config.changes',
    action: 'config:read',
    audience: 'same-rights',
    scope: async (reader, { runtimeGroupId }, actor) => {
      const { id, organizationId } = await getGroup(reader, runtimeGroupId, actor);
      return { organizationId, runtimeGroupId: id };
    },
    open: ({ after, ...filter }, { authorize, resource }) => {
      const followed = { after, authorize, runtimeGroupId: resource.runtimeGroupId as string };
      const selection = entitySelection(filter);
      if (!selection) return followConfiguration(ports, followed);
      const readSnapshot: ReadSnapshot = async (id) => selectedState(await ports.readSnapshot(id), selection);
      const messages = followConfiguration({ ...ports, readSnapshot }, followed);
      return mapMessages(messages, (message) => selected(message, selection));
    },
  };
}

/** Follows a group's configuration for whoever was let in. */
export function followConfiguration(
  ports: ConfigurationPorts,
  input: FollowConfiguration & {
    readonly authorize: () => void | Promise<void>;
    readonly stop?: AbortSignal;
  },
): Stream<StreamMessage<ConfigEntity>> {
  const { runtimeGroupId, ...rest } = input;
  const stream: StreamKey = { topic: 'config', scopeId: runtimeGroupId };
  return follow({
    ...rest,
    hub: ports.hub,
    stream,
    snapshot: () => ports.readSnapshot(runtimeGroupId),
    countItems: () => countEntities(ports.reader, runtimeGroupId),
    hashAt: (revision) => findHashAt(ports.reader, stream, revision),
  });
}
