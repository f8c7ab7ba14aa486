import { parse } from 'yaml';
import { kindOfCollection } from '../../src/domain/gateway-config/kinds/index.js';
import type { JsonObject } from '../../src/foundation/kernel/json.js';
import type { Committed, Final } from '../guarantees/guarantee.js';
import type { TestControlPlane } from './control-plane.js';
import type { Item } from './trace.js';

/** What can be asked, and looked into. */
export type Inspected = Pick<TestControlPlane, 'admin' | 'sql'>;

/** What the configuration of a group has come to: the export as any caller gets it, and the log as it is stored. */
export async function finalConfiguration({ admin, sql }: Inspected, groupId: string): Promise<Final> {
  const query = `query ($id: ID!) {
    exported: exportConfiguration(runtimeGroupId: $id) { revision configHash document }
    runtimeGroup(id: $id) { pluginSchemas(first: 100) { nodes { id name description schema priority } } }
  }`;
  const { exported, runtimeGroup } = await admin.gql<Exported>(query, { id: groupId });
  const { revision, configHash: stateHash } = exported;
  const entities = itemsOf(exported.document).map(({ kind: collection, ...item }) => ({
    ...item,
    kind: kindOfCollection(collection)?.name ?? collection,
  }));
  const items = [...entities, ...runtimeGroup.pluginSchemas.nodes.map(schemaItem)];
  return { revision, stateHash, items, history: await readHistory(sql, groupId) };
}

/** What the versions of one service, or of all, have come to. */
export async function finalVersions(
  { admin, sql }: Inspected,
  serviceId: string | null = null,
): Promise<Final> {
  const items = (await allVersions(admin))
    .filter(({ service }) => (serviceId ?? service.id) === service.id)
    .map(({ id, service: _, ...document }) => ({ kind: 'service_version', id, document }));
  const history = await readVersionHistory(sql, serviceId);
  return { revision: Math.max(0, ...history.keys()), stateHash: null, items, history };
}

/** Page by page. */
async function allVersions(admin: Inspected['admin']): Promise<VersionNode[]> {
  const query = `query ($after: String) { serviceVersions(first: 200, after: $after) {
    nodes { id number stage state digest service { id } } pageInfo { hasNextPage endCursor }
  } }`;
  const nodes: VersionNode[] = [];
  for (let after: string | null = null; ;) {
    const { serviceVersions: page }: { serviceVersions: VersionPage } = await admin.gql(query, { after });
    nodes.push(...page.nodes);
    if (!page.pageInfo.hasNextPage) return nodes;
    after = page.pageInfo.endCursor;
  }
}

interface VersionPage {
  readonly nodes: VersionNode[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

type VersionNode = JsonObject & { readonly id: string; readonly service: { readonly id: string } };

/** Every revision of the log of services, with what it has of these versions. */
async function readVersionHistory(
  sql: Inspected['sql'],
  serviceId: string | null,
): Promise<Map<number, Committed>> {
  const rows = await sql<EventRow>(
    `select r.revision, r.hash, r.state_hash,
       coalesce(json_agg(json_build_object('id', e.subject_id, 'after', e.after) order by e.ordinal)
         filter (where e.kind = 'service_version' and $1 in ('', coalesce(e.after, e.before) ->> 'service')), '[]') as changes
     from stream_revision r join stream_event e using (topic, scope_id, revision)
     where topic = 'services' group by r.revision, r.hash, r.state_hash`,
    [serviceId ?? ''],
  );
  return historyOf(rows);
}

/** What the status of a group's instances has come to. Its history is not told, so there is none to compare with. */
export async function finalStatus({ admin }: Inspected, groupId: string): Promise<Final> {
  const query = `query ($id: ID!) { runtimeGroup(id: $id) { instances(first: 100) { nodes {
    id hostname connection syncStatus syncReason appliedRevision
  } } } }`;
  const { runtimeGroup } = await admin.gql<{ runtimeGroup: { instances: { nodes: InstanceNode[] } } }>(
    query,
    {
      id: groupId,
    },
  );
  const items = runtimeGroup.instances.nodes.map(({ id, ...document }) => ({
    kind: 'runtime_instance',
    id,
    document,
  }));
  return { revision: null, stateHash: null, items, history: new Map() };
}

interface Exported {
  readonly exported: { readonly revision: number; readonly configHash: string; readonly document: string };
  /** What exports for gateways are without. */
  readonly runtimeGroup: { readonly pluginSchemas: { readonly nodes: readonly InstanceNode[] } };
}

function schemaItem({ id, description, ...document }: InstanceNode): Item {
  const said = typeof description === 'string' ? { ...document, description } : document;
  return { kind: 'plugin_schema', id, document: said };
}

type InstanceNode = JsonObject & { readonly id: string };

/** The entities of a declarative file. */
export function itemsOf(document: string): Item[] {
  const { _format_version, _transform, ...collections } = parse(document) as Record<string, unknown>;
  return Object.entries(collections).flatMap(([kind, entities]) =>
    (entities as InstanceNode[]).map(({ id, ...fields }) => ({ kind, id, document: fields })),
  );
}

interface EventRow {
  readonly revision: string;
  readonly hash: Buffer;
  readonly state_hash: Buffer;
  readonly changes: Committed['changes'];
}

async function readHistory(sql: Inspected['sql'], groupId: string): Promise<Map<number, Committed>> {
  const rows = await sql<EventRow>(
    `select r.revision, r.hash, r.state_hash,
       json_agg(json_build_object('kind', e.kind, 'id', e.subject_id, 'before', e.before, 'after', e.after) order by e.ordinal) as changes
     from stream_revision r join stream_event e using (topic, scope_id, revision)
     where topic = 'config' and scope_id = $1 group by r.revision, r.hash, r.state_hash`,
    [groupId],
  );
  return historyOf(rows);
}

function historyOf(rows: readonly EventRow[]): Map<number, Committed> {
  return new Map(
    rows.map(({ revision, hash, state_hash, changes }) => [
      Number(revision),
      { hash: hash.toString('hex'), stateHash: state_hash.toString('hex'), changes },
    ]),
  );
}

/** The order of everything that happens in an organization, without what is not meant. */
export async function finalChanges(
  { sql }: Pick<Inspected, 'sql'>,
  organizationId: string,
  isMeant: (change: { readonly kind: string; readonly topic: string }) => boolean = () => true,
): Promise<Final> {
  const rows = await sql<
    EventRow & { readonly changes: readonly (Committed['changes'][number] & MeantBy)[] }
  >(
    `select n.revision, n.hash, n.state_hash,
       json_agg(json_build_object('id', e.subject_id, 'after', null, 'kind', e.kind, 'topic', e.topic) order by e.ordinal) as changes
     from stream_revision n
     join stream_event p on p.topic = n.topic and p.scope_id = n.scope_id and p.revision = n.revision
     join stream_event e on e.topic = p.kind and e.scope_id = p.subject_id and e.revision = (p.after->>'revision')::bigint
     where n.topic = 'changes' and n.scope_id = $1 group by n.revision, n.hash, n.state_hash`,
    [organizationId],
  );
  const meant = rows.map((row) => ({ ...row, changes: row.changes.filter(isMeant) }));
  const revision = Math.max(0, ...rows.map((row) => Number(row.revision)));
  return { revision, stateHash: null, items: [], history: historyOf(meant) };
}

interface MeantBy {
  readonly kind: string;
  readonly topic: string;
}
