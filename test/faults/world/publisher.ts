import type { WriteRecord } from '../../guarantees/records.js';
import type { Caller, Outcome } from './caller.js';
import { Repeating, type Pace } from './repeating.js';

export interface PublisherOptions extends Pace {
  readonly name: string;
  readonly organizationId: string;
  readonly serviceId: string;
  /** Where it is published. */
  readonly runtimeGroupId: string;
  readonly caller: Caller;
}

type State = 'PUBLISHED' | 'DEPRECATED' | 'UNPUBLISHED';

/** At most so many versions: a service has a handful. */
const mostVersions = 5;

const runtimeConfiguration = { target: { address: { url: 'http://published.internal' } } };

/** Somebody who publishes versions of one service, and takes them back, each write under a key of its own. */
export class Publisher {
  /** What was written to the log of services. Which revision of it came of a write, nobody is told. */
  readonly records: WriteRecord[] = [];
  repetitions = 0;
  private versions: { readonly id: string; readonly state: State }[] = [];
  private count = 0;
  private readonly writing: Repeating;

  constructor(private readonly options: PublisherOptions) {
    this.writing = new Repeating(() => this.writeOne(), options);
  }

  /** Finishes the write that is under way. */
  async stop(): Promise<void> {
    await this.writing.stop();
  }

  private writeOne(): Promise<void> {
    const { random } = this.options;
    const version = this.versions[Math.floor(random() * this.versions.length)];
    const isNew = this.versions.length < mostVersions && random() < 0.5;
    return version && !isNew ? this.change(version) : this.publish();
  }

  /** Other content, under another number: what was live before is history. */
  private async publish(): Promise<void> {
    const { name, serviceId, runtimeGroupId } = this.options;
    const implementation = { routes: [{ name, paths: [`/${name}/${this.count}`] }] };
    const edited = await this.write('updateServiceTemplate', { serviceId, implementation });
    if (edited.is === 'refused') return;
    const publications = [{ serviceId, number: String(this.count), runtimeConfiguration }];
    const input = { publications, runtimeGroupIds: [runtimeGroupId] };
    const { is, payload } = await this.write('publishServiceVersion', input, 'serviceVersion { id }');
    if (is === 'done') this.keep((payload['serviceVersion'] as { id: string }).id, 'PUBLISHED');
  }

  private async change({ id, state }: { readonly id: string; readonly state: State }): Promise<void> {
    const [mutation, next, more] = this.stepFrom(state);
    const { is } = await this.write(mutation, { id, ...more });
    this.versions = this.versions.filter((version) => version.id !== id);
    // What is refused is not as it was known to be: an older state of the database may be there.
    if (is === 'done' && next) this.keep(id, next);
  }

  private stepFrom(state: State): readonly [string, State | null, object] {
    if (state === 'PUBLISHED')
      return ['deprecateServiceVersion', 'DEPRECATED', { message: `It goes with write ${this.count}.` }];
    if (state === 'DEPRECATED') return ['unpublishServiceVersion', 'UNPUBLISHED', {}];
    if (this.options.random() < 0.5) return ['republishServiceVersion', 'PUBLISHED', {}];
    return ['deleteServiceVersion', null, { force: true }];
  }

  private keep(id: string, state: State): void {
    this.versions.push({ id, state });
  }

  private async write(mutation: string, input: object, selection = ''): Promise<Outcome> {
    this.count += 1;
    const key = `${this.options.name}-write-${this.count}`;
    const outcome = await this.options.caller.write(
      mutation,
      { ...input, idempotencyKey: key, reason: key },
      selection,
    );
    this.repetitions += outcome.attempts - 1;
    const { organizationId: groupId } = this.options;
    this.records.push({ key, groupId, outcome: outcome.is, revision: null });
    return outcome;
  }
}
