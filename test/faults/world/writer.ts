import type { WriteRecord } from '../../guarantees/records.js';
import type { Caller, Outcome } from './caller.js';
import { Repeating, type Pace } from './repeating.js';

export interface WriterOptions extends Pace {
  readonly name: string;
  readonly groupId: string;
  readonly caller: Caller;
  /** How many entities a large write changes. */
  readonly batch: number;
}

/** Somebody who keeps changing one group, in small and in large writes, each under a key of its own. */
export class Writer {
  readonly records: WriteRecord[] = [];
  /** How often a write was tried again, because it was not known what had come of it. */
  repetitions = 0;
  private readonly routes: string[] = [];
  private count = 0;
  private readonly writing: Repeating;

  constructor(private readonly options: WriterOptions) {
    this.writing = new Repeating(() => this.writeOne(options.random()), options);
  }

  /** Finishes the write that is under way. */
  async stop(): Promise<void> {
    await this.writing.stop();
  }

  private writeOne(roll: number): Promise<unknown> {
    const { groupId: runtimeGroupId } = this.options;
    const name = this.fresh();
    if (roll < 0.35)
      return this.write('importConfiguration', { runtimeGroupId, documents: [this.file(name)] });
    const route = this.routes[Math.floor(this.options.random() * this.routes.length)];
    if (route === undefined || roll < 0.6)
      return this.create(name, { runtimeGroupId, name, paths: [`/${name}`] });
    if (roll < 0.85) return this.write('updateRoute', { id: route, paths: [`/${name}`, '/shared'] });
    this.routes.splice(this.routes.indexOf(route), 1);
    return this.write('deleteRoute', { id: route });
  }

  private async create(name: string, input: object): Promise<void> {
    const { is, payload } = await this.write('createRoute', { ...input, name }, 'route { id }');
    if (is === 'done') this.routes.push((payload['route'] as { id: string }).id);
  }

  /** The same services each time, of which each is another. */
  private file(tag: string): object {
    const { batch, name } = this.options;
    const services = Array.from({ length: batch }, (_, index) => ({
      ...{ name: `${name}-service-${index}`, host: `${name}-${index}.internal`, tags: [tag] },
    }));
    return { name: 'services.json', content: JSON.stringify({ _format_version: '3.0', services }) };
  }

  private async write(mutation: string, input: object, selection = ''): Promise<Outcome> {
    const key = `${this.options.name}-write-${this.count}`;
    const record: WriteRecord = { key, groupId: this.options.groupId, outcome: 'unknown', revision: null };
    const index = this.records.push(record) - 1;
    // What a write is called stands in the log, too: so it can be found there.
    const outcome = await this.options.caller.write(
      mutation,
      { ...input, idempotencyKey: key, reason: key },
      selection,
    );
    this.repetitions += outcome.attempts - 1;
    const revision = outcome.is === 'done' ? (outcome.payload['revision'] as number) : null;
    this.records[index] = { ...record, outcome: outcome.is, revision };
    return outcome;
  }

  private fresh(): string {
    this.count += 1;
    return `${this.options.name}-${this.count}`;
  }
}
