import type { Command, NewEvent } from '../../foundation/commands/command.js';
import { newEvent } from '../../foundation/commands/new-event.js';
import type { Execute } from '../../foundation/commands/execute.js';
import type { PeriodicJob } from '../../foundation/jobs/periodic.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import type { Json } from '../../foundation/kernel/json.js';
import { Refusal } from '../../foundation/kernel/refusal.js';
import type { Logger } from '../../foundation/log/log.js';
import type { Reader } from '../../foundation/postgres/database.js';
import type { Signals } from '../../foundation/postgres/signals.js';
import { itself } from '../access/index.js';
import { readInstancesOfGroup } from './instance.store.js';
import { findOutdated, findPublished, storePublished, type OutdatedGroup } from './published-status.store.js';
import type { InstanceStatus } from './instance.js';
import { statusStream } from './instance.commands.js';

type Publish = Pick<OutdatedGroup, 'runtimeGroupId' | 'instanceIds'>;

/**
 * Compares what the status of some instances of a group is with what its stream last told, and tells the difference as one
 * revision. Nothing is told twice whoever does this at once: the stream's lock lets one go first.
 */
const publishStatus: Command<Publish, null> = {
  name: 'instances.publish-status',
  action: 'instance:update',
  scope: (_reader, { runtimeGroupId }, actor) =>
    Promise.resolve({
      resource: { organizationId: actor.organizationId, runtimeGroupId },
      stream: statusStream(runtimeGroupId),
    }),
  run: async (tx, { runtimeGroupId, instanceIds }) => {
    const published = await findPublished(tx, runtimeGroupId, instanceIds);
    const told = new Map(published.map((each) => [each.instanceId, each.state]));
    const now = await readInstancesOfGroup(tx, runtimeGroupId, instanceIds);
    const changed = now
      .map((instance) => ({ instanceId: instance.id, state: instance.status }))
      .filter(({ instanceId, state }) => isNews(told.get(instanceId), state));
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
const essence = ['hostname', 'connection', 'syncReason', 'appliedRevision', 'rejectedMessage'] as const;

function isNews(told: InstanceStatus | undefined, now: InstanceStatus): boolean {
  return !told || essence.some((field) => (told[field] ?? null) !== now[field]);
}

function event(id: string, before: InstanceStatus | undefined, after: InstanceStatus | undefined): NewEvent {
  return newEvent({
    type: 'runtime-instance.status-changed',
    kind: 'runtime_instance',
    subjectId: id,
    before: (before ?? null) as Json,
    after: (after ?? null) as Json,
  });
}

/** Time alone changes statuses too (syncing becomes lagging), so all instances are looked over this often. */
const lookOverMs = 1_000;

/** A replica that has not looked over all for this long may no longer be the one that does. */
const leadMs = 3 * lookOverMs;

/** Hints that come close together are answered by one look: a change is usually applied within this time. */
const gatherMs = 100;

/** Keeps the status streams of all groups up to date, on hints and by the clock. One replica does it for all. */
export class StatusPublisher {
  /** Looks over all instances. Whoever does this answers the hints, too. */
  readonly job: PeriodicJob = {
    name: 'instances.publish-status',
    everyMs: lookOverMs,
    run: () => {
      this.leadsUntil = systemClock.monotonic() + leadMs;
      return this.enqueue(() => this.publish());
    },
  };

  private leadsUntil = 0;
  private readonly due = new Set<string>();
  private gathering: NodeJS.Timeout | undefined;
  private working: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly reader: Reader,
    private readonly execute: Execute,
    private readonly log: Logger,
  ) {}

  listen(signals: Signals): void {
    signals.listen((names) => this.hint(names));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.gathering);
    await this.working;
  }

  private hint(names: readonly string[] | undefined): void {
    if (systemClock.monotonic() > this.leadsUntil) return;
    for (const name of names ?? []) {
      const [topic, groupId] = name.split('/');
      if (groupId && (topic === 'config' || topic === 'instances')) this.due.add(groupId);
    }
    if (this.due.size === 0 || this.gathering) return;
    this.gathering = setTimeout(() => {
      this.gathering = undefined;
      const groups = [...this.due];
      this.due.clear();
      this.enqueue(() => this.publish(groups)).catch((error: unknown) => this.tellFailure(error));
    }, gatherMs).unref();
  }

  private enqueue(work: () => Promise<void>): Promise<void> {
    const done = this.working.then(async () => {
      if (!this.stopped) await work();
    });
    this.working = done.catch(() => undefined);
    return done;
  }

  /** Tells what is new in these groups, or in all. */
  private async publish(groups?: readonly string[]): Promise<void> {
    for (const { organizationId, ...outdated } of await findOutdated(this.reader, groups)) {
      if (this.stopped) return;
      // One group that fails, as when it is being deleted, must not keep the others waiting.
      await this.execute(itself(organizationId), publishStatus, outdated).catch((error: unknown) =>
        this.tellFailure(error),
      );
    }
  }

  private tellFailure(error: unknown): void {
    if (error instanceof Refusal && error.kind === 'missing') return;
    this.log.warn({ err: error }, 'could not publish statuses; trying again');
  }
}
