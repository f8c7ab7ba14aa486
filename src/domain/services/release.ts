import type { Actor, NewEvent } from '../../foundation/commands/command.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { derivedId } from '../../foundation/kernel/id.js';
import { equalJson } from '../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../foundation/kernel/refusal.js';
import type { Transaction } from '../../foundation/postgres/database.js';
import { getGroup } from '../runtime-groups/index.js';
import type { Deployment } from './deploy.js';
import type { Implementation } from './implementation.js';
import type { Effect } from './lifecycle-command.js';
import {
  normaliseSettings,
  type RuntimeConfiguration,
  type RuntimeSettings,
} from './runtime-configuration.js';
import {
  findConfigurations,
  putConfigurations,
  type ConfigurationDraft,
} from './runtime-configuration.store.js';
import { configurationEvent, versionEvent } from './service-events.js';
import { isText, type Service } from './service.js';
import { numberInvalid, runtimeConfigurationNeeded, textTooLong } from './services.refusals.js';
import { isVersionNumber } from './version-number.js';
import { isOneLive, type ServiceVersion } from './version.js';
import { findVersionsOf, putVersions, type VersionDraft } from './version.store.js';

/** A service as it stands in a group. */
export interface Standing {
  readonly service: Service;
  readonly groupId: string;
  readonly versions: readonly ServiceVersion[];
  readonly configurations: readonly RuntimeConfiguration[];
}

/** How services stand in a group. */
export async function standingsOf(
  tx: Transaction,
  services: readonly Service[],
  groupId: string,
): Promise<Standing[]> {
  const ids = services.map(({ id }) => id);
  const versions = await findVersionsOf(tx, ids, groupId);
  const configurations = await findConfigurations(tx, ids, groupId);
  return services.map((service) => ({
    ...{ service, groupId },
    versions: versions.filter(({ serviceId }) => serviceId === service.id),
    configurations: configurations.filter(({ serviceId }) => serviceId === service.id),
  }));
}

/** What is to become live. */
export interface Release extends Standing {
  readonly number: string;
  readonly implementation: Implementation;
  readonly digest: Buffer;
  /** Null: as they are. */
  readonly notes: string | null;
  /** Null: what the service runs with there already. */
  readonly settings: RuntimeSettings | null;
  /** Ends a canary that is running. */
  readonly endsCanary: boolean;
  /** What is told of it: `published`. */
  readonly past: string;
  /** Where the caller asked for it. */
  readonly path: readonly string[];
}

const maxNotes = 10_000;

/**
 * Makes versions live in a group, all of services of one policy; of a service with one live version, what was live there
 * becomes history.
 */
export async function release(tx: Transaction, asked: readonly Release[], actor: Actor): Promise<Effect> {
  const released: Released[] = [];
  for (const each of asked) released.push(await toRelease(tx, each, actor));
  const oneLive = asked.every(({ service }) => isOneLive(service));
  await putVersions(
    tx,
    released.flatMap(({ versions }) => versions),
    { oneLive },
  );
  // After the versions, which they may refer to.
  await putConfigurations(
    tx,
    released.flatMap(({ configurations }) => configurations),
  );
  return {
    result: {
      versionIds: released.map(({ deployment }) => deployment.version.id),
      supersededIds: released.flatMap(({ supersededId }) => supersededId ?? []),
    },
    story: released.flatMap(({ story }) => story),
    deployments: released.map(({ deployment }) => deployment),
  };
}

/** What is to be stored and told of one release. */
interface Released {
  /** The version that was live before. */
  readonly supersededId: string | null;
  readonly versions: readonly VersionDraft[];
  readonly configurations: readonly ConfigurationDraft[];
  readonly story: readonly NewEvent[];
  readonly deployment: Deployment;
}

async function toRelease(tx: Transaction, asked: Release, actor: Actor): Promise<Released> {
  refuseAny(releaseProblems(asked));
  const { service, path } = asked;
  const { id, before, live } = placeOf(asked);
  const configuration = await configure(tx, asked, id, actor);
  const version = before?.stage === 'LIVE' ? before : draftOf(asked, id, before, actor);
  const changes = [
    ...(live ? [superseding(live, configuration.before)] : []),
    ...(version === before ? [] : [{ to: version, event: versionEvent(asked.past, before, version) }]),
  ];
  return {
    supersededId: live?.id ?? null,
    versions: changes.map(({ to }) => to),
    configurations: configuration.after === configuration.before ? [] : [configuration.after],
    story: [...configuration.story, ...changes.map(({ event }) => event)],
    deployment: { service, version, configuration: configuration.after, path },
  };
}

