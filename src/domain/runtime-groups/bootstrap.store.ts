import { newId, sha256 } from '../../foundation/kernel/id.js';
import type { Database, Transaction } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import { findTokensBySecrets, insertToken } from '../access/index.js';
import { noApprovals } from './runtime-group.js';
import { findAnyOrganization, insertGroup, insertOrganization } from './runtime-group.store.js';

const oneAtATime = statement('bootstrap.lock', 'select pg_advisory_xact_lock(7240113002)');

/** Makes the organization with its default group, unless there is one; answers its id. Replicas may do it at once. */
export function ensureOrganization(database: Database): Promise<string> {
  return database.transaction(async (tx) => {
    await tx.rows(oneAtATime);
    const organization = await findAnyOrganization(tx);
    return organization?.id ?? createOrganization(tx);
  });
}

async function createOrganization(tx: Transaction): Promise<string> {
  const id = newId();
  await insertOrganization(tx, { id, name: 'default', plan: 'UNLIMITED' });
  await insertGroup(tx, {
    id: newId(),
    organizationId: id,
    name: 'default',
    description: 'The group that every organization starts with.',
    runtimeType: 'KONG_GATEWAY',
    labels: {},
    isDefault: true,
    approvalPolicy: noApprovals,
  });
  return id;
}

/** Makes a secret good for administrators, unless it already is. */
export function ensureAdminToken(database: Database, organizationId: string, secret: string): Promise<void> {
  return database.transaction(async (tx) => {
    await tx.rows(oneAtATime);
    const hash = sha256(secret);
    const [known] = await findTokensBySecrets(tx, [hash.toString('hex')]);
    if (known) return;
    await insertToken(tx, {
      id: newId(),
      organization_id: organizationId,
      name: 'first administrator',
      role: 'ADMIN',
      secret_hash: hash,
      runtime_group_id: null,
      runtime_instance_id: null,
      made_by: null,
      expires_at: null,
    });
  });
}
