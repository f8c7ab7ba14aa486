import type { StreamKey, Visibility } from '../../foundation/commands/command.js';
import { isId } from '../../foundation/kernel/id.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { list, mapPage, type ListPage, type ListRequest } from '../../foundation/postgres/list.js';
import { statement } from '../../foundation/postgres/statement.js';
import { createStream, removeStream } from '../event-log/index.js';
import { OrganizationTable, type OrganizationRow } from '../access/index.js';
import type { Labels } from './labels.js';
import { isNameText, type ApprovalPolicy, type RuntimeGroup, type RuntimeType } from './runtime-group.js';
import { RuntimeGroupTable, type RuntimeGroupRow } from './runtime-group.table.js';

/** A group's row together with where its configuration stands. */
type GroupRow = RuntimeGroupRow & {
  readonly revision: string;
  readonly state_hash: Buffer;
  readonly floor_revision: string;
};

const groupColumns = `g.id, g.organization_id, g.name, g.description, g.runtime_type, g.labels, g.is_default,
  g.approvals_required, g.approvals_expire_after_seconds,
  g.version, g.created_at, g.updated_at, h.revision, h.state_hash, h.floor_revision`;
const groupFrom = `runtime_group g join stream_head h on h.topic = 'config' and h.scope_id = g.id`;

