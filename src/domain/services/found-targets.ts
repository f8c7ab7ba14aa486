import type { Means } from '../../foundation/commands/command.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Transaction } from '../../foundation/postgres/database.js';
import {
  findConnections,
  openedConnection,
  findFindings,
  findNodes,
  getRegistry,
  holdRegistry,
  lookupId,
  nothingFound,
  putFinding,
  registryElsewhere,
  RegistryFailure,
  registryNotFound,
  registryUnreachable,
  Slots,
  type FoundNode,
  type Lookup,
} from '../registries/index.js';
import type { Fixed } from './realise.js';
import { normaliseTarget, type Target } from './runtime-configuration.js';
import { findConfigurationsByLookup } from './lookups.store.js';

/** A target in a caller's input, and where it stands there. */
export interface AskedTarget {
  readonly target: Target;
  readonly path: readonly string[];
}

/** What was found by a lookup before anything was locked. */
export interface Finding {
  readonly lookup: Lookup;
  readonly nodes: readonly FoundNode[];
}

/** Asks the registries for the nodes of targets. Refuses what is found nowhere, unless it was before. */
export async function lookUp(
  targets: readonly AskedTarget[],
  groupId: string,
  means: Means,
): Promise<Finding[]> {
  const slots = new Slots(maxAtOnce);
  const found = await Promise.all(targets.map((asked) => slots.use(() => lookUpOne(asked, groupId, means))));
  return found.flat();
}

const maxAtOnce = 8;

async function lookUpOne({ target, path }: AskedTarget, groupId: string, means: Means): Promise<Finding[]> {
  if (target.is !== 'registry') return [];
  refuseAny(normaliseTarget(target, path).problems);
  const { registry: lookup } = target;
  const at = [...path, 'registry'];
  const { reader, actor, outbound, secrets } = means;
  const place = [...at, 'registryId'];
  const { name, runtimeGroupId } = await getRegistry(reader, lookup.registryId, actor, place);
  if (runtimeGroupId !== groupId.toLowerCase()) throw registryElsewhere({ name }, place);
  const [sealed] = await findConnections(reader, [lookup.registryId]);
  if (!sealed) throw registryNotFound({ id: lookup.registryId }, place);
  const connection = await openedConnection(secrets, sealed);
  const id = lookupId(lookup);
  const isKnown = (await findFindings(reader, [id])).has(id);
  try {
    const { nodes } = await findNodes({ outbound, connection }, lookup);
    if (nodes.length > 0 || lookup.allowEmpty) return [{ lookup, nodes }];
    if (!isKnown) throw nothingFound({ name, service: lookup.service }, at);
  } catch (error) {
    if (!(error instanceof RegistryFailure)) throw error;
    if (!isKnown) throw registryUnreachable({ message: error.message }, at);
  }
  return [];
}

/**
 * Writes down what was found for a write. What others in the group look up already is left to the discovery, which changes
 * it for all of them at once.
 */
export async function keepFindings(
  tx: Transaction,
  groupId: string,
  findings: readonly Finding[],
): Promise<void> {
  for (const { lookup, nodes } of findings) {
    if ((await findConfigurationsByLookup(tx, groupId, lookup)).length > 0) continue;
    if (await holdRegistry(tx, lookup.registryId)) await putFinding(tx, lookup, nodes);
  }
}

/** The same with the nodes that are known, where they are looked up. Refuses a registry that is gone, or of another group. */
export async function fixed<Placed extends { readonly target: Target }>(
  tx: Transaction,
  { runtimeGroupId }: { readonly runtimeGroupId: string },
  placed: Placed,
): Promise<Fixed<Placed>> {
  const { target } = placed;
  if (target.is !== 'registry') return { ...placed, target };
  const { address, upstream, registry: lookup } = target;
  const path = ['target', 'registry', 'registryId'];
  const registry = await holdRegistry(tx, lookup.registryId);
  if (!registry) throw registryNotFound({ id: lookup.registryId }, path);
  if (registry.runtimeGroupId !== runtimeGroupId) throw registryElsewhere({ name: registry.name }, path);
  const id = lookupId(lookup);
  const nodes = (await findFindings(tx, [id])).get(id)?.nodes ?? [];
  return { ...placed, target: { is: 'nodes', address, upstream, nodes } };
}
