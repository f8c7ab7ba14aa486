import type { Actor } from '../../foundation/commands/command.js';
import { equalJson, type Json } from '../../foundation/kernel/json.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { getGroup } from '../runtime-groups/index.js';
import { demandPolicy, getService, getServices, getVersion } from './find.js';
import type { AskedTarget } from './found-targets.js';
import { settledImplementation } from './implementation-secrets.js';
import { isEmpty, type Implementation } from './implementation.js';
import { lifecycleCommand, type LifecycleContext } from './lifecycle-command.js';
import { release, standingsOf, type Release, type Standing } from './release.js';
import type { RuntimeSettings } from './runtime-configuration.js';
import type { Service } from './service.js';
import { sealNumbers } from './service.store.js';
import {
  canaryRefused,
  neverLive,
  numberTaken,
  overtaken,
  serviceRepeated,
  templateEmpty,
  transitionRefused,
  versionHistory,
  versionNotFound,
  versionTaken,
} from './services.refusals.js';
import { canaryMachine, consider, stageMachine } from './transitions.js';
import { isOneLive, titleOf, type ServiceVersion } from './version.js';
import { findLiveNumbers, findVersionsOf } from './version.store.js';

/** The publication of one service. */
export interface Publication {
  readonly serviceId: string;
  readonly number: string;
  readonly notes: string | null;
  /** Null: what the service runs with there already. */
  readonly settings: RuntimeSettings | null;
}

export interface PublishVersions {
  readonly runtimeGroupId: string;
  readonly publications: readonly Publication[];
}

/** Makes the templates of services live in a group, each under a number: all of them, in one revision, or none. */
export const publishVersions = lifecycleCommand<PublishVersions>({
  name: 'services.publish',
  action: 'service:deploy',
  group: (_reader, { runtimeGroupId }) => Promise.resolve(runtimeGroupId),
  see: (reader, { runtimeGroupId, publications }) => liveNumbers(reader, runtimeGroupId, publications),
  targets: ({ publications }) =>
    publications.flatMap(({ settings }, index) => targetsOf(settings, ['publications', String(index)])),
  run: async (tx, { publications }, context) => {
    await refuseOvertaken(tx, publications, context);
    await refuseRepeated(tx, publications, context);
    const asked = publications.map(({ serviceId }, index) => ({
      serviceId,
      path: [...pathOf(index), 'serviceId'],
    }));
    const services = await getServices(tx, asked, context.actor);
    const standings = await standingsOf(tx, services, context.groupId);
    const releases = standings.map((standing, index) =>
      publicationOf(standing, publications[index] as Publication, pathOf(index)),
    );
    await seal(tx, releases);
    return release(tx, releases, context.actor);
  },
});

function pathOf(index: number): string[] {
  return ['publications', String(index)];
}

/** Each would make what is live in the group its own. */
async function refuseRepeated(
  tx: Transaction,
  publications: readonly Publication[],
  { actor }: LifecycleContext,
): Promise<void> {
  const ids = publications.map(({ serviceId }) => serviceId.toLowerCase());
  const index = ids.findIndex((id, at) => ids.indexOf(id) < at);
  if (index < 0) return;
  const path = ['publications', String(index), 'serviceId'];
  const { name } = await getService(tx, ids[index] as string, actor, path);
  throw serviceRepeated({ name }, path);
}

/** The release of what a service's template is now. */
function publicationOf(standing: Standing, asked: Publication, path: readonly string[]): Release {
  const { service } = standing;
  demandPolicy(service, 'ONE_LIVE', 'Its versions are made in their groups: use createServiceVersion.');
  const { template } = service;
  if (!template || isEmpty(template.implementation))
    throw templateEmpty({ name: service.name }, [...path, 'serviceId']);
  const { number, notes, settings } = asked;
  refuseDuringCanary(standing, number);
  const { implementation, digest } = template;
  const what = { number, implementation, digest, notes, settings, path };
  return { ...standing, ...what, endsCanary: false, past: 'published' };
}

/** Takes the numbers for these contents; refuses one that stands for another. */
async function seal(tx: Transaction, releases: readonly Release[]): Promise<void> {
  const seals = releases.map(({ service, number, digest }) => ({ serviceId: service.id, number, digest }));
  const kept = await sealNumbers(tx, seals);
  for (const { service, number, digest, path } of releases) {
    if (kept.get(service.id)?.equals(digest)) continue;
    throw numberTaken({ name: service.name, number }, [...path, 'number']);
  }
}

