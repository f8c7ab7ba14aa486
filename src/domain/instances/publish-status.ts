import type { Actor, Command, NewEvent } from '../../foundation/commands/command.js';
import type { Execute } from '../../foundation/commands/execute.js';
import { equalJson, type Json } from '../../foundation/kernel/json.js';
import { Refusal } from '../../foundation/kernel/refusal.js';
import type { Logger } from '../../foundation/log/log.js';
import type { Reader } from '../../foundation/postgres/database.js';
import type { Signals } from '../../foundation/postgres/signals.js';
import { readInstancesOfGroup } from './instance.store.js';
import {
  findOrganizationOf,
  findOutdatedGroups,
  readPublished,
  storePublished,
} from './published-status.store.js';
import type { InstanceStatus } from './instance.js';
import { statusStream } from './instance.commands.js';

/**
 * Compares what the status of a group's instances is with what its stream last told, and tells the difference as one
 * revision. Nothing is told twice however many replicas do this at once: the stream's lock lets one go first.
 */
const publishStatus: Command<{ readonly runtimeGroupId: string }, null> = {
  name: 'instances.publish-status',
  action: 'instance:update',
  scope: (_reader, { runtimeGroupId }, actor) =>
    Promise.resolve({
      resource: { organizationId: actor.organizationId, runtimeGroupId },
      stream: statusStream(runtimeGroupId),
    }),
  run: async (tx, { runtimeGroupId }) => {
    const told = new Map(
      (await readPublished(tx, runtimeGroupId)).map((each) => [each.instanceId, each.state]),
    );
    const now = await readInstancesOfGroup(tx, runtimeGroupId);
    const changed = now
      .map((instance) => ({ instanceId: instance.id, state: instance.status }))
      .filter(({ instanceId, state }) => !same(told.get(instanceId), state));
    const present = new Set(now.map((instance) => instance.id));
    const removed = [...told.keys()].filter((id) => !present.has(id));
    const events = [
      ...changed.map(({ instanceId, state }) => event(instanceId, told.get(instanceId), state)),
      ...removed.map((id) => event(id, told.get(id), undefined)),
    ];
    if (events.length > 0) await storePublished(tx, runtimeGroupId, { changed, removed });
    return { result: null, events };
  },
};

/** A new target alone is not worth telling: it is told together with what the instance makes of it. */
function same(a: InstanceStatus | undefined, b: InstanceStatus): boolean {
  const essence = (status: InstanceStatus): Json => {
    const { hostname, connection, syncReason, appliedRevision } = status;
    return { hostname, connection, syncReason, appliedRevision };
  };
  return a !== undefined && equalJson(essence(a), essence(b));
}

function event(id: string, before: InstanceStatus | undefined, after: InstanceStatus | undefined): NewEvent {
  const operation = !before ? 'CREATED' : !after ? 'DELETED' : 'UPDATED';
  return {
    type: 'runtime-instance.status-changed',
    kind: 'runtime_instance',
    subjectId: id,
    operation,
    before: (before ?? null) as Json,
    after: (after ?? null) as Json,
  };
}

/** Time alone changes statuses too (syncing becomes lagging), so all groups are looked over this often. */
const lookOverMs = 1_000;

/** Hints that come close together are answered by one look: a change is usually applied within this time. */
const gatherMs = 100;

/** Keeps the status streams of all groups up to date, on hints and by the clock. */
export class StatusPublisher {
  private readonly due = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private timer: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly reader: Reader,
    private readonly execute: Execute,
    private readonly log: Logger,
  ) {}

  start(signals: Signals): void {
    signals.listen((names) => this.hint(names));
    this.timer = setInterval(() => this.enqueue(() => this.lookOver()), lookOverMs).unref();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    clearTimeout(this.gathering);
    await this.working;
  }

  private hint(names: readonly string[] | undefined): void {
    for (const name of names ?? []) {
      const [topic, groupId] = name.split('/');
      if (groupId && (topic === 'config' || topic === 'status')) this.due.add(groupId);
    }
    if (this.due.size === 0 || this.gathering) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      const groups = [...this.due];
      this.due.clear();
      this.enqueue(() => this.publish(groups));
    }, gatherMs).unref();
  }

  private enqueue(work: () => Promise<void>): void {
    this.working = this.working.then(async () => {
      if (this.stopped) return;
      await work().catch((error: unknown) => this.tellFailure(error));
    });
  }

  private async lookOver(): Promise<void> {
    await this.publish(await findOutdatedGroups(this.reader));
  }

  private async publish(groups: readonly string[]): Promise<void> {
    for (const runtimeGroupId of groups) {
      if (this.stopped) return;
      // One group that fails, as when it is being deleted, must not keep the others waiting.
      await this.publishGroup(runtimeGroupId).catch((error: unknown) => this.tellFailure(error));
    }
  }

  private async publishGroup(runtimeGroupId: string): Promise<void> {
    const organizationId = await findOrganizationOf(this.reader, runtimeGroupId);
    if (organizationId === undefined) return;
    await this.execute(itself(organizationId), publishStatus, { runtimeGroupId });
  }

  private tellFailure(error: unknown): void {
    if (error instanceof Refusal && error.kind === 'missing') return;
    this.log.warn({ err: error }, 'could not publish statuses; trying again');
  }
}

/** The control plane acting on its own account. */
function itself(organizationId: string): Actor {
  return {
    tokenId: '00000000-0000-0000-0000-000000000000',
    name: 'signalbox',
    role: 'ADMIN',
    organizationId,
    runtimeGroupId: null,
    runtimeInstanceId: null,
    expiresAt: null,
  };
}
