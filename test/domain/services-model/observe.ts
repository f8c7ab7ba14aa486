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

/** All that there is, at one moment. */
export interface State {
  readonly tables: Tables;
  /** Of the stream of services: what came after a revision. */
  readonly events: readonly EventRow[];
  /** Equal for states of which every row of every table of services and entities is equal. */
  readonly text: string;
}

const rowsOf = (columns: string, from: string, order = 'id'): string =>
  `(select coalesce(json_agg(to_json(r) order by ${order}), '[]') from (select ${columns} from ${from}) r)`;

/** Everything in one statement. */
const stateText = `select json_build_object(
  'services', ${rowsOf(`id, ${factsOfService} as facts`, 'service')},
  'versions', ${rowsOf(
    `id, service_id, runtime_group_id, number, stage, one_live, encode(digest, 'hex') as digest, ${factsOfVersion} as facts`,
    'service_version',
  )},
  'configurations', ${rowsOf(
    `id, service_id, runtime_group_id, service_version_id, ${factsOfConfiguration} as facts`,
    'runtime_configuration',
  )},
  'entities', ${rowsOf('id, runtime_group_id, kind, body, owner_id', 'config_entity')},
  'heads', ${rowsOf(
    `topic, scope_id, revision::int, encode(state_hash, 'hex') as state_hash`,
    `stream_head where topic in ('services', 'config')`,
    'topic, scope_id',
  )},
  'digests', json_build_array(${[
    'service',
    'service_seal',
    'service_version',
    'runtime_configuration',
    'config_entity',
  ]
    .map((table) => `(select md5(string_agg(t::text, '' order by t::text)) from ${table} t)`)
    .join(', ')})
)::text as text, ${rowsOf(
  'revision::int, ordinal, kind, subject_id, before, after',
  `stream_event where topic = 'services' and revision > $1`,
  'revision, ordinal',
)} as events`;

/** What there is now, with the events after a revision. */
export async function readState(sql: Sql, revision: number): Promise<State> {
  const [row] = await sql<Pick<State, 'text' | 'events'>>(stateText, [revision]);
  const { text, events } = row as Pick<State, 'text' | 'events'>;
  return { tables: JSON.parse(text) as Tables, events, text };
}

/** What the tables have. */
export async function readTables(sql: Sql): Promise<Tables> {
  return (await readState(sql, Number.MAX_SAFE_INTEGER)).tables;
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
  /** How far it is. */
  revision = 0;

  /** Takes what is new; fails where a revision is missing, or begins with something else than was there. */
  take(events: readonly EventRow[]): void {
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

const digests = new Map<string, Buffer>();

/** Most entities are as they were a step ago. */
function digestOf(kind: string, id: string, body: JsonObject): Buffer {
  const key = `${kind} ${id} ${JSON.stringify(body)}`;
  const digest = digests.get(key) ?? memberDigest(kind, id, body);
  if (digests.size > 10_000) digests.clear();
  digests.set(key, digest);
  return digest;
}

export function hashOf(
  members: readonly { readonly id: string; readonly kind: string; readonly body: JsonObject }[],
): string {
  const all = members.map(({ kind, id, body }) => digestOf(kind, id, body));
  return all.reduce((hash, digest) => withEntity(hash, digest), emptyHash).toString('hex');
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
