import type { Keyring } from '../../foundation/secrets/keyring.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import {
  findEntities,
  findOwnedEntities,
  renameOwners,
  type Change,
  type ConfigEntity,
  type Owner,
} from '../gateway-config/index.js';
import { fixed } from './found-targets.js';
import { openedImplementation } from './implementation-secrets.js';
import { realise, type WantedEntity } from './realise.js';
import { findConfigurationsOfVersions, type ConfigurationDraft } from './runtime-configuration.store.js';
import type { Service } from './service.js';
import type { VersionDraft } from './version.store.js';
import { isOneLive, titleOf } from './version.js';
import { findVersionsOf } from './version.store.js';

/** What is to be live of a service in a group. */
export interface Deployment {
  readonly service: Pick<Service, 'id' | 'name' | 'releasePolicy'>;
  readonly version: VersionDraft;
  readonly configuration: ConfigurationDraft;
  /** Where the caller asked for it. */
  readonly path: readonly string[];
}

/** What is to be live no more. */
export type Withdrawal = Omit<Deployment, 'path'>;

/** What makes the entities of a deployment exactly what they are to be, whatever is there. */
export async function changesToDeploy(
  tx: Transaction,
  deployment: Deployment,
  secrets: Keyring,
): Promise<Change[]> {
  const { configuration, service, version, path: origin } = deployment;
  const owner = ownerOf(deployment);
  await renameOwners(tx, [owner]);
  const wanted = realise({
    ...version,
    implementation: await openedImplementation({ secrets, serviceId: service.id }, version.implementation),
    settings: await fixed(tx, configuration, configuration.settings),
    canary: configuration.canary && (await fixed(tx, configuration, configuration.canary)),
    name: nameOf(deployment),
    ownerId: owner.id,
  });
  const there = await entitiesThere(tx, configuration, wanted);
  const ids = new Set(wanted.map(({ id }) => id));
  return [
    ...wanted.map((entity): Change => ({
      ...entity,
      is: there.has(entity.id) ? 'replace' : 'create',
      owner,
      origin,
    })),
    ...[...there.values()]
      .filter(({ id }) => !ids.has(id))
      .map(({ id, kind }): Change => ({ is: 'delete', id, kind, owner, origin })),
  ];
}

/** What takes everything away that belongs to a runtime configuration. */
export async function changesToWithdraw(reader: Reader, deployment: Withdrawal): Promise<Change[]> {
  const owner = ownerOf(deployment);
  const owned = await findOwnedEntities(reader, deployment.configuration.runtimeGroupId, [owner.id]);
  return owned.map(({ id, kind }) => ({ is: 'delete', id, kind, owner, origin: [] }));
}

/** Those that belong to it, and those that a restored past has left under its ids. */
async function entitiesThere(
  reader: Reader,
  { id, runtimeGroupId }: ConfigurationDraft,
  wanted: readonly WantedEntity[],
): Promise<Map<string, ConfigEntity>> {
  const owned = await findOwnedEntities(reader, runtimeGroupId, [id]);
  const known = new Set(owned.map((entity) => entity.id));
  const left = wanted.map((entity) => entity.id).filter((each) => !known.has(each));
  const found = [...owned, ...(await findEntities(reader, runtimeGroupId, left))];
  return new Map(found.map((entity) => [entity.id, entity]));
}

function ownerOf({ service, version, configuration }: Withdrawal): Owner {
  return { id: configuration.id, name: titleOf(service, version.number) };
}

/** Gateways know the entities of a service with one live version by its name alone, so that they stay the same ones. */
function nameOf({ service, version }: Deployment): string {
  if (isOneLive(service)) return service.name;
  const plain = version.number.replaceAll(/[^A-Za-z0-9._-]/g, '-');
  // Numbers that only differ in what a gateway does not take must not become one.
  return plain === version.number
    ? `${service.name}.${plain}`
    : `${service.name}.${plain}.${version.id.slice(0, 8)}`;
}

/** Has refusals call the entities of a service by its new name. */
export async function renameOwned(tx: Transaction, service: Pick<Service, 'id' | 'name'>): Promise<void> {
  const live = (await findVersionsOf(tx, service.id)).filter(({ stage }) => stage === 'LIVE');
  const configurations = await findConfigurationsOfVersions(
    tx,
    live.map(({ id }) => id),
  );
  const owners = live.flatMap(({ id, number }) => {
    const owner = configurations.get(id);
    return owner ? [{ id: owner.id, name: titleOf(service, number) }] : [];
  });
  await renameOwners(tx, owners);
}
