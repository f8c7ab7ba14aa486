import { AccessTokenTable, newTokenSecret, OrganizationTable } from '../../src/domain/access/slice.js';
import { insertToken } from '../../src/domain/access/access.store.js';
import { insertGroup, insertOrganization } from '../../src/domain/runtime-groups/runtime-group.store.js';
import { noApprovals } from '../../src/domain/runtime-groups/runtime-group.js';
import { RuntimeGroupTable } from '../../src/domain/runtime-groups/slice.js';
import { newId } from '../../src/foundation/kernel/id.js';
import { openDatabase, type Transaction } from '../../src/foundation/postgres/database.js';
import { makeClient, type Client, type Variables } from './client.js';

/** Makes what tests begin with, in one organization, through the front door. Everything has a name of its own. */
export interface Seed {
  /** The administrator of the organization. */
  readonly admin: Client;
  /** A custom runtime group. */
  group(input?: Variables): Promise<{ readonly group: Group; readonly admin: Client }>;
  /** Somebody who may read: all groups, or only one. */
  viewer(group?: Group): Promise<Client>;
  /** Somebody with a token of their own, as `createAccessToken` takes it. */
  token(input: Variables): Promise<Client & { readonly id: string }>;
  /** An instance of a group, with its own token. */
  instance(
    group: Group,
    input?: Variables,
  ): Promise<{ readonly instance: Instance; readonly client: Client }>;
  /** A gateway service of a group. */
  service(group: Group, input?: Variables): Promise<Entity>;
  /** A route of a group, that matches a path of its own. */
  route(group: Group, input?: Variables): Promise<Entity>;
  /** Another organization, with its default group and its own administrator. */
  organization(
    plan?: Plan,
  ): Promise<Seed & { readonly organizationId: string; readonly defaultGroup: Group }>;
}

export interface Group {
  readonly id: string;
  readonly name: string;
}

export interface Instance {
  readonly id: string;
  readonly hostname: string;
}

export interface Entity {
  readonly id: string;
  readonly name: string;
}

export type Plan = 'FREE' | 'ENTERPRISE' | 'UNLIMITED';

/** A name that nothing else has: `orders-0f3a…`. */
export function unique(word: string): string {
  return `${word}-${newId().replaceAll('-', '').slice(12, 26)}`;
}

/** Seeds the organization of this administrator. */
export function makeSeed(admin: Client, databaseUrl: string): Seed {
  const created = async <Made>(type: string, input: Variables, fields: string): Promise<Made> => {
    const field = type.charAt(0).toLowerCase() + type.slice(1);
    const payload = await admin.mutate(`create${type}`, input, `${field} { ${fields} }`);
    return payload[field] as Made;
  };
  const token = async (input: Variables): Promise<Client & { id: string }> => {
    const given = { name: unique('token'), ...input };
    const made = await admin.mutate<{ accessToken: { id: string }; secret: string }>(
      ...(['createAccessToken', given, 'accessToken { id } secret'] as const),
    );
    return { ...makeClient(admin.origin, made.secret), id: made.accessToken.id };
  };
  return {
    admin,
    token,
    group: async (input) => {
      const group = await created<Group>('RuntimeGroup', { name: unique('group'), ...input }, 'id name');
      return { group, admin };
    },
    viewer: (group) => token({ role: 'VIEWER', runtimeGroupId: group?.id }),
    instance: async ({ id: runtimeGroupId }, input) => {
      const given = { runtimeGroupId, hostname: unique('gateway'), ...input };
      const made = await admin.mutate<{ runtimeInstance: Instance; token: string }>(
        ...(['createRuntimeInstance', given, 'runtimeInstance { id hostname } token'] as const),
      );
      return { instance: made.runtimeInstance, client: makeClient(admin.origin, made.token) };
    },
    service: ({ id: runtimeGroupId }, input) =>
      created(
        'GatewayService',
        {
          runtimeGroupId,
          name: unique('service'),
          ...(input?.['host'] ? {} : { url: 'http://api.internal' }),
          ...input,
        },
        'id name',
      ),
    route: ({ id: runtimeGroupId }, input) => {
      const name = unique('route');
      return created('Route', { runtimeGroupId, name, paths: [`/${name}`], ...input }, 'id name');
    },
    organization: async (plan = 'UNLIMITED') => {
      const { secret, ...made } = await insertAnOrganization(databaseUrl, plan);
      return { ...makeSeed(makeClient(admin.origin, secret), databaseUrl), ...made };
    },
  };
}

/** There is no mutation for this: an installation has one organization, and more only where its operator puts them. */
async function insertAnOrganization(
  url: string,
  plan: Plan,
): Promise<{ organizationId: string; defaultGroup: Group; secret: string }> {
  const tables = [OrganizationTable, AccessTokenTable, RuntimeGroupTable] as never[];
  const database = await openDatabase({ url, tables, migrations: [], poolSize: 1 });
  const organizationId = newId();
  const defaultGroup = { id: newId(), name: 'default' };
  const { secret, hash } = newTokenSecret();
  try {
    await database.transaction(async (tx) => {
      await insertOrganization(tx, { id: organizationId, name: unique('organization'), plan });
      await insertDefaultGroup(tx, organizationId, defaultGroup);
      await insertToken(tx, {
        ...{
          id: newId(),
          organization_id: organizationId,
          name: 'administrator',
          role: 'ADMIN',
          secret_hash: hash,
        },
        ...{ runtime_group_id: null, runtime_instance_id: null, made_by: null, expires_at: null },
      });
    });
  } finally {
    await database.close();
  }
  return { organizationId, defaultGroup, secret };
}

function insertDefaultGroup(tx: Transaction, organizationId: string, { id, name }: Group): Promise<void> {
  return insertGroup(tx, {
    ...{
      id,
      organizationId,
      name,
      description: '',
      runtimeType: 'KONG_GATEWAY',
      labels: {},
      isDefault: true,
      approvalPolicy: noApprovals,
    },
  });
}
