import type { Committed, Final } from '../../guarantees/guarantee.js';
import type { GroupHistory, WriteRecord } from '../../guarantees/records.js';
import { adminToken } from '../../kit/control-plane.js';
import { eventually } from '../../kit/eventually.js';
import { finalVersions } from '../../kit/final.js';
import { changes, serviceVersions, type Stream } from '../../kit/streams.js';
import { Observer } from './observer.js';
import type { Population } from './population.js';
import { Publisher } from './publisher.js';
import type { World } from './world.js';

const convergeMs = 120_000;
const pauseMs = 1_000;

type History = GroupHistory['history'];

/** Somebody who follows a log of the organization, and what it has come to for them. */
export interface Follower {
  readonly observer: Observer;
  final(): Promise<Final>;
}

/** What the organization has once: the log of its services, and the order of everything that happens in it. */
export class Catalogue {
  readonly name = 'the catalogue';
  readonly followers: Follower[] = [];
  private readonly publisher: Publisher;

  private constructor(
    private readonly world: World,
    private readonly organizationId: string,
    private readonly serviceId: string,
    private readonly group: Population,
  ) {
    const { caller, random } = world;
    const name = group.fresh('publisher');
    const runtimeGroupId = group.groupId;
    this.publisher = new Publisher({
      ...{ name, organizationId, serviceId, runtimeGroupId, caller, random, pauseMs },
    });
    for (const asked of [null, serviceId])
      this.follow('versions', serviceVersions(asked), () => this.finalOfVersions(asked));
    const ofGroup = { runtimeGroupIds: [runtimeGroupId], streams: ['CONFIG'] };
    this.follow('changes', changes({ filter: { streams: ['SERVICES'] } }), () =>
      this.finalOfChanges('services', organizationId),
    );
    this.follow('changes', changes({ filter: ofGroup }), () => this.finalOfChanges('config', runtimeGroupId));
  }

  /** Makes a service that is published in a group, with all who follow what becomes of it. */
  static async of(world: World, organizationId: string, group: Population): Promise<Catalogue> {
    const name = group.fresh('service');
    const { service } = await world.caller.make<{ service: { id: string } }>(
      'createService',
      { name, releasePolicy: 'ONE_LIVE', idempotencyKey: name },
      'service { id }',
    );
    return new Catalogue(world, organizationId, service.id, group);
  }

  get records(): readonly WriteRecord[] {
    return this.publisher.records;
  }

  get repetitions(): number {
    return this.publisher.repetitions;
  }

  history(): GroupHistory {
    return this.world.witness.history(this.organizationId, 'services');
  }

  /** Nobody writes any more. */
  rest(): Promise<void> {
    return this.publisher.stop();
  }

  /** Resolves when everything has its place in the order, and everybody has been told the last that they asked for. */
  async converge(): Promise<void> {
    await eventually(async () => {
      await this.world.witness.catchUp();
      this.assertNumbered('services', this.organizationId);
      this.assertNumbered('config', this.group.groupId);
    }, convergeMs);
    for (const { observer, final } of this.followers) {
      const told = [...(await final()).history].filter(([, { changes: has }]) => has.length > 0);
      await observer.reaches(Math.max(0, ...told.map(([revision]) => revision)), convergeMs);
    }
  }

  async leave(): Promise<void> {
    await Promise.all(this.followers.map(({ observer }) => observer.leave()));
  }

  private follow(what: string, stream: Stream, final: () => Promise<Final>): void {
    const { origin } = this.world;
    const name = this.group.fresh(what);
    this.followers.push({ observer: new Observer({ name, origin, token: adminToken, stream }), final });
  }

  /** The log of services as those see it who asked for its versions: of this service, or of all. */
  private async finalOfVersions(serviceId: string | null): Promise<Final> {
    const admin = { gql: this.world.caller.ask.bind(this.world.caller) } as never;
    const final = await finalVersions({ admin, sql: async () => [] }, serviceId);
    const { history, lost } = this.history();
    const all = [history, ...lost].flatMap((each) => [...each.values()].flatMap(({ changes: has }) => has));
    const meant = new Set(
      all.flatMap(({ id, kind, after }) =>
        kind === 'service_version' && (serviceId ?? after?.['service']) === after?.['service'] ? [id] : [],
      ),
    );
    const seen = (log: History): History => mapped(log, ({ id }) => meant.has(id));
    const revision = this.world.witness.head(this.organizationId, 'services');
    return { ...final, revision, history: seen(history), lost: lost.map(seen) };
  }

  /** The order of everything as those see it who asked for one log. */
  private async finalOfChanges(topic: 'services' | 'config', scopeId: string): Promise<Final> {
    const { history, lost } = this.order;
    const own = this.world.witness.history(scopeId, topic).history;
    const seen = [...history].map(([number, committed]) => {
      const told = pointersIn(committed).filter((each) => each.topic === topic && each.scopeId === scopeId);
      return [
        number,
        { ...committed, changes: told.flatMap((each) => own.get(each.revision)?.changes ?? []) },
      ];
    });
    const revision = this.world.witness.head(this.organizationId, 'changes');
    return { revision, stateHash: null, items: [], history: new Map(seen as [number, Committed][]), lost };
  }

  private assertNumbered(topic: 'services' | 'config', scopeId: string): void {
    const head = this.world.witness.head(scopeId, topic);
    const numbers = [...this.order.history.values()].flatMap(pointersIn);
    if (numbers.some((each) => each.topic === topic && each.scopeId === scopeId && each.revision === head))
      return;
    throw new Error(`Revision ${head} of ${topic} ${scopeId} has no place in the order of the organization`);
  }

  private get order(): GroupHistory {
    return this.world.witness.history(this.organizationId, 'changes');
  }
}

function mapped(log: History, isMeant: (change: Committed['changes'][number]) => boolean): History {
  return new Map(
    [...log].map(([revision, committed]) => [
      ...([revision, { ...committed, changes: committed.changes.filter(isMeant) }] as const),
    ]),
  );
}

/** What a place in the order stands for: a revision of another log. */
function pointersIn({
  changes: pointers,
}: Committed): { topic: string | undefined; scopeId: string; revision: number }[] {
  return pointers.map(({ kind, id, after }) => ({
    topic: kind,
    scopeId: id,
    revision: Number(after?.['revision']),
  }));
}
