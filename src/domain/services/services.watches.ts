import type { Watch } from '../../foundation/commands/watch.js';
import { mapMessages } from '../../foundation/live/map-messages.js';
import { OnceEach } from '../../foundation/live/once-each.js';
import type { Database } from '../../foundation/postgres/database.js';
import {
  emptyHead,
  findHashAt,
  findHead,
  follow,
  type StreamHub,
  type StreamMessage,
} from '../event-log/index.js';
import { organizationWide } from '../runtime-groups/index.js';
import { getService } from './find.js';
import { servicesStream } from './service-events.js';
import type { ServiceVersion } from './version.js';
import { readAllVersions } from './version.store.js';

export interface ServicePorts {
  readonly database: Database;
  readonly hub: StreamHub;
}

export interface FollowVersions {
  /** Null: those of all services. */
  readonly serviceId: string | null;
  readonly after: string | null;
}

/** A message, and who it is for: what they may not see, or did not ask for, is left out when it is shown. */
export interface VersionMessage {
  readonly message: StreamMessage<ServiceVersion>;
  readonly serviceId: string | null;
  readonly runtimeGroupId: string | null;
}

/** All who asked for the same and may see the same are told the same. */
const addressed = new OnceEach<StreamMessage<ServiceVersion>, VersionMessage>();

/** The versions of services, from a cursor on: all of them, then every transition as it commits. */
export function followVersions({ database, hub }: ServicePorts): Watch<FollowVersions, VersionMessage> {
  return {
    name: 'services.versions',
    action: 'service:read',
    audience: 'same-rights',
    scope: async (reader, { serviceId }, actor) => {
      if (serviceId !== null) await getService(reader, serviceId, actor);
      return organizationWide(reader, serviceId, actor);
    },
    open: ({ serviceId, after }, { actor, authorize }) => {
      const { organizationId, runtimeGroupId } = actor;
      const stream = servicesStream(actor);
      const messages = follow({
        ...{ hub, stream, after, authorize },
        snapshot: () =>
          database.snapshot(async (reader) => ({
            head: (await findHead(reader, stream)) ?? emptyHead,
            parts: [await readAllVersions(reader, { organizationId, runtimeGroupId }, serviceId)],
          })),
        hashAt: (revision) => findHashAt(database, stream, revision),
      });
      // As it stands in the events, however it was written.
      const own = serviceId?.toLowerCase() ?? null;
      const key = JSON.stringify([own, runtimeGroupId]);
      return mapMessages(messages, (message) =>
        addressed.of(message, key, () => ({ message, serviceId: own, runtimeGroupId })),
      );
    },
  };
}
