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

/** What makes the entities of deployments in one group exactly what they are to be, whatever is there. */
export async function changesToDeploy(
  tx: Transaction,
  deployments: readonly Deployment[],
  secrets: Keyring,
): Promise<Change[]> {
  const [first] = deployments;
  if (!first) return [];
  await renameOwners(tx, deployments.map(ownerOf));
  const wanted: (readonly WantedEntity[])[] = [];
  for (const deployment of deployments) wanted.push(await entitiesOf(tx, deployment, secrets));
  const owners = deployments.map(({ configuration }) => configuration.id);
  const there = await entitiesThere(tx, first.configuration.runtimeGroupId, {
    owners,
    wanted: wanted.flat(),
  });
  return deployments.flatMap((deployment, index) => changesOf(deployment, wanted[index] ?? [], there));
}

async function entitiesOf(
  tx: Transaction,
  deployment: Deployment,
  secrets: Keyring,
): Promise<readonly WantedEntity[]> {
  const { configuration, service, version } = deployment;
  return realise({
    ...version,
    implementation: await openedImplementation({ secrets, serviceId: service.id }, version.implementation),
    settings: await fixed(tx, configuration, configuration.settings),
    canary: configuration.canary && (await fixed(tx, configuration, configuration.canary)),
    name: nameOf(deployment),
    ownerId: configuration.id,
  });
}

/** Those that belong to them, and those that a restored past has left under their ids. */
async function entitiesThere(
  reader: Reader,
  groupId: string,
  { owners, wanted }: { readonly owners: readonly string[]; readonly wanted: readonly WantedEntity[] },
): Promise<ReadonlyMap<string, ConfigEntity>> {
  const owned = await findOwnedEntities(reader, groupId, owners);
  const known = new Set(owned.map((entity) => entity.id));
  const left = wanted.map((entity) => entity.id).filter((each) => !known.has(each));
  const found = [...owned, ...(await findEntities(reader, groupId, left))];
  return new Map(found.map((entity) => [entity.id, entity]));
}

function changesOf(
  deployment: Deployment,
  wanted: readonly WantedEntity[],
  there: ReadonlyMap<string, ConfigEntity>,
): Change[] {
  const { path: origin } = deployment;
  const owner = ownerOf(deployment);
  const ids = new Set(wanted.map(({ id }) => id));
  const needless = [...there.values()].filter(
    (entity) => entity.owner?.id === owner.id && !ids.has(entity.id),
  );
  return [
    ...wanted.map((entity): Change => ({
      ...entity,
      is: there.has(entity.id) ? 'replace' : 'create',
      owner,
      origin,
    })),
    ...needless.map(({ id, kind }): Change => ({ is: 'delete', id, kind, owner, origin })),
  ];
}

/** What takes everything away that belongs to a runtime configuration. */
export async function changesToWithdraw(reader: Reader, deployment: Withdrawal): Promise<Change[]> {
  const owner = ownerOf(deployment);
  const owned = await findOwnedEntities(reader, deployment.configuration.runtimeGroupId, [owner.id]);
  return owned.map(({ id, kind }) => ({ is: 'delete', id, kind, owner, origin: [] }));
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
  const live = (await findVersionsOf(tx, [service.id])).filter(({ stage }) => stage === 'LIVE');
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
