import type { Client } from '../kit/client.js';
import { problemsOf } from '../kit/client.js';

/** Entities that one writer has made, by their type. */
type Mine = Record<'GatewayService' | 'Route' | 'Consumer' | 'Upstream', string[]>;

/** Someone who keeps changing a group at random. Others change it too, so that some of it is refused. */
export class RandomWriter {
  private readonly mine: Mine = { GatewayService: [], Route: [], Consumer: [], Upstream: [] };
  private count = 0;

  constructor(
    private readonly name: string,
    private readonly client: Client,
    private readonly runtimeGroupId: string,
    private readonly random: () => number,
  ) {}

  /** Tries one change; answers whether it became a revision. */
  async change(): Promise<boolean> {
    const roll = this.random();
    if (roll < 0.2) return this.create('GatewayService', { url: `http://${this.fresh()}.internal:8080/api` });
    if (roll < 0.4)
      return this.create('Route', { paths: [`/${this.fresh()}`], serviceId: this.any('GatewayService') });
    if (roll < 0.5) return this.create('Consumer', { username: this.fresh(), name: undefined });
    if (roll < 0.6) return this.create('Upstream', { algorithm: 'LEAST_CONNECTIONS' });
    if (roll < 0.7)
      return this.write('updateRoute', this.any('Route'), { paths: [`/${this.fresh()}`, '/shared'] });
    if (roll < 0.85) return this.write('updateGatewayService', this.any('GatewayService'), this.timeouts());
    if (roll < 0.93)
      return this.write('deleteGatewayService', this.take('GatewayService'), { cascade: true });
    return this.write('deleteConsumer', this.take('Consumer'), {});
  }

  private timeouts(): object {
    return { connectTimeout: 1_000 + Math.floor(this.random() * 60_000), tags: [this.fresh()] };
  }

  private async create(type: keyof Mine, input: object): Promise<boolean> {
    const field = type.charAt(0).toLowerCase() + type.slice(1);
    const given = { runtimeGroupId: this.runtimeGroupId, name: this.fresh(), ...input };
    const answer = await this.client.attempt(`create${type}`, given, `${field} { id }`);
    if (problemsOf(answer).length > 0) return false;
    const payload = (answer.data as Record<string, Record<string, { id: string }>>)[`create${type}`];
    this.mine[type].push(payload?.[field]?.id ?? '');
    return true;
  }

  private async write(mutation: string, id: string | undefined, input: object): Promise<boolean> {
    if (id === undefined) return false;
    const answer = await this.client.attempt(mutation, { id, ...input }, 'changes { id }');
    const payload = (answer.data as Record<string, { changes: readonly object[] | null }> | null)?.[mutation];
    return problemsOf(answer).length === 0 && (payload?.changes?.length ?? 0) > 0;
  }

  private any(type: keyof Mine): string | undefined {
    const known = this.mine[type];
    return known[Math.floor(this.random() * known.length)];
  }

  private take(type: keyof Mine): string | undefined {
    const id = this.any(type);
    this.mine[type] = this.mine[type].filter((each) => each !== id);
    return id;
  }

  private fresh(): string {
    this.count += 1;
    return `${this.name}-${this.count}`;
  }
}
