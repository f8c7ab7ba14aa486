import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import { lookupId, type FoundNode, type Lookup } from './registry.js';

/** What was last found by a lookup. */
export interface Finding {
  readonly nodes: readonly FoundNode[];
  /** When the nodes were last others. */
  readonly foundAt: Date;
}

const find = statement(
  'registry_lookups.by_ids',
  'select id, nodes, found_at from registry_lookup where id = any($1::uuid[])',
);

/** What each of these lookups last found, by its id. */
export async function findFindings(reader: Reader, ids: readonly string[]): Promise<Map<string, Finding>> {
  const rows = await reader.rows<{ id: string; nodes: FoundNode[]; found_at: Date }>(find, [ids]);
  return new Map(rows.map(({ id, nodes, found_at }) => [id, { nodes, foundAt: found_at }]));
}

const put = statement(
  'registry_lookups.put',
  `insert into registry_lookup (id, registry_id, nodes) values ($1, $2, $3::jsonb)
   on conflict (id) do update set nodes = excluded.nodes, found_at = clock_timestamp()`,
);

/** Writes down what was found. The caller holds the registry. */
export async function putFinding(
  tx: Transaction,
  lookup: Lookup,
  nodes: readonly FoundNode[],
): Promise<void> {
  await tx.rows(put, [lookupId(lookup), lookup.registryId, JSON.stringify(nodes)]);
}