/** What is released would be put under a canary that was meant for something else. */
function refuseDuringCanary({ service, versions, configurations }: Standing, number: string): void {
  const own = versions.find((each) => each.number === number)?.id;
  const touched = configurations.filter(({ serviceVersionId: id }) => id === null || id === own);
  if (touched.every(({ canary }) => canary === null)) return;
  const { why } = consider(canaryMachine, 'START', 'RUNNING');
  throw canaryRefused({ what: `service ${service.name}`, why: why ?? '' });
}

export interface PromoteVersion {
  readonly serviceVersionId: string;
  readonly runtimeGroupId: string;
  readonly settings: RuntimeSettings | null;
}

/** Makes what is live in one group live in another, under the same number, with the same content. */
export const promoteVersion = lifecycleCommand<PromoteVersion>({
  name: 'services.promote',
  action: 'service:deploy',
  group: (_reader, { runtimeGroupId }) => Promise.resolve(runtimeGroupId),
  targets: ({ settings }) => targetsOf(settings, []),
  see: async (reader, { serviceVersionId, runtimeGroupId }, actor) => {
    const { serviceId } = await getVersion(reader, serviceVersionId, actor, ['serviceVersionId']);
    return liveNumbers(reader, runtimeGroupId, [{ serviceId }]);
  },
  run: async (tx, { serviceVersionId, settings }, context) => {
    const { actor, groupId } = context;
    const source = await getVersion(tx, serviceVersionId, actor, ['serviceVersionId']);
    const service = await getService(tx, source.serviceId, actor);
    if (isOneLive(service)) await refuseOvertaken(tx, [source], context);
    const title = titleOf(service, source.number);
    if (source.stage === 'HISTORY') throw versionHistory({ title }, ['serviceVersionId']);
    const standing = await standingOf(tx, service, groupId);
    refuseDuringCanary(standing, source.number);
    if (!isOneLive(service)) await refuseOther(tx, standing, source, actor);
    const { number, implementation, digest, notes } = source;
    const what = { ...standing, number, implementation, digest, notes, settings, path: [] };
    return release(tx, [{ ...what, endsCanary: false, past: 'promoted' }], actor);
  },
});

/** Where versions are edited in their groups, one of the number may be there already, with other content. */
async function refuseOther(
  tx: Transaction,
  { service, groupId, versions }: Standing,
  { number, digest }: { readonly number: string; readonly digest: Buffer },
  actor: Actor,
): Promise<void> {
  const there = versions.find((each) => each.number === number);
  if (!there || there.digest.equals(digest)) return;
  const { name: group } = await getGroup(tx, groupId, actor);
  throw versionTaken({ title: titleOf(service, number), group }, ['serviceVersionId']);
}

export interface CreateVersion {
  readonly serviceId: string;
  readonly runtimeGroupId: string;
  readonly number: string;
  readonly notes: string;
  readonly implementation: Implementation;
  readonly settings: RuntimeSettings;
}

/** Adds a version of a service whose versions live side by side. It is live at once. */
export const createVersion = lifecycleCommand<CreateVersion>({
  name: 'services.create-version',
  action: 'service:deploy',
  group: (_reader, { runtimeGroupId }) => Promise.resolve(runtimeGroupId),
  targets: ({ settings }) => targetsOf(settings, []),
  run: async (tx, { serviceId, number, ...input }, { actor, groupId, secrets }) => {
    const service = await getService(tx, serviceId, actor);
    demandPolicy(service, 'SIDE_BY_SIDE', 'Its versions come of its template: use publishServiceVersion.');
    const standing = await standingOf(tx, service, groupId);
    if (standing.versions.some((each) => each.number === number)) {
      const { name: group } = await getGroup(tx, groupId, actor);
      throw versionTaken({ title: titleOf(service, number), group }, ['number']);
    }
    const sealing = { secrets, serviceId: service.id };
    const { problems, implementation, digest } = await settledImplementation(sealing, input.implementation);
    refuseAny(problems.map((problem) => ({ ...problem, path: ['implementation', ...problem.path] })));
    const { notes, settings } = input;
    const what = { ...standing, number, implementation, digest, notes, settings, path: [] };
    return release(tx, [{ ...what, endsCanary: false, past: 'created' }], actor);
  },
});

