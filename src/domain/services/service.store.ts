import type { Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { columnsOf } from '../../foundation/postgres/insert-rows.js';
import { list, mapPage, type ListPage, type ListRequest } from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { Labels } from '../runtime-groups/index.js';
import type { Implementation } from './implementation.js';
import type { ReleasePolicy, Service, Template } from './service.js';

interface ServiceRow {
  readonly id: string;
  readonly organization_id: string;
  readonly name: string;
  readonly description: string;
  readonly labels: Labels;
  readonly release_policy: ReleasePolicy;
  readonly template: Implementation | null;
  readonly template_digest: Buffer | null;
  readonly template_version: number;
  readonly version: number;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const serviceColumns = `s.id, s.organization_id, s.name, s.description, s.labels, s.release_policy, s.template,
  s.template_digest, s.template_version, s.version, s.created_at, s.updated_at`;

function serviceOf(row: ServiceRow): Service {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    description: row.description,
    labels: row.labels,
    releasePolicy: row.release_policy,
    template: templateOf(row),
    version: row.version,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function templateOf({
  template,
  template_digest: digest,
  template_version: version,
}: ServiceRow): Template | null {
  return template && digest && { implementation: template, digest, version };
}

/** Whoever may see one group only sees the services that have a version there. */
const visible = (organization: string, group: string): string =>
  `s.organization_id = ${organization} and (${group}::uuid is null or exists (
     select from service_version v where v.service_id = s.id and v.runtime_group_id = ${group}))`;

const byIds = statement(
  'services.by_ids',
  `select ${serviceColumns} from service s where s.id = any($1::uuid[]) and ${visible('$2', '$3')}`,
);
const byNames = statement(
  'services.by_names',
  `select ${serviceColumns} from service s where s.name = any($1::text[]) and ${visible('$2', '$3')}`,
);

/** The visible ones of the services asked for, in any order. What is no id finds nothing. */
export async function findServices(
  reader: Reader,
  visibility: Visibility,
  ids: readonly string[],
): Promise<Service[]> {
  return find(reader, byIds, visibility, ids.filter(isId));
}

/** The visible ones of the services with these names, in any order. */
export async function findServicesByName(
  reader: Reader,
  visibility: Visibility,
  names: readonly string[],
): Promise<Service[]> {
  return find(
    reader,
    byNames,
    visibility,
    names.filter((name) => !name.includes('\0')),
  );
}

async function find(
  reader: Reader,
  by: typeof byIds,
  { organizationId, runtimeGroupId }: Visibility,
  keys: readonly string[],
): Promise<Service[]> {
  if (keys.length === 0) return [];
  return (await reader.rows<ServiceRow>(by, [keys, organizationId, runtimeGroupId])).map(serviceOf);
}

const services = {
  name: 'services.page',
  from: 'service s',
  select: serviceColumns,
  id: 's.id',
  where: visible('$1', '$2'),
  columns: {
    id: { sql: 's.id', type: 'uuid', required: true },
    name: { sql: 's.name', type: 'text', required: true },
    releasePolicy: { sql: 's.release_policy', type: 'text', required: true },
    labels: { sql: 's.labels', type: 'jsonb', required: true },
    createdAt: { sql: 's.created_at', type: 'timestamp', required: true },
    updatedAt: { sql: 's.updated_at', type: 'timestamp', required: true },
  },
} as const;

/** A page of the services that may be seen. */
export async function listServices(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  request: ListRequest,
): Promise<ListPage<Service>> {
  const fixed = [organizationId, runtimeGroupId];
  const [page] = await list<ServiceRow>(reader, services, { ...request, fixed });
  return mapPage(page as ListPage<ServiceRow>, serviceOf);
}

const insert = statement(
  'services.insert',
  `insert into service (id, organization_id, name, description, labels, release_policy, template, template_digest)
   values ($1, $2, $3, $4, $5::jsonb, $6, $7::jsonb, $8)`,
);

export type NewService = Pick<
  Service,
  'id' | 'organizationId' | 'name' | 'description' | 'labels' | 'releasePolicy' | 'template'
>;

export async function insertService(tx: Transaction, service: NewService): Promise<void> {
  const { id, organizationId, name, description, labels, releasePolicy, template } = service;
  await tx.rows(insert, [
    ...[id, organizationId, name, description, JSON.stringify(labels), releasePolicy],
    template && JSON.stringify(template.implementation),
    template?.digest ?? null,
  ]);
}

const update = statement(
  'services.update',
  `update service set name = $2, description = $3, labels = $4::jsonb, version = version + 1,
     updated_at = clock_timestamp() where id = $1`,
);

/** Changes a service's own properties, and counts it. */
export async function updateServiceRow(
  tx: Transaction,
  id: string,
  to: Pick<Service, 'name' | 'description' | 'labels'>,
): Promise<void> {
  await tx.rows(update, [id, to.name, to.description, JSON.stringify(to.labels)]);
}

const updateTemplate = statement(
  'services.update_template',
  `update service set template = $2::jsonb, template_digest = $3, template_version = template_version + 1,
     updated_at = clock_timestamp() where id = $1`,
);

/** Makes the template another one, and counts it. */
export async function updateTemplateOf(
  tx: Transaction,
  id: string,
  { implementation, digest }: Omit<Template, 'version'>,
): Promise<void> {
  await tx.rows(updateTemplate, [id, JSON.stringify(implementation), digest]);
}

const remove = statement('services.delete', 'delete from service where id = $1');

/** Deletes a service with its history. */
export async function deleteServiceRow(tx: Transaction, id: string): Promise<void> {
  await tx.rows(remove, [id]);
}

const seal = statement(
  'services.seal',
  `with kept as (
     insert into service_seal (service_id, number, digest) select * from unnest($1::uuid[], $2::text[], $3::bytea[])
     on conflict do nothing returning service_id, digest
   )
   select service_id, digest from kept
   union all
   select service_id, digest from service_seal join unnest($1::uuid[], $2::text[]) g(service_id, number) using (service_id, number)`,
);

/** A number of a service, and the digest of what it is to stand for. */
export interface Seal {
  readonly serviceId: string;
  readonly number: string;
  readonly digest: Buffer;
}

/**
 * Makes numbers stand for these contents for ever, if they are free; answers the digests of what they stand for, by service.
 * Each service is named once.
 */
export async function sealNumbers(tx: Transaction, seals: readonly Seal[]): Promise<Map<string, Buffer>> {
  const rows = seals.map(({ serviceId, number, digest }) => [serviceId, number, digest]);
  const kept = await tx.rows<{ service_id: string; digest: Buffer }>(seal, columnsOf(rows));
  return new Map(kept.map(({ service_id: id, digest }) => [id, digest]));
}
