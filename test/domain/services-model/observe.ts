import type { JsonObject } from '../../../src/foundation/kernel/json.js';
import { emptyHash, memberDigest, withEntity } from '../../../src/foundation/kernel/set-hash.js';
import type { TestControlPlane } from '../../kit/control-plane.js';
import type { Ids } from './ask.js';
import type { VersionWord } from './commands.js';
import { placeOf } from './world.js';

type Sql = TestControlPlane['sql'];

/** Everything that the tables have of services. */
export interface Tables {
  readonly services: readonly ServiceRow[];
  readonly versions: readonly VersionRow[];
  readonly configurations: readonly ConfigurationRow[];
  readonly entities: readonly EntityRow[];
  /** Of the groups, and of the services. */
  readonly heads: readonly HeadRow[];
}

export interface ServiceRow {
  readonly id: string;
  readonly facts: JsonObject;
}

export interface VersionRow extends ServiceRow {
  readonly service_id: string;
  readonly runtime_group_id: string;
  readonly number: string;
  readonly stage: string;
  readonly digest: string;
  readonly one_live: boolean;
}

export interface ConfigurationRow extends ServiceRow {
  readonly service_id: string;
  readonly runtime_group_id: string;
  readonly service_version_id: string | null;
}

export interface EntityRow {
  readonly id: string;
  readonly runtime_group_id: string;
  readonly kind: string;
  readonly body: JsonObject;
  readonly owner_id: string | null;
}

interface HeadRow {
  readonly topic: 'services' | 'config';
  readonly scope_id: string;
  readonly revision: number;
  readonly state_hash: string;
}

interface EventRow {
  readonly revision: number;
  readonly kind: string;
  readonly subject_id: string;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
}

/** The facts of each thing as the log tells them. */
const factsOfService = `jsonb_build_object('name', name, 'description', description, 'labels', labels,
  'release_policy', release_policy, 'template_digest', encode(template_digest, 'hex'))`;
const factsOfVersion = `jsonb_build_object('service', service_id, 'runtime_group', runtime_group_id, 'number', number,
  'digest', encode(digest, 'hex'), 'stage', stage, 'state', state, 'notes', notes, 'deprecation', deprecation)`;
const factsOfConfiguration = `jsonb_build_object('service', service_id, 'runtime_group', runtime_group_id,
  'service_version', service_version_id, 'settings', document, 'canary', canary)`;

export async function readTables(sql: Sql): Promise<Tables> {
  return {
    services: await sql<ServiceRow>(`select id, ${factsOfService} as facts from service order by id`),
    versions: await sql<VersionRow>(
      `select id, service_id, runtime_group_id, number, stage, one_live, encode(digest, 'hex') as digest,
         ${factsOfVersion} as facts from service_version order by id`,
    ),
    configurations: await sql<ConfigurationRow>(
      `select id, service_id, runtime_group_id, service_version_id, ${factsOfConfiguration} as facts
       from runtime_configuration order by id`,
    ),
    entities: await sql<EntityRow>(
      'select id, runtime_group_id, kind, body, owner_id from config_entity order by id',
    ),
    heads: await sql<HeadRow>(
      `select topic, scope_id, revision::int, encode(state_hash, 'hex') as state_hash from stream_head
       where topic in ('services', 'config') order by topic, scope_id`,
    ),
  };
}

/** Has the words stand for what is there now; answers the versions that are. */
export function learn({ versions, configurations }: Tables, ids: Ids): VersionWord[] {
  const words = versions.map(({ id, service_id, runtime_group_id, number }) => {
    const word = { service: ids.wordOf(service_id), group: ids.wordOf(runtime_group_id), number };
    ids.learn(`version ${word.service}/${placeOf(word.group, number)}`, id);
    return word;
  });
  for (const { id, service_id, runtime_group_id, service_version_id } of configurations) {
    const version = versions.find((each) => each.id === service_version_id);
    const group = ids.wordOf(runtime_group_id);
    const place = version ? placeOf(group, version.number) : group;
    ids.learn(`configuration ${ids.wordOf(service_id)}/${place}`, id);
  }
  return words;
}

/** Folds the stream of services as whoever follows it would, and says what is wrong with it. */
export class Folded {
  private readonly state = new Map<string, { readonly kind: string; readonly facts: JsonObject }>();
  private revision = 0;

  constructor(private readonly sql: Sql) {}

  /** Reads what is new; fails where a revision is missing, or begins with something else than was there. */
  async follow(): Promise<void> {
    const events = await this.sql<EventRow>(
      `select revision::int, kind, subject_id, before, after from stream_event
       where topic = 'services' and revision > $1 order by revision, ordinal`,
      [this.revision],
    );
    for (const { revision, kind, subject_id: id, before, after } of events) {
      expect(revision - this.revision).toBeLessThanOrEqual(1);
      this.revision = revision;
      expect(this.state.get(id)?.facts ?? null).toEqual(before);
      if (after) this.state.set(id, { kind, facts: after });
      else this.state.delete(id);
    }
  }

  /** Fails unless the events and their hash add up to what the tables have. */
  agreesWith({ services, versions, configurations, heads }: Tables): void {
    const there = [...services, ...versions, ...configurations].map(({ id, facts }) => [id, facts] as const);
    const folded = [...this.state].map(([id, { facts }]) => [id, facts] as const);
    expect(Object.fromEntries(folded)).toEqual(Object.fromEntries(there));
    const head = heads.find(({ topic }) => topic === 'services');
    const members = [...this.state].map(([id, { kind, facts }]) => ({ id, kind, body: facts }));
    expect(head?.revision).toBe(this.revision);
    expect(head?.state_hash).toBe(hashOf(members));
  }
}

export function hashOf(
  members: readonly { readonly id: string; readonly kind: string; readonly body: JsonObject }[],
): string {
  const digests = members.map(({ kind, id, body }) => memberDigest(kind, id, body));
  return digests.reduce((hash, digest) => withEntity(hash, digest), emptyHash).toString('hex');
}

/** The entities of a group that belong to somebody, one line each, as the model has them. */
export function ownedLines(entities: readonly EntityRow[]): string[] {
  const names = new Map(entities.map(({ id, body }) => [id, body['name'] as string]));
  const nameOf = (id: unknown): string => names.get(id as string) ?? '';
  return entities
    .filter(({ owner_id }) => owner_id !== null)
    .map(({ kind, body }) => lineOf(kind, body, nameOf))
    .sort();
}

function lineOf(kind: string, body: JsonObject, nameOf: (id: unknown) => string): string {
  const name = body['name'] as string;
  switch (kind) {
    case 'gateway_service':
      return `gateway_service ${name} to ${body['host'] as string}`;
    case 'route':
      return `route ${name} at ${list(body['hosts'])}${list(body['paths'])} to ${nameOf(body['service'])}`;
    case 'target':
      return `target ${body['target'] as string} of ${nameOf(body['upstream'])}`;
    case 'plugin':
      return `plugin ${name} of ${nameOf(body['route'] ?? body['service'])}`;
    default:
      return `${kind} ${name}`;
  }
}

function list(values: unknown): string {
  return ((values ?? []) as string[]).join(',');
}
