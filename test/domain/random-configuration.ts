import type { Client, Variables } from '../kit/client.js';
import type { Group } from '../kit/seed.js';

type TypeName =
  | 'GatewayService'
  | 'Route'
  | 'Upstream'
  | 'Target'
  | 'ConsumerGroup'
  | 'Consumer'
  | 'KeyAuthCredential'
  | 'Plugin';

/** Someone who makes, changes and deletes entities of a group at random, of kinds that refer to each other in every way. */
export class RandomEditor {
  private readonly made = new Map<TypeName, string[]>();
  private count = 0;

  constructor(
    private readonly client: Client,
    private readonly group: Group,
    private readonly random: () => number,
  ) {}

  /** Tries one change. It may be refused, or change nothing. */
  async change(): Promise<void> {
    const type = this.oneOf(Object.keys(this.inputs) as TypeName[]);
    const roll = this.random();
    if (roll < 0.5) return this.create(type);
    const id = this.any(type);
    if (id === null) return this.create(type);
    if (roll < 0.75) await this.try(`update${type}`, { id, ...this.inputs[type](), tags: [this.fresh()] });
    else await this.try(`delete${type}`, { id, cascade: true });
  }

  private readonly inputs: Readonly<Record<TypeName, () => Variables>> = {
    GatewayService: () => ({
      name: this.fresh(),
      host: `${this.fresh()}.internal`,
      readTimeout: this.upTo(60_000),
    }),
    Route: () => ({ name: this.fresh(), paths: [`/${this.fresh()}`], serviceId: this.any('GatewayService') }),
    Upstream: () => ({ name: this.fresh(), slots: 10 + this.upTo(1_000) }),
    Target: () => ({
      target: `${this.fresh()}:80`,
      weight: this.upTo(100),
      upstreamId: this.any('Upstream') ?? '',
    }),
    ConsumerGroup: () => ({ name: this.fresh() }),
    Consumer: () => ({ username: this.fresh(), groupIds: this.some('ConsumerGroup') }),
    KeyAuthCredential: () => ({ key: `secret ${this.fresh()}`, consumerId: this.any('Consumer') ?? '' }),
    Plugin: () => ({
      name: this.oneOf(['cors', 'key-auth', 'rate-limiting']),
      config: {},
      routeId: this.any('Route'),
      ...(this.random() < 0.3 && { consumerId: null, serviceId: this.any('GatewayService') }),
    }),
  };

  private async create(type: TypeName): Promise<void> {
    const field = type.charAt(0).toLowerCase() + type.slice(1);
    const given = { runtimeGroupId: this.group.id, ...this.inputs[type]() };
    const payload = await this.try(`create${type}`, given, `${field} { id }`);
    const id = (payload[field] as { readonly id: string } | null)?.id;
    if (id !== undefined) this.made.set(type, [...(this.made.get(type) ?? []), id]);
  }

  /** Refusals are part of the game; that the operation itself is wrong is not. */
  private async try(mutation: string, input: Variables, selection = ''): Promise<Variables> {
    const { data, errors } = await this.client.attempt(mutation, input, selection);
    if (!data || errors) throw new Error(`${mutation} is no operation: ${JSON.stringify(errors)}`);
    return data[mutation] as unknown as Variables;
  }

  private any(type: TypeName): string | null {
    const known = this.made.get(type) ?? [];
    return known.length === 0 || this.random() < 0.1 ? null : this.oneOf(known.slice(-12));
  }

  private some(type: TypeName): string[] {
    return (this.made.get(type) ?? []).slice(-6).filter(() => this.random() < 0.4);
  }

  private oneOf<Member>(members: readonly Member[]): Member {
    return members[this.upTo(members.length)] as Member;
  }

  private upTo(limit: number): number {
    return Math.floor(this.random() * limit);
  }

  private fresh(): string {
    this.count += 1;
    return `n${this.count}`;
  }
}