/** Where the version has its place: what it was there before, and what is live that it takes the place of. */
function placeOf({ service, groupId, number, versions }: Release): {
  readonly id: string;
  readonly before: ServiceVersion | null;
  readonly live: ServiceVersion | undefined;
} {
  const before = versions.find((each) => each.number === number) ?? null;
  const id = before?.id ?? derivedId(service.id, `${groupId}/${number}`);
  const live = versions.find((each) => each.stage === 'LIVE' && each.id !== id);
  return { id, before, live: isOneLive(service) ? live : undefined };
}

/** What becomes history keeps what it ran with, for whoever goes back to it. */
function superseding(
  live: ServiceVersion,
  configuration: ConfigurationDraft | null,
): { readonly to: VersionDraft; readonly event: NewEvent } {
  const last = configuration?.settings ?? null;
  const to: VersionDraft = { ...live, stage: 'HISTORY', lastRuntimeConfiguration: last };
  return { to, event: versionEvent('superseded', live, to) };
}

function releaseProblems({ number, notes, path }: Release): Problem[] {
  return [
    ...(isVersionNumber(number)
      ? []
      : [numberInvalid.problem({ number: number.slice(0, 100) }, [...path, 'number'])]),
    ...(isText(notes ?? '', maxNotes) ? [] : [textTooLong.problem({ max: maxNotes }, [...path, 'notes'])]),
  ];
}

function draftOf(
  { service, groupId, number, implementation, digest, notes }: Release,
  id: string,
  before: VersionDraft | null,
  actor: Actor,
): VersionDraft {
  return {
    ...{ id, serviceId: service.id, runtimeGroupId: groupId, number, implementation, digest },
    stage: 'LIVE',
    state: before?.state ?? 'PUBLISHED',
    deprecation: before?.deprecation ?? null,
    notes: notes ?? before?.notes ?? '',
    lastRuntimeConfiguration: null,
    publishedAt: systemClock.now(),
    publishedBy: actor.name,
  };
}

interface Configured {
  readonly before: ConfigurationDraft | null;
  readonly after: ConfigurationDraft;
  readonly story: readonly NewEvent[];
}

/** What the version will run with: what was asked for, else what there is. */
async function configure(
  tx: Transaction,
  asked: Release,
  versionId: string,
  actor: Actor,
): Promise<Configured> {
  const { service, groupId, configurations, path } = asked;
  const serviceVersionId = isOneLive(service) ? null : versionId;
  const before = configurations.find((each) => each.serviceVersionId === serviceVersionId) ?? null;
  const settings = asked.settings
    ? settled(asked.settings, [...path, 'runtimeConfiguration'])
    : before?.settings;
  if (!settings) {
    const { name: group } = await getGroup(tx, groupId, actor);
    throw runtimeConfigurationNeeded({ name: service.name, group }, [...path, 'runtimeConfiguration']);
  }
  if (before) return reconfigured(before, settings, asked);
  const id = derivedId(serviceVersionId ?? service.id, `${groupId}/runtime`);
  const after = {
    ...{ id, serviceId: service.id, runtimeGroupId: groupId, serviceVersionId, settings },
    canary: null,
  };
  return { before, after, story: [configurationEvent('created', null, after)] };
}

function reconfigured(
  before: RuntimeConfiguration,
  settings: RuntimeSettings,
  { endsCanary }: Release,
): Configured {
  const after = { ...before, settings, canary: endsCanary ? null : before.canary };
  const event = configurationEvent('updated', before, after);
  if (equalJson(event.before, event.after)) return { before, after: before, story: [] };
  return { before, after, story: [event] };
}

/** The settings in their one form; refuses what is wrong with them. */
export function settled(given: RuntimeSettings, path: readonly string[]): RuntimeSettings {
  const { value, problems } = normaliseSettings(given);
  refuseAny(problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] })));
  return value;
}
