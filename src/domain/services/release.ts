import type { Actor, NewEvent } from '../../foundation/commands/command.js';
import { systemClock } from '../../foundation/kernel/clock.js';
import { derivedId } from '../../foundation/kernel/id.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Transaction } from '../../foundation/postgres/database.js';
import { getGroup } from '../runtime-groups/index.js';
import type { Change } from '../gateway-config/index.js';
import { changesToDeploy } from './deploy.js';
import type { Implementation } from './implementation.js';
import { normaliseSettings, type RuntimeSettings } from './runtime-configuration.js';
import {
  findConfigurations,
  putConfiguration,
  type ConfigurationDraft,
} from './runtime-configuration.store.js';
import { configurationEvent, versionEvent } from './service-events.js';
import { isText, type Service } from './service.js';
import { numberInvalid, runtimeConfigurationNeeded, textTooLong } from './services.refusals.js';
import { isVersionNumber } from './version-number.js';
import { isOneLive } from './version.js';
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
  readonly changes: readonly Change[];
}

const maxNotes = 10_000;

/** Makes a version live in a group; of a service with one live version, what was live there becomes history. */
export async function release(tx: Transaction, asked: Release, actor: Actor): Promise<Released> {
  refuseAny(releaseProblems(asked));
  const { service, groupId } = asked;
  const there = await findVersionsOf(tx, service.id, groupId);
  const before = there.find(({ number }) => number === asked.number) ?? null;
  const live = isOneLive(service) ? there.find(({ stage }) => stage === 'LIVE') : undefined;
  const versionId = before?.id ?? derivedId(service.id, `${groupId}/${asked.number}`);
  const configuration = await configure(tx, asked, versionId, actor);
  const superseded = live && live.id !== versionId ? live : undefined;
  const story = [...configuration.story];
  if (superseded) {
    const past = configuration.before?.settings ?? null;
    const history: VersionDraft = { ...superseded, stage: 'HISTORY', lastRuntimeConfiguration: past };
    await putVersion(tx, history, { oneLive: true });
    story.push(versionEvent('superseded', superseded, history));
  }
  const version: VersionDraft = before?.stage === 'LIVE' ? before : draftOf(asked, versionId, before, actor);
  if (version !== before) {
    await putVersion(tx, version, { oneLive: isOneLive(service) });
    story.push(versionEvent(asked.past, before, version));
  }
  await putWhereNew(tx, configuration);
  const { path } = asked;
  const changes = await changesToDeploy(tx, { service, version, configuration: configuration.after, path });
  return { versionId, supersededId: superseded?.id ?? null, story, changes };
}

function releaseProblems({ number, notes, path }: Release) {
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
  { service, groupId, settings: given, endsCanary, path }: Release,
  versionId: string,
  actor: Actor,
): Promise<Configured> {
  const serviceVersionId = isOneLive(service) ? null : versionId;
  const all = await findConfigurations(tx, service.id, groupId);
  const before = all.find((each) => each.serviceVersionId === serviceVersionId) ?? null;
  const settings = given ? settled(given, [...path, 'runtimeConfiguration']) : before?.settings;
  if (!settings) {
    const { name: group } = await getGroup(tx, groupId, actor);
    throw runtimeConfigurationNeeded({ name: service.name, group }, [...path, 'runtimeConfiguration']);
  }
  const canary = endsCanary ? null : (before?.canary ?? null);
  const id =
    before?.id ?? derivedId(versionId === serviceVersionId ? versionId : service.id, `${groupId}/runtime`);
  const after = { id, serviceId: service.id, runtimeGroupId: groupId, serviceVersionId, settings, canary };
  const event = configurationEvent(before ? 'updated' : 'created', before, after);
  const isSame = JSON.stringify(event.before) === JSON.stringify(event.after);
  return { before, after: isSame && before ? before : after, story: isSame ? [] : [event] };
}

/** The settings in their one form; refuses what is wrong with them. */
export function settled(given: RuntimeSettings, path: readonly string[]): RuntimeSettings {
  const { value, problems } = normaliseSettings(given);
  refuseAny(problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] })));
  return value;
}

/** After the version, which it may refer to. */
async function putWhereNew(tx: Transaction, { before, after }: Configured): Promise<void> {
  if (after !== before) await putConfiguration(tx, after);
}
