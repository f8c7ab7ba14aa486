import type { Actor, NewEvent } from '../../foundation/commands/command.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { equalJson } from '../../foundation/kernel/json.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { refuseStaleVersion } from '../runtime-groups/index.js';
import type { LifecycleName } from './approvals/approval-needs.js';
import { getService, getVersion } from './find.js';
import { settledImplementation } from './implementation-secrets.js';
import type { Implementation } from './implementation.js';
import { lifecycleCommand, type Effect, type LifecycleContext } from './lifecycle-command.js';
import type { RuntimeConfiguration } from './runtime-configuration.js';
import { findConfigurationsOfVersions, putConfigurations } from './runtime-configuration.store.js';
import { configurationEvent, versionEvent } from './service-events.js';
import { isText, type Service } from './service.js';
import {
  deprecationInvalid,
  successorInvalid,
  textTooLong,
  transitionRefused,
  versionHistory,
  versionImmovable,
  versionLive,
  versionSealed,
} from './services.refusals.js';
import { considerState, type StateStep } from './transitions.js';
import { isOneLive, titleOf, type Deprecation, type ServiceVersion } from './version.js';
import { deleteVersionRow, putVersions, type VersionDraft } from './version.store.js';

/** A version with all that it goes with. */
export interface VersionInUse {
  readonly service: Service;
  readonly version: ServiceVersion;
  readonly configuration: RuntimeConfiguration | undefined;
  readonly title: string;
}

export async function getVersionInUse(
  tx: Transaction,
  id: string,
  { actor }: LifecycleContext,
): Promise<VersionInUse> {
  const version = await getVersion(tx, id, actor);
  const service = await getService(tx, version.serviceId, actor);
  const configuration = (await findConfigurationsOfVersions(tx, [version.id])).get(version.id);
  return { service, version, configuration, title: titleOf(service, version.number) };
}

export async function groupOfVersion(
  reader: Reader,
  { id }: { readonly id: string },
  actor: Actor,
): Promise<string> {
  return (await getVersion(reader, id, actor)).runtimeGroupId;
}

export interface UpdateVersion {
  readonly id: string;
  /** What is absent stays as it is. */
  readonly changes: Partial<Implementation>;
  readonly notes?: string | undefined;
  /** The group that it is in: it is in that one for ever. */
  readonly runtimeGroupId?: string | undefined;
  readonly expectedVersion?: number | undefined;
}

/** Changes what a version does, where that is not sealed, and its notes. */
export const updateVersion = lifecycleCommand<UpdateVersion>({
  name: 'services.update-version',
  action: 'service:deploy',
  group: groupOfVersion,
  run: async (tx, input, context) => {
    const found = await getVersionInUse(tx, input.id, context);
    refuseUpdate(found, input);
    const { version } = found;
    const sealing = { secrets: context.secrets, serviceId: version.serviceId };
    const given = { ...version.implementation, ...input.changes };
    const settled = await settledImplementation(sealing, given, version.implementation);
    refuseAny(settled.problems);
    const { implementation, digest } = settled;
    const to: VersionDraft = { ...version, implementation, digest, notes: input.notes ?? version.notes };
    return changeVersion(tx, found, to, 'updated');
  },
});

function refuseUpdate({ service, version, title }: VersionInUse, input: UpdateVersion): void {
  refuseStaleVersion(version, input.expectedVersion);
  const { runtimeGroupId: group, notes = '' } = input;
  if (group !== undefined && group.toLowerCase() !== version.runtimeGroupId)
    throw versionImmovable({ title }, ['runtimeGroupId']);
  if (version.stage === 'HISTORY') throw versionHistory({ title }, ['id']);
  if (isOneLive(service) && Object.keys(input.changes).length > 0)
    throw versionSealed({ title }, ['implementation']);
  if (!isText(notes, 10_000)) throw textTooLong({ max: 10_000 }, ['notes']);
}

/** Makes the version this, and what is reachable of it. */
async function changeVersion(
  tx: Transaction,
  { service, version, configuration }: VersionInUse,
  to: VersionDraft,
  past: string,
): Promise<Effect> {
  const result = { versionIds: [version.id] };
  const event = versionEvent(past, version, to);
  if (equalJson(event.before, event.after)) return { result, story: [], deployments: [] };
  await putVersions(tx, [to], { oneLive: isOneLive(service) });
  const isDeployed = configuration && to.stage === 'LIVE';
  const deployments = isDeployed ? [{ service, version: to, configuration, path: [] }] : [];
  return { result, story: [event], deployments };
}

