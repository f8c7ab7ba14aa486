import { renderDeclarative } from '../../src/foundation/declarative/render.js';
import type { JsonObject } from '../../src/foundation/kernel/json.js';
import { emptyHash, memberDigest, withEntity } from '../../src/foundation/kernel/set-hash.js';
import type { Script, Subscription, WireMessage } from './scripted-server.js';

const collections = ['services', 'routes'];

export interface TestEntity {
  readonly kind: string;
  readonly collection: string;
  readonly id: string;
  readonly document: JsonObject;
}

interface ReportedSync {
  readonly session: number;
  readonly cursor: string;
  readonly outcome: string;
  readonly message?: string;
  readonly runningCursor?: string;
  readonly stateHash?: string;
}

/** A runtime group with a history, as far as its instances see it. The cursor of a revision is `c<revision>`. */
export class ScriptedGroup {
  private readonly history: (readonly TestEntity[])[] = [[]];
  private readonly live = new Set<Subscription>();
  private sessions = 0;
  readonly reports: ReportedSync[] = [];
  readonly enrolled: string[] = [];
  readonly deleted = new Set<string>();
  /** Into how many parts a snapshot is cut. */
  parts = 1;

  get head(): number {
    return this.history.length - 1;
  }

  /** Makes a revision, in which one service has this content. */
  put(index: number, document: JsonObject): void {
    const entity = service(index, document);
    this.history.push([...this.at(this.head).filter(({ id }) => id !== entity.id), entity]);
    for (const subscription of this.live) subscription.send(this.delta(this.head - 1));
  }

  /** The file that an instance should have at a revision. */
  fileAt(revision: number): string {
    return renderDeclarative(collections, this.at(revision));
  }

  hashAt(revision: number): string {
    const hash = this.at(revision).reduce(
      (sum, { kind, id, document }) => withEntity(sum, memberDigest(kind, id, document)),
      emptyHash,
    );
    return hash.toString('hex');
  }

  snapshot(): readonly WireMessage[] {
    const { head, parts } = this;
    const size = Math.ceil(this.at(head).length / parts);
    return Array.from({ length: parts }, (_, index) => ({
      __typename: 'ConfigSnapshot',
      ...{ cursor: `c${head}`, revision: head, stateHash: this.hashAt(head), part: index + 1, parts },
      entities: this.at(head).slice(index * size, (index + 1) * size),
    }));
  }

  delta(from: number): WireMessage {
    const revisions = Array.from({ length: this.head - from }, (_, index) => from + index + 1);
    return {
      __typename: 'ConfigDelta',
      ...{ fromCursor: `c${from}`, cursor: `c${this.head}`, stateHash: this.hashAt(this.head) },
      revisions: revisions.map((revision) => ({ revision, changes: this.changesOf(revision) })),
    };
  }

  /** What an instance gets on a good day: its session, what it missed, and then each change. */
  welcome(subscription: Subscription): void {
    subscription.send(this.opened(subscription.token));
    const from = subscription.after === null ? undefined : Number(subscription.after.slice(1));
    if (from === undefined) subscription.send(...this.snapshot());
    else if (from < this.head) subscription.send(this.delta(from));
    this.live.add(subscription);
    void subscription.ended.then(() => this.live.delete(subscription));
  }

  /** The first message of a session. */
  opened(token: string): WireMessage {
    this.sessions += 1;
    return {
      __typename: 'SessionOpened',
      ...{ session: this.sessions, collections },
      runtimeInstance: { id: token, hostname: 'gateway' },
      runtimeGroup: { id: 'g', name: 'default' },
    };
  }

  /** A server with this group, where the operator's token is “operator”, and an instance's is its id. */
  script(overrides: Script = {}): Script {
    return {
      letsIn: (token) => this.enrolled.includes(token) && !this.deleted.has(token),
      subscribed: (subscription) => this.welcome(subscription),
      answers: {
        organization: () => ({ defaultRuntimeGroup: { id: 'g', name: 'default', revision: this.head } }),
        runtimeGroup: ({ name }: { name: string }) =>
          name === 'default' ? { id: 'g', name, revision: this.head } : null,
        runtimeInstance: ({ id }: { id: string }) =>
          this.deleted.has(id) ? null : { id, hostname: 'gateway' },
        createRuntimeInstance: () => this.enrol(),
        reportSync: ({ input }: { input: ReportedSync }) => this.take(input),
        ...overrides.answers,
      },
      ...(overrides.letsIn && { letsIn: overrides.letsIn }),
      ...(overrides.subscribed && { subscribed: overrides.subscribed }),
    };
  }

  enrol(): object {
    const id = `instance-${this.enrolled.length + 1}`;
    this.enrolled.push(id);
    return { runtimeInstance: { id, hostname: 'gateway' }, token: id, userErrors: [] };
  }

  private take(report: ReportedSync): object {
    this.reports.push(report);
    return { accepted: true, userErrors: [] };
  }

  private at(revision: number): readonly TestEntity[] {
    return this.history[revision] ?? [];
  }

  private changesOf(revision: number): readonly object[] {
    const before = new Map(this.at(revision - 1).map((entity) => [entity.id, entity]));
    return this.at(revision)
      .filter((entity) => before.get(entity.id) !== entity)
      .map(({ document, ...entity }) => ({
        ...entity,
        operation: before.has(entity.id) ? 'UPDATED' : 'CREATED',
        after: document,
      }));
  }
}

/** One service of a group, always the same for the same number. */
function service(index: number, document: JsonObject = {}): TestEntity {
  const id = `0196f2a0-0000-7000-8000-${String(index).padStart(12, '0')}`;
  return {
    kind: 'gateway_service',
    collection: 'services',
    id,
    document: { name: `s${index}`, ...document },
  };
}
