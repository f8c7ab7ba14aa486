import type { Actor } from '../../foundation/commands/command.js';
import { equalJson } from '../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../foundation/kernel/refusal.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { holdRegistry, putFinding, type FoundNodes } from '../registries/index.js';
import { refuseStaleVersion } from '../runtime-groups/index.js';
import { isPlain } from './canary-plugin.js';
import type { Deployment } from './deploy.js';
import { getServices } from './find.js';
import { lifecycleCommand, type Effect } from './lifecycle-command.js';
import { findConfigurationsByLookup } from './lookups.store.js';
import { settled } from './release.js';
import {
  normaliseTarget,
  type Canary,
  type RuntimeConfiguration,
  type RuntimeSettings,
  type Target,
} from './runtime-configuration.js';
import {
  findConfigurationsById,
  putConfigurations,
  type ConfigurationDraft,
} from './runtime-configuration.store.js';
import { configurationEvent } from './service-events.js';
import type { Service } from './service.js';
import {
  canaryInvalid,
  canaryRefused,
  runtimeConfigurationNotFound,
  versionHistory,
} from './services.refusals.js';
import { canaryMachine, consider, type CanaryStep } from './transitions.js';
import { getVersionInUse, groupOfVersion, type VersionInUse } from './version.commands.js';
import { findVersionsOf } from './version.store.js';

export interface UpdateConfiguration {
  readonly id: string;
  /** What is absent stays as it is. */
  readonly changes: Partial<RuntimeSettings>;
  readonly expectedVersion?: number | undefined;
}

/** Changes what a service runs with in a group, at any time, without a new version. */
export const updateConfiguration = lifecycleCommand<UpdateConfiguration>({
  name: 'services.update-runtime-configuration',
  action: 'service:deploy',
  group: async (reader, { id }, actor) => (await getConfiguration(reader, id, actor)).runtimeGroupId,
  targets: ({ changes: { target } }) => (target ? [{ target, path: ['target'] }] : []),
  run: async (tx, { id, changes, expectedVersion }, { actor }) => {
    const configuration = await getConfiguration(tx, id, actor);
    refuseStaleVersion(configuration, expectedVersion);
    const settings = settled({ ...configuration.settings, ...changes }, []);
    return changeConfiguration(tx, configuration, { ...configuration, settings }, { past: 'updated', actor });
  },
});

async function getConfiguration(reader: Reader, id: string, actor: Actor): Promise<RuntimeConfiguration> {
  const { organizationId, runtimeGroupId } = actor;
  const [configuration] = await findConfigurationsById(reader, { organizationId, runtimeGroupId }, [id]);
  if (!configuration) throw runtimeConfigurationNotFound({ what: id }, ['id']);
  return configuration;
}

/** Makes the runtime configuration this, and what is reachable by it. */
async function changeConfiguration(
  tx: Transaction,
  before: RuntimeConfiguration,
  after: ConfigurationDraft,
  { past, actor }: { readonly past: string; readonly actor: Actor },
): Promise<Effect> {
  const deployments = await deploymentsOf(tx, [after], actor);
  const versionIds = deployments.map(({ version }) => version.id);
  const result = { versionIds, runtimeConfigurationId: before.id };
  const event = configurationEvent(past, before, after);
  if (equalJson(event.before, event.after)) return { result, story: [], deployments: [] };
  await putConfigurations(tx, [after]);
  return { result, story: [event], deployments };
}

/** What is live with these runtime configurations of one group. */
async function deploymentsOf(
  tx: Transaction,
  configurations: readonly ConfigurationDraft[],
  actor: Actor,
): Promise<Deployment[]> {
  const [first] = configurations;
  if (!first) return [];
  const asked = configurations.map(({ serviceId }) => ({ serviceId, path: ['serviceId'] }));
  const services = await getServices(tx, asked, actor);
  const ids = services.map(({ id }) => id);
  const live = (await findVersionsOf(tx, ids, first.runtimeGroupId)).filter(({ stage }) => stage === 'LIVE');
  return configurations.flatMap((configuration, index) => {
    const { serviceId, serviceVersionId } = configuration;
    const version = live.find(
      (each) => each.serviceId === serviceId && (serviceVersionId ?? each.id) === each.id,
    );
    return version ? [{ service: services[index] as Service, version, configuration, path: [] }] : [];
  });
}

/** Makes what was found by a service registry the targets of every live version that looks it up. */
export const applyFoundNodes = lifecycleCommand<FoundNodes>({
  name: 'services.apply-found-nodes',
  action: 'service:deploy',
  group: (_reader, { connection }) => Promise.resolve(connection.runtimeGroupId),
  run: async (tx, { connection, lookup, nodes }, { actor, groupId }) => {
    // Whoever deletes it has seen that nobody uses it.
    if (!(await holdRegistry(tx, connection.id)))
      return { result: { versionIds: [] }, story: [], deployments: [] };
    await putFinding(tx, lookup, nodes);
    const configurations = await findConfigurationsByLookup(tx, groupId, lookup);
    const deployments = await deploymentsOf(tx, configurations, actor);
    return {
      result: { versionIds: deployments.map(({ version }) => version.id) },
      story: [],
      deployments,
    };
  },
});