export interface DeleteVersion {
  readonly id: string;
  /** Also one that is live: requests for it will fail. */
  readonly force: boolean;
}

/** Deletes a version: one of history, or, by force, one that is live, with all that makes it reachable. */
export const deleteVersion = lifecycleCommand<DeleteVersion>({
  name: 'services.delete-version',
  action: 'service:deploy',
  group: groupOfVersion,
  run: async (tx, { id, force }, context) => {
    const { service, version, configuration, title } = await getVersionInUse(tx, id, context);
    if (version.stage === 'LIVE' && !force) throw versionLive({ title }, ['force']);
    const isReachable = version.stage === 'LIVE' && configuration;
    const withdrawals = isReachable ? [{ service, version, configuration }] : [];
    await deleteVersionRow(tx, version.id);
    const own = isReachable ? await leaveConfiguration(tx, service, configuration) : [];
    const story = [versionEvent('deleted', version, null), ...own];
    return { result: { versionIds: [version.id] }, story, deployments: [], withdrawals };
  },
});

/** What a version has for itself goes with it; what stays for the next one stays without the canary of this one. */
async function leaveConfiguration(
  tx: Transaction,
  service: Service,
  configuration: RuntimeConfiguration,
): Promise<NewEvent[]> {
  if (!isOneLive(service)) return [configurationEvent('deleted', configuration, null)];
  if (configuration.canary === null) return [];
  const left = { ...configuration, canary: null };
  await putConfigurations(tx, [left]);
  return [configurationEvent('canary_aborted', configuration, left)];
}

export interface DeprecateVersion {
  readonly id: string;
  /** Without a date: since today began, so that a retry or a planned write asks for the same. */
  readonly deprecation: Omit<Deprecation, 'date'> & { readonly date: string | null };
}

/** Tells those who use a version that it will go: in the catalogue, and in the headers of its responses. */
export const deprecateVersion = lifecycleCommand<DeprecateVersion>({
  name: 'services.deprecate',
  action: 'service:deploy',
  group: groupOfVersion,
  run: async (tx, { id, deprecation: given }, context) => {
    const found = await getVersionInUse(tx, id, context);
    const date = given.date ?? startOfToday();
    const deprecation = { ...given, date, successorId: given.successorId?.toLowerCase() ?? null };
    await refuseDeprecation(tx, found, deprecation, context.actor);
    return takeStep(tx, found, 'DEPRECATE', deprecation);
  },
});

function startOfToday(): string {
  return `${systemClock.now().toISOString().slice(0, 10)}T00:00:00.000Z`;
}

async function refuseDeprecation(
  tx: Transaction,
  { version }: VersionInUse,
  { date, sunset, successorId, message }: Deprecation,
  actor: Actor,
): Promise<void> {
  if (!isText(message, 2_048)) throw textTooLong({ max: 2_048 }, ['message']);
  if (sunset !== null && Date.parse(sunset) < Date.parse(date)) throw deprecationInvalid({}, ['sunset']);
  if (successorId === null) return;
  const successor = await getVersion(tx, successorId, actor, ['successorId']);
  const isOther = successor.serviceId === version.serviceId && successor.id !== version.id;
  if (!isOther || successor.stage !== 'LIVE') throw successorInvalid({ id: successorId }, ['successorId']);
}

/** Takes a version out of the catalogue. It stays reachable for those who have access. */
export const unpublishVersion = stateCommand('services.unpublish', 'UNPUBLISH');

/** Brings a version back into the catalogue as any other. */
export const republishVersion = stateCommand('services.republish', 'REPUBLISH');

function stateCommand(name: LifecycleName, step: StateStep) {
  return lifecycleCommand<{ readonly id: string }>({
    ...{ name, action: 'service:deploy', group: groupOfVersion },
    run: async (tx, { id }, context) => takeStep(tx, await getVersionInUse(tx, id, context), step, null),
  });
}

const pasts = { DEPRECATE: 'deprecated', UNPUBLISH: 'unpublished', REPUBLISH: 'republished' } as const;

async function takeStep(
  tx: Transaction,
  found: VersionInUse,
  step: StateStep,
  deprecation: Deprecation | null,
): Promise<Effect> {
  const { version, title } = found;
  const { to, why } = considerState(step, version);
  if (to === null) throw transitionRefused({ title, step, why: why ?? '' }, ['id']);
  return changeVersion(tx, found, { ...version, state: to, deprecation }, pasts[step]);
}
