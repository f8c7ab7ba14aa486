import type { Actor } from '../../foundation/commands/command.js';
import { equalJson, type Json } from '../../foundation/kernel/json.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import { getGroup } from '../runtime-groups/index.js';
import { demandPolicy, getService, getVersion } from './find.js';
import type { AskedTarget } from './found-targets.js';
import { settledImplementation } from './implementation-secrets.js';
import { isEmpty, type Implementation } from './implementation.js';
import { lifecycleCommand, type Effect, type LifecycleContext } from './lifecycle-command.js';
import { release, type Released } from './release.js';
import type { RuntimeSettings } from './runtime-configuration.js';
import { findConfigurations } from './runtime-configuration.store.js';
import type { Service } from './service.js';
import { sealNumber } from './service.store.js';
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
    const released: Released[] = [];
    for (const [index, publication] of publications.entries()) {
      released.push(await publish(tx, publication, context, ['publications', String(index)]));
    }
    return together(released);
  },
});

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

async function publish(
  tx: Transaction,
  publication: Publication,
  { actor, groupId }: LifecycleContext,
  path: readonly string[],
): Promise<Released> {
  const { number, notes, settings } = publication;
  const service = await getService(tx, publication.serviceId, actor, [...path, 'serviceId']);
  demandPolicy(service, 'ONE_LIVE', 'Its versions are made in their groups: use createServiceVersion.');
  const { template } = service;
  if (!template || isEmpty(template.implementation))
    throw templateEmpty({ name: service.name }, [...path, 'serviceId']);
  await refuseDuringCanary(tx, service, groupId, number);
  const { implementation, digest } = template;
  await sealed(tx, service, { number, digest }, [...path, 'number']);
  const what = { service, groupId, number, implementation, digest, notes, settings, path };
  return release(tx, { ...what, endsCanary: false, past: 'published' }, actor);
}

/** Takes the number for this content; refuses one that stands for another. */
async function sealed(
  tx: Transaction,
  { id, name }: Service,
  { number, digest }: { readonly number: string; readonly digest: Buffer },
  path: readonly string[],
): Promise<void> {
  const known = await sealNumber(tx, id, { number, digest });
  if (!known.equals(digest)) throw numberTaken({ name, number }, path);
}

/** What is released would be put under a canary that was meant for something else. */
async function refuseDuringCanary(
  tx: Transaction,
  service: Service,
  groupId: string,
  number: string,
): Promise<void> {
  const there = await findVersionsOf(tx, service.id, groupId);
  const own = there.find((each) => each.number === number)?.id;
  const configurations = await findConfigurations(tx, service.id, groupId);
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
    await refuseDuringCanary(tx, service, groupId, source.number);
    if (!isOneLive(service)) await refuseOther(tx, service, source, { groupId, actor });
    const { number, implementation, digest, notes } = source;
    const what = { service, groupId, number, implementation, digest, notes, settings, path: [] };
    return together([await release(tx, { ...what, endsCanary: false, past: 'promoted' }, actor)]);
  },
});

/** Where versions are edited in their groups, one of the number may be there already, with other content. */
async function refuseOther(
  tx: Transaction,
  service: Service,
  { number, digest }: { readonly number: string; readonly digest: Buffer },
  { groupId, actor }: { readonly groupId: string; readonly actor: Actor },
): Promise<void> {
  const there = (await findVersionsOf(tx, service.id, groupId)).find((each) => each.number === number);
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
    const there = await findVersionsOf(tx, service.id, groupId);
    if (there.some((each) => each.number === number)) {
      const { name: group } = await getGroup(tx, groupId, actor);
      throw versionTaken({ title: titleOf(service, number), group }, ['number']);
    }
    const sealing = { secrets, serviceId: service.id };
    const { problems, implementation, digest } = await settledImplementation(sealing, input.implementation);
    refuseAny(problems.map((problem) => ({ ...problem, path: ['implementation', ...problem.path] })));
    const { notes, settings } = input;
    const what = { service, groupId, number, implementation, digest, notes, settings, path: [] };
    return together([await release(tx, { ...what, endsCanary: false, past: 'created' }, actor)]);
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
    const what = { service, groupId, number, implementation, digest, notes: null, settings: then, path: [] };
    const released = await release(tx, { ...what, endsCanary: true, past: 'rolled_back' }, actor);
    const { result, ...effect } = together([released]);
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
  const all = (await findVersionsOf(tx, service.id, actor.runtimeGroupId)).filter(
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

/** Several releases as one write. */
function together(released: readonly Released[]): Effect {
  return {
    result: {
      versionIds: released.map(({ versionId }) => versionId),
      supersededIds: released.flatMap(({ supersededId }) => supersededId ?? []),
    },
    story: released.flatMap(({ story }) => story),
    deployments: released.map(({ deployment }) => deployment),
  };
}
