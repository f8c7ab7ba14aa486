import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { Labels } from '../runtime-groups/index.js';

/** What people call something, and what they sort it by. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly labels: Labels;
}

const groups = statement(
  'changes.groups',
  'select id, name, labels from runtime_group where id = any($1::uuid[])',
);
const services = statement(
  'changes.services',
  'select id, name, labels from service where id = any($1::uuid[])',
);

/** The groups that are still there, in any order. */
export async function findNamedGroups(reader: Reader, ids: readonly string[]): Promise<Named[]> {
  return ids.length === 0 ? [] : reader.rows<Named>(groups, [ids]);
}

/** The services that are still there, in any order. */
export async function findNamedServices(reader: Reader, ids: readonly string[]): Promise<Named[]> {
  return ids.length === 0 ? [] : reader.rows<Named>(services, [ids]);
}
