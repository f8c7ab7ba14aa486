import type { Actor, NewEvent } from '../../foundation/commands/command.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { derivedId } from '../../foundation/kernel/id.js';
import { equalJson } from '../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../foundation/kernel/refusal.js';
import type { Transaction } from '../../foundation/postgres/database.js';
import { getGroup } from '../runtime-groups/index.js';
import type { Deployment } from './deploy.js';
import type { Implementation } from './implementation.js';
import {
  normaliseSettings,
  type RuntimeConfiguration,
  type RuntimeSettings,
} from './runtime-configuration.js';
import {
  findConfigurations,
  putConfiguration,
  type ConfigurationDraft,
} from './runtime-configuration.store.js';
import { configurationEvent, versionEvent } from './service-events.js';
import { isText, type Service } from './service.js';
import { numberInvalid, runtimeConfigurationNeeded, textTooLong } from './services.refusals.js';
import { isVersionNumber } from './version-number.js';
import { isOneLive, type ServiceVersion } from './version.js';
import { findVersionsOf, putVersion, type VersionDraft } from './version.store.js';

/** What is to become live. */
export interface Release {
  readonly service: Service;
  readonly groupId: string;
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

export interface Released {
  readonly versionId: string;
  /** The version that was live before. */
  readonly supersededId: string | null;
  readonly story: readonly NewEvent[];
  readonly deployment: Deployment;
}

const maxNotes = 10_000;

/** Makes a version live in a group; of a service with one live version, what was live there becomes history. */
export async function release(tx: Transaction, asked: Release, actor: Actor): Promise<Released> {
  refuseAny(releaseProblems(asked));
  const { service, path } = asked;
  const { id, before, superseded } = await placeOf(tx, asked);
  const configuration = await configure(tx, asked, id, actor);
  const version = before?.stage === 'LIVE' ? before : draftOf(asked, id, before, actor);
  const story = [
    ...configuration.story,
    ...(superseded ? [await supersede(tx, superseded, configuration.before)] : []),
    ...(version === before ? [] : [versionEvent(asked.past, before, version)]),
  ];
  if (version !== before) await putVersion(tx, version, { oneLive: isOneLive(service) });
  // After the version, which it may refer to.
  if (configuration.after !== configuration.before) await putConfiguration(tx, configuration.after);
  const deployment = { service, version, configuration: configuration.after, path };
  return { versionId: id, supersededId: superseded?.id ?? null, story, deployment };
}

/** Where the version has its place: what it was there before, and what it takes the place of. */
async function placeOf(
  tx: Transaction,
  { service, groupId, number }: Release,
): Promise<{ id: string; before: ServiceVersion | null; superseded: ServiceVersion | undefined }> {
  const there = await findVersionsOf(tx, service.id, groupId);
  const before = there.find((each) => each.number === number) ?? null;
  const id = before?.id ?? derivedId(service.id, `${groupId}/${number}`);
  const live = there.find((each) => each.stage === 'LIVE' && each.id !== id);
  return { id, before, superseded: isOneLive(service) ? live : undefined };
}

/** Makes the version history that was live; it keeps what it ran with, for whoever goes back to it. */
async function supersede(
  tx: Transaction,
  live: ServiceVersion,
  configuration: ConfigurationDraft | null,
): Promise<NewEvent> {
  const last = configuration?.settings ?? null;
  const history: VersionDraft = { ...live, stage: 'HISTORY', lastRuntimeConfiguration: last };
  await putVersion(tx, history, { oneLive: true });
  return versionEvent('superseded', live, history);
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
  const { service, groupId, path } = asked;
  const serviceVersionId = isOneLive(service) ? null : versionId;
  const all = await findConfigurations(tx, service.id, groupId);
  const before = all.find((each) => each.serviceVersionId === serviceVersionId) ?? null;
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