export interface StartCanary {
  /** The version whose requests are split; it is live. */
  readonly id: string;
  readonly canary: Canary;
}

/** Sends a part of a live version's requests to another target. */
export const startCanary = lifecycleCommand<StartCanary>({
  name: 'services.start-canary',
  action: 'service:deploy',
  group: groupOfVersion,
  targets: ({ canary: { target } }) => [{ target, path: ['target'] }],
  run: async (tx, { id, canary: given }, context) => {
    const [found, configuration] = canaryAt('START', await getVersionInUse(tx, id, context));
    const target = normaliseTarget(given.target, ['target']);
    refuseAny([...target.problems, ...placeProblems(target.value, configuration), ...canaryProblems(given)]);
    const canary = { ...given, target: target.value };
    return changeCanary(
      tx,
      found,
      { ...configuration, canary },
      { past: 'canary_started', actor: context.actor },
    );
  },
});

export interface ShiftCanary {
  readonly id: string;
  /** The new share, in percent. */
  readonly weight: number;
}

/** Gives a canary another share. */
export const shiftCanary = lifecycleCommand<ShiftCanary>({
  name: 'services.shift-canary',
  action: 'service:deploy',
  group: groupOfVersion,
  run: async (tx, { id, weight }, context) => {
    const [found, configuration] = canaryAt('SHIFT', await getVersionInUse(tx, id, context));
    const canary = { ...(configuration.canary as Canary), weight };
    refuseAny(canaryProblems(canary));
    return changeCanary(
      tx,
      found,
      { ...configuration, canary },
      { past: 'canary_shifted', actor: context.actor },
    );
  },
});

/** Makes a canary's target the target of all requests. */
export const promoteCanary = lifecycleCommand<{ readonly id: string }>({
  name: 'services.promote-canary',
  action: 'service:deploy',
  group: groupOfVersion,
  run: async (tx, { id }, context) => {
    const [found, configuration] = canaryAt('PROMOTE', await getVersionInUse(tx, id, context));
    const settings = { ...configuration.settings, target: (configuration.canary as Canary).target };
    const after = { ...configuration, settings, canary: null };
    return changeCanary(tx, found, after, { past: 'canary_promoted', actor: context.actor });
  },
});

/** Sends all requests to the first target again. */
export const abortCanary = lifecycleCommand<{ readonly id: string }>({
  name: 'services.abort-canary',
  action: 'service:deploy',
  group: groupOfVersion,
  run: async (tx, { id }, context) => {
    const [found, configuration] = canaryAt('ABORT', await getVersionInUse(tx, id, context));
    const after = { ...configuration, canary: null };
    return changeCanary(tx, found, after, { past: 'canary_aborted', actor: context.actor });
  },
});

function canaryAt(step: CanaryStep, found: VersionInUse): [VersionInUse, RuntimeConfiguration] {
  const { version, configuration, title } = found;
  if (version.stage === 'HISTORY' || !configuration) throw versionHistory({ title }, ['serviceVersionId']);
  const { why } = consider(canaryMachine, step, configuration.canary ? 'RUNNING' : 'NONE');
  if (why !== null) throw canaryRefused({ what: title, why }, ['serviceVersionId']);
  return [found, configuration];
}

function changeCanary(
  tx: Transaction,
  { configuration }: VersionInUse,
  after: ConfigurationDraft,
  how: { readonly past: string; readonly actor: Actor },
): Promise<Effect> {
  return changeConfiguration(tx, configuration as RuntimeConfiguration, after, how);
}

/** A gateway chooses the host for each request; the rest of the address is the service's. */
function placeProblems({ address }: Target, { settings }: RuntimeConfiguration): Problem[] {
  const own = settings.target.address;
  const isSame = ['protocol', 'path'].every((part) => equalJson(address[part] ?? null, own[part] ?? null));
  const must = 'have the protocol and the path of the target beside which it runs';
  return isSame ? [] : [canaryInvalid.problem({ must }, ['target', 'address'])];
}

function canaryProblems({ weight, conditions }: Canary): Problem[] {
  const problems: Problem[] = [];
  if (!(weight >= 0 && weight <= 100)) {
    problems.push(canaryInvalid.problem({ must: 'have a weight from 0 to 100, in percent' }, ['weight']));
  }
  for (const [index, { name, value }] of conditions.entries()) {
    if (name !== '' && isPlain(name + (value ?? ''))) continue;
    const must = 'have conditions whose names and values are printable ASCII, and whose names are not empty';
    problems.push(canaryInvalid.problem({ must }, ['conditions', String(index)]));
  }
  return problems;
}