/** The group that a row stands for. */
function groupOf(row: GroupRow): RuntimeGroup {
  return {
    id: row.id,
    organizationId: row.organization_id,
    name: row.name,
    description: row.description,
    runtimeType: row.runtime_type,
    labels: row.labels,
    isDefault: row.is_default,
    approvalPolicy: policyOf(row),
    version: row.version,
    revision: Number(row.revision),
    configHash: row.state_hash.toString('hex'),
    oldestRevision: Number(row.floor_revision),
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

function policyOf(
  row: Pick<RuntimeGroupRow, 'approvals_required' | 'approvals_expire_after_seconds'>,
): ApprovalPolicy {
  return { required: row.approvals_required, expiresAfterSeconds: row.approvals_expire_after_seconds };
}

const visible = 'g.organization_id = $2 and ($3::uuid is null or g.id = $3)';
const byIds = statement(
  'runtime_groups.by_ids',
  `select ${groupColumns} from ${groupFrom} where g.id = any($1::uuid[]) and ${visible}`,
);
const byNames = statement(
  'runtime_groups.by_names',
  `select ${groupColumns} from ${groupFrom} where g.name = any($1::text[]) and ${visible}`,
);

/** The visible ones of the groups asked for, in any order. What is no id finds nothing. */
export async function findGroups(
  reader: Reader,
  visibility: Visibility,
  ids: readonly string[],
): Promise<RuntimeGroup[]> {
  return find(reader, byIds, visibility, ids.filter(isId));
}

/** The visible ones of the groups with these names, in any order. */
export async function findGroupsByName(
  reader: Reader,
  visibility: Visibility,
  names: readonly string[],
): Promise<RuntimeGroup[]> {
  return find(reader, byNames, visibility, names.filter(isNameText));
}

async function find(
  reader: Reader,
  by: typeof byIds,
  visibility: Visibility,
  keys: readonly string[],
): Promise<RuntimeGroup[]> {
  const rows = await reader.rows<GroupRow>(by, [keys, visibility.organizationId, visibility.runtimeGroupId]);
  return rows.map(groupOf);
}

const groups = {
  name: 'runtime_groups.page',
  from: groupFrom,
  select: groupColumns,
  id: 'g.id',
  where: 'g.organization_id = $1 and ($2::uuid is null or g.id = $2)',
  columns: {
    id: { sql: 'g.id', type: 'uuid', required: true },
    name: { sql: 'g.name', type: 'text', required: true },
    isDefault: { sql: 'g.is_default', type: 'boolean', required: true },
    runtimeType: { sql: 'g.runtime_type', type: 'text', required: true },
    labels: { sql: 'g.labels', type: 'jsonb', required: true },
    revision: { sql: 'h.revision', type: 'integer', required: true },
    createdAt: { sql: 'g.created_at', type: 'timestamp', required: true },
    updatedAt: { sql: 'g.updated_at', type: 'timestamp', required: true },
  },
} as const;

/** A page of the groups that may be seen. */
export async function listGroups(
  reader: Reader,
  visibility: Visibility,
  request: ListRequest,
): Promise<ListPage<RuntimeGroup>> {
  const fixed = [visibility.organizationId, visibility.runtimeGroupId];
  const [page] = await list<GroupRow>(reader, groups, { ...request, fixed });
  return mapPage(page as ListPage<GroupRow>, groupOf);
}

const defaults = statement(
  'runtime_groups.default',
  `select ${groupColumns} from ${groupFrom} where g.organization_id = $1 and g.is_default`,
);

/** The default group of an organization; every organization has one. */
export async function getDefaultGroup(reader: Reader, organizationId: string): Promise<RuntimeGroup> {
  const [row] = await reader.rows<GroupRow>(defaults, [organizationId]);
  if (!row) throw new Error(`The organization ${organizationId} has no default runtime group.`);
  return groupOf(row);
}

const organization = statement(
  'runtime_groups.organization',
  'select id, name, plan, created_at from organization where id = $1',
);

/** An organization; the one that an actor belongs to is always there. */
export async function getOrganization(reader: Reader, id: string): Promise<OrganizationRow> {
  const [row] = await reader.rows<OrganizationRow>(organization, [id]);
  if (!row) throw new Error(`There is no organization ${id}.`);
  return row;
}

/** Counts the groups of an organization that are not its default one. */
export async function countCustomGroups(tx: Transaction, organizationId: string): Promise<number> {
  return tx.repository(RuntimeGroupTable).countBy({ organization_id: organizationId, is_default: false });
}

export interface NewGroup {
  readonly id: string;
  readonly organizationId: string;
  readonly name: string;
  readonly description: string;
  readonly runtimeType: RuntimeType;
  readonly labels: Labels;
  readonly isDefault: boolean;
  readonly approvalPolicy: ApprovalPolicy;
}

/** Adds a group, with the two streams that belong to it. */
export async function insertGroup(tx: Transaction, group: NewGroup): Promise<void> {
  await tx.repository(RuntimeGroupTable).insert({
    id: group.id,
    organization_id: group.organizationId,
    name: group.name,
    description: group.description,
    runtime_type: group.runtimeType,
    labels: group.labels,
    is_default: group.isDefault,
    approvals_required: group.approvalPolicy.required,
    approvals_expire_after_seconds: group.approvalPolicy.expiresAfterSeconds,
  });
  for (const stream of streamsOf(group.id)) await createStream(tx, stream, group.organizationId);
}

const update = statement(
  'runtime_groups.update',
  `update runtime_group set name = $2, description = $3, labels = $4, approvals_required = $5,
     approvals_expire_after_seconds = $6, version = version + 1, updated_at = now() where id = $1`,
);

export async function updateGroup(
  tx: Transaction,
  id: string,
  to: Pick<RuntimeGroup, 'name' | 'description' | 'labels' | 'approvalPolicy'>,
): Promise<void> {
  const { required, expiresAfterSeconds } = to.approvalPolicy;
  const texts = [to.name, to.description, JSON.stringify(to.labels)];
  await tx.rows(update, [id, ...texts, required, expiresAfterSeconds]);
}

const holdPolicy = statement(
  'runtime_groups.hold_policy',
  'select approvals_required, approvals_expire_after_seconds from runtime_group where id = $1 for share',
);

/** What is asked of others for what goes live in a group: as it is, and as it stays until the transaction ends. */
export async function holdApprovalPolicy(tx: Transaction, id: string): Promise<ApprovalPolicy> {
  const [row] = await tx.rows<Pick<GroupRow, 'approvals_required' | 'approvals_expire_after_seconds'>>(
    holdPolicy,
    [id],
  );
  if (!row) throw new Error(`There is no runtime group ${id}.`);
  return policyOf(row);
}

/** Removes a group with everything in it, and ends its streams. */
export async function deleteGroup(tx: Transaction, id: string): Promise<void> {
  for (const stream of streamsOf(id)) await removeStream(tx, stream);
  await tx.repository(RuntimeGroupTable).delete({ id });
}

export async function insertOrganization(
  tx: Transaction,
  row: Omit<OrganizationRow, 'created_at'>,
): Promise<void> {
  await tx.repository(OrganizationTable).insert(row);
  for (const topic of ['organization', 'services', 'changes'] as const)
    await createStream(tx, { topic, scopeId: row.id }, row.id);
}

const anyOrganization = statement(
  'runtime_groups.any_organization',
  'select id, name, plan, created_at from organization order by created_at limit 1',
);

export async function findAnyOrganization(reader: Reader): Promise<OrganizationRow | undefined> {
  return (await reader.rows<OrganizationRow>(anyOrganization))[0];
}

/** The streams that belong to a group. */
export function streamsOf(id: string): StreamKey[] {
  return [
    { topic: 'config', scopeId: id },
    { topic: 'status', scopeId: id },
  ];
}