export interface RollBack {
  readonly serviceId: string;
  readonly runtimeGroupId: string;
  readonly number: string;
  /** Restores what the version ran with when it was live; else what the service runs with now is kept. */
  readonly restoresRuntimeConfiguration: boolean;
  /** Also to a version that was never live in this group, if it is there in another. */
  readonly allowNeverLive: boolean;
}

/** Makes a version live again that was before. A canary ends: it was meant for what is left now. */
export const rollBack = lifecycleCommand<RollBack>({
  name: 'services.roll-back',
  action: 'service:deploy',
  group: (_reader, { runtimeGroupId }) => Promise.resolve(runtimeGroupId),
  see: (reader, { runtimeGroupId, serviceId }) => liveNumbers(reader, runtimeGroupId, [{ serviceId }]),
  run: async (tx, input, context) => {
    const { actor, groupId } = context;
    await refuseOvertaken(tx, [input], context);
    const service = await getService(tx, input.serviceId, actor);
    demandPolicy(
      service,
      'ONE_LIVE',
      'Its versions are live side by side, so that there is none to go back to.',
    );
    const target = await rollbackTarget(tx, service, input, context);
    const { number, implementation, digest } = target;
    const then = input.restoresRuntimeConfiguration ? target.lastRuntimeConfiguration : null;
    const standing = await standingOf(tx, service, groupId);
    const what = { ...standing, number, implementation, digest, notes: null, settings: then, path: [] };
    const asked = { ...what, endsCanary: true, past: 'rolled_back' };
    const { result, ...effect } = await release(tx, [asked], actor);
    return { ...effect, result: { ...result, runtimeConfigurationRestored: then !== null } };
  },
});

async function rollbackTarget(
  tx: Transaction,
  service: Service,
  { number, allowNeverLive }: RollBack,
  { groupId, actor }: LifecycleContext,
): Promise<ServiceVersion> {
  const title = titleOf(service, number);
  // Whoever may see one group only gets nothing out of another.
  const all = (await findVersionsOf(tx, [service.id], actor.runtimeGroupId)).filter(
    (version) => version.number === number,
  );
  const here = all.find(({ runtimeGroupId }) => runtimeGroupId === groupId);
  if (here) {
    const { why } = consider(stageMachine, 'ROLL_BACK', here.stage);
    if (why !== null) throw transitionRefused({ title, step: 'ROLL_BACK', why }, ['number']);
    return here;
  }
  const [elsewhere] = all;
  if (!elsewhere) throw versionNotFound({ what: title }, ['number']);
  if (allowNeverLive) return { ...elsewhere, lastRuntimeConfiguration: null };
  const { name: group } = await getGroup(tx, groupId, actor);
  throw neverLive({ title, group }, ['number']);
}

/** Which number of each service is live in a group. */
async function liveNumbers(
  reader: Reader,
  groupId: string,
  services: readonly { readonly serviceId: string }[],
): Promise<Json> {
  const live = await findLiveNumbers(
    reader,
    groupId,
    services.map(({ serviceId }) => serviceId),
  );
  return Object.fromEntries(
    services.map(({ serviceId }) => [serviceId, live.get(serviceId.toLowerCase()) ?? null]),
  );
}

/** Of two publications at once, the second would undo the first without having seen it. */
async function refuseOvertaken(
  tx: Transaction,
  services: readonly { readonly serviceId: string }[],
  { scope, groupId, actor }: LifecycleContext,
): Promise<void> {
  const now = (await liveNumbers(tx, groupId, services)) as Record<string, string | null>;
  if (equalJson(scope.seen ?? null, now)) return;
  const seen = scope.seen as Record<string, string | null>;
  const id = Object.keys(now).find((each) => now[each] !== seen[each]) ?? '';
  const { name } = await getService(tx, id, actor);
  const { name: group } = await getGroup(tx, groupId, actor);
  throw overtaken({ name, group, live: now[id] ?? null });
}

function targetsOf(settings: RuntimeSettings | null, path: readonly string[]): AskedTarget[] {
  return settings ? [{ target: settings.target, path: [...path, 'runtimeConfiguration', 'target'] }] : [];
}

async function standingOf(tx: Transaction, service: Service, groupId: string): Promise<Standing> {
  const [standing] = await standingsOf(tx, [service], groupId);
  return standing as Standing;
}
