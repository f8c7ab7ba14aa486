import { newId } from '../../src/foundation/kernel/id.js';
import type { Variables } from '../kit/client.js';
import { unique, type Entity } from '../kit/seed.js';
import type { Given } from './kind-case.js';
import { kindCases } from './kinds.js';

/** A mutation with its input. */
export interface Write {
  readonly mutation: string;
  readonly input: Variables;
}

/** What the generator of writes knows of a kind. */
interface Sort {
  readonly typeName: string;
  minimal(given: Given): Variables;
  full(given: Given): Variables;
  readonly change: Variables;
}

const settings = { type: 'object', properties: { size: { type: 'integer', default: 1 } } };

/** Every kind that there is: those of gateways, and the schemas of plugins. */
const sorts: readonly Sort[] = [
  ...kindCases,
  {
    typeName: 'PluginSchema',
    minimal: () => ({ name: unique('own'), schema: settings }),
    full: () => ({ name: unique('own'), schema: settings, description: 'Ours.' }),
    change: { description: 'Changed.' },
  },
];

/** What `Given` calls the kinds that others refer to. */
const typesGiven: Readonly<Record<keyof Given, string>> = {
  service: 'GatewayService',
  route: 'Route',
  upstream: 'Upstream',
  consumer: 'Consumer',
  consumerGroup: 'ConsumerGroup',
  certificate: 'Certificate',
  caCertificate: 'CaCertificate',
  keySet: 'KeySet',
};

/** Some writes to a group that is empty, at random, over all kinds. Some may be refused; what is referred to is made before. */
export class RandomWrites {
  private readonly writes: Write[] = [];
  private readonly made = new Map<string, string[]>();

  constructor(
    private readonly runtimeGroupId: string,
    private readonly random: () => number,
  ) {}

  some(atLeast: number): readonly Write[] {
    while (this.writes.length < atLeast) this.add();
    return this.writes;
  }

  private add(): void {
    const roll = this.random();
    if (roll < 0.1) return this.bringIn();
    if (roll < 0.15) return this.restore();
    if (roll < 0.6 || this.made.size === 0) {
      return void this.create(this.oneOf(sorts), roll < 0.35 ? 'minimal' : 'full');
    }
    const { typeName, change } = this.oneOf(sorts.filter((sort) => this.made.has(sort.typeName)));
    const id = this.any(typeName);
    if (roll < 0.85) this.write(`update${typeName}`, { id, ...change });
    else this.write(`delete${typeName}`, { id, cascade: this.random() < 0.7 });
  }

  private create(sort: Sort, extent: 'minimal' | 'full'): string {
    const id = newId();
    // What is given is made first: it must come before in the list.
    const input = sort[extent](this.given());
    this.write(`create${sort.typeName}`, { runtimeGroupId: this.runtimeGroupId, id, ...input });
    this.made.set(sort.typeName, [...(this.made.get(sort.typeName) ?? []), id]);
    return id;
  }

  /** Something of a kind that was made, or is made now that it is needed. */
  private given(): Given {
    const entity = (typeName: string): Entity => {
      const sort = sorts.find((each) => each.typeName === typeName) as Sort;
      return { id: this.any(typeName) ?? this.create(sort, 'minimal'), name: '' };
    };
    return new Proxy({} as Given, { get: (_, name) => entity(typesGiven[name as keyof Given]) });
  }

  private bringIn(): void {
    const service = unique('service');
    const nameless = this.random() < 0.5 ? {} : { name: unique('route') };
    const content = JSON.stringify({
      services: [{ name: service, host: 'host', routes: [{ ...nameless, paths: [`/${service}`] }] }],
      plugins: [{ name: 'cors', service }],
      consumers: [{ username: unique('consumer'), keyauth_credentials: [{ key: unique('key') }] }],
    });
    const mode = this.random() < 0.2 ? 'SYNC' : 'APPLY';
    const documents = [{ name: 'file.json', content }];
    this.write('importConfiguration', { runtimeGroupId: this.runtimeGroupId, documents, mode });
  }

  private restore(): void {
    const revision = Math.floor(this.random() * Math.min(4, this.writes.length));
    this.write('restoreRevision', { runtimeGroupId: this.runtimeGroupId, revision });
  }

  private write(mutation: string, input: Variables): void {
    this.writes.push({ mutation, input });
  }

  private any(typeName: string): string | undefined {
    const known = this.made.get(typeName);
    return known && this.oneOf(known);
  }

  private oneOf<Member>(members: readonly Member[]): Member {
    return members[Math.floor(this.random() * members.length)] as Member;
  }
}

/** Several writes as one operation, which does one after the other. */
export function operationOf(writes: readonly Write[]): {
  readonly query: string;
  readonly variables: Variables;
} {
  const typeOf = (mutation: string): string => `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const declared = writes.map(({ mutation }, index) => `$i${index}: ${typeOf(mutation)}!`);
  const fields = writes.map(
    ({ mutation }, index) => `w${index}: ${mutation}(input: $i${index}) { revision userErrors { code } }`,
  );
  const variables = Object.fromEntries(writes.map(({ input }, index) => [`i${index}`, input]));
  return { query: `mutation (${declared.join(', ')}) { ${fields.join(' ')} }`, variables };
}
