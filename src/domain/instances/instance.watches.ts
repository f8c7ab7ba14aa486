import type { Watch } from '../../foundation/commands/watch.js';
import { AtMost } from '../../foundation/kernel/at-most.js';
import { mapMessages } from '../../foundation/live/map-messages.js';
import type { Json } from '../../foundation/kernel/json.js';
import { PromisedStream, Stream, streamEnd, type Taken } from '../../foundation/live/stream.js';
import type { Execute } from '../../foundation/commands/execute.js';
import type { Database } from '../../foundation/postgres/database.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import {
  emptyHead,
  findHashAt,
  findHead,
  follow,
  selected,
  type StreamHub,
  type StreamMessage,
} from '../event-log/index.js';
import { followConfiguration, type ConfigEntity, type ReadSnapshot } from '../gateway-config/index.js';
import { getGroup } from '../runtime-groups/index.js';
import { statusStream } from './instance.commands.js';
import type { LocalSession, Presence } from './presence.js';
import { readPublished, type PublishedStatus } from './published-status.store.js';
import { statusSelection, type StatusFilter } from './status-filter.js';
import { closeSession, openSession, ownIdentity } from './session.commands.js';

export interface InstancePorts {
  readonly database: Database;
  readonly hub: StreamHub;
  readonly execute: Execute;
  readonly presence: Presence;
  readonly readSnapshot: ReadSnapshot;
  /** Opens the secrets that instances are sent. */
  readonly secrets: Keyring;
}

export interface FollowStatus {
  readonly runtimeGroupId: string;
  readonly after: string | null;
  readonly filter: StatusFilter;
}

/** The status of a group's instances, or of some, from a cursor on: all of them, then each change as it is told. */
export function syncStatus(ports: InstancePorts): Watch<FollowStatus, StreamMessage<PublishedStatus>> {
  return {
    name: 'instances.sync-status',
    action: 'instance:read',
    audience: 'same-rights',
    scope: async (reader, { runtimeGroupId }, actor) => {
      const { id, organizationId } = await getGroup(reader, runtimeGroupId, actor);
      return { organizationId, runtimeGroupId: id };
    },
    open: ({ after, filter }, { authorize, resource }) => {
      const runtimeGroupId = resource.runtimeGroupId as string;
      const stream = statusStream(runtimeGroupId);
      const selection = statusSelection(filter);
      const isMeant = ({ state }: PublishedStatus): boolean =>
        selection?.has('runtime_instance', state as unknown as Json) ?? true;
      const messages = follow({
        ...{ hub: ports.hub, stream, after, authorize },
        snapshot: () =>
          ports.database.snapshot(async (reader) => ({
            head: (await findHead(reader, stream)) ?? emptyHead,
            parts: [(await readPublished(reader, runtimeGroupId)).filter(isMeant)],
          })),
        hashAt: (revision) => findHashAt(ports.database, stream, revision),
      });
      return selection ? mapMessages(messages, (message) => selected(message, selection)) : messages;
    },
  };
}

/** The first message of every instance's stream: the session whose number its reports must carry. */
export interface SessionOpened {
  readonly is: 'session';
  readonly session: number;
  readonly runtimeInstanceId: string;
  readonly runtimeGroupId: string;
}

export interface RunConfiguration {
  readonly after: string | null;
  readonly runtimeVersion: string | null;
  readonly ipAddress: string | null;
}

/** However many instances come back at once: the database is there for others, too. */
const openingsAtOnce = 6;

export type RunMessage = SessionOpened | StreamMessage<ConfigEntity>;

/** What the instance that asks should run. The stream is its session: while it is open, the instance is connected. */
export function runtimeConfig(ports: InstancePorts): Watch<RunConfiguration, RunMessage> {
  const openings = new AtMost(openingsAtOnce);
  return {
    name: 'instances.runtime-config',
    action: 'instance:run',
    // The session's own message is made for it alone; the others are the group's.
    audience: 'instances-of-group',
    scope: (_reader, _input, actor) => {
      const { id, groupId } = ownIdentity(actor);
      const { organizationId } = actor;
      return Promise.resolve({ organizationId, runtimeGroupId: groupId, runtimeInstanceId: id });
    },
    open: async ({ after, runtimeVersion, ipAddress }, { actor, authorize }) => {
      const { id, groupId } = ownIdentity(actor);
      const opening = { replicaId: ports.presence.replicaId, runtimeVersion, ipAddress };
      const { result } = await openings.run(() => ports.execute(actor, openSession, opening));
      const local = ports.presence.add(id, result.session);
      const reader = ports.database;
      const configuration = followConfiguration(
        { reader, hub: ports.hub, readSnapshot: ports.readSnapshot },
        { runtimeGroupId: groupId, after, authorize, stop: local.replaced },
      );
      const leave = async (): Promise<void> => {
        ports.presence.remove(local);
        if (ports.hub.partingCause || local.replaced.aborted) return;
        await ports.execute(actor, closeSession, { session: local.session }).catch(() => undefined);
      };
      const opened: SessionOpened = {
        is: 'session',
        session: local.session,
        runtimeInstanceId: id,
        runtimeGroupId: groupId,
      };
      return new SessionStream(opened, configuration, local, { leave, authorize });
    },
  };
}

/** What is done when a session ends. */
interface Ending {
  readonly leave: () => Promise<void>;
  /** Throws if the instance would be let in no more. */
  readonly authorize: () => void | Promise<void>;
}

/** The configuration stream of one session: opened by its number, ended by a goodbye if another takes over. */
class SessionStream extends Stream<RunMessage> {
  private hasBegun = false;
  private isOver = false;
  /** Once the configuration has ended: what comes of the session. */
  private farewell: Stream<RunMessage> | undefined;

  constructor(
    private readonly opened: SessionOpened,
    private readonly configuration: Stream<StreamMessage<ConfigEntity>>,
    private readonly local: LocalSession,
    private readonly ending: Ending,
  ) {
    super();
  }

  take(wake: () => void): Taken<RunMessage> {
    if (this.farewell) return this.farewell.take(wake);
    if (this.isOver) return streamEnd;
    if (!this.hasBegun) {
      this.hasBegun = true;
      return { done: false, value: this.opened };
    }
    try {
      const taken = this.configuration.take(wake);
      if (!taken?.done) return taken;
    } catch (error) {
      void this.end();
      throw error;
    }
    this.farewell = new PromisedStream(this.sayFarewell());
    return this.farewell.take(wake);
  }

  async return(): Promise<IteratorResult<RunMessage, undefined>> {
    await this.configuration.return();
    await this.end();
    return streamEnd;
  }

  private async sayFarewell(): Promise<RunMessage | undefined> {
    const replaced = this.local.replaced.aborted;
    await this.end();
    if (!replaced) return undefined;
    // A session that went with its instance was not taken over by another one.
    await this.ending.authorize();
    return replacedGoodbye;
  }

  private async end(): Promise<void> {
    if (this.isOver) return;
    this.isOver = true;
    await this.ending.leave();
  }
}

const replacedGoodbye: RunMessage = {
  is: 'goodbye',
  cause: 'REPLACED',
  message:
    'Another process has connected with the identity of this instance. If that was not meant, stop one of them, and enrol it anew.',
  retryAfterMs: 60_000,
};
