import type { Actor, Command, CommandContext, NewEvent, Scope } from '../../foundation/commands/command.js';
import { newId } from '../../foundation/kernel/id.js';
import { equalJson } from '../../foundation/kernel/json.js';
import { refuseAny } from '../../foundation/kernel/refusal.js';
import type { Transaction } from '../../foundation/postgres/database.js';
import { findGroups, labelMap, refuseStaleVersion, type GivenLabels } from '../runtime-groups/index.js';
import { renameOwned } from './deploy.js';
import { demandPolicy, getService, getVersion } from './find.js';
import { settledImplementation, type ServiceSealing } from './implementation-secrets.js';
import { emptyImplementation, type Implementation } from './implementation.js';
import { configurationEvent, entryOf, serviceEvent, servicesStream, versionEvent } from './service-events.js';
import { findConfigurationsOf } from './runtime-configuration.store.js';
import { serviceProblems, type ReleasePolicy, type Service, type Template } from './service.js';
import {
  deleteServiceRow,
  findServicesByName,
  insertService,
  updateServiceRow,
  updateTemplateOf,
} from './service.store.js';
import { policyDiffers, serviceInUse, serviceNameTaken, versionNotFound } from './services.refusals.js';
import { findVersionsOf } from './version.store.js';

export interface CreateService {
  readonly name: string;
  readonly description: string;
  readonly labels: GivenLabels;
  readonly releasePolicy: ReleasePolicy;
  /** What the template begins with, for services with one live version. */
  readonly template: Implementation | null;
}

/** Adds a service to the catalogue. Nothing of it is reachable yet. */
export const createService: Command<CreateService, { id: string }> = {
  name: 'services.create',
  action: 'service:write',
  scope: (_reader, _input, actor) => Promise.resolve(catalogue(actor)),
  run: async (tx, input, { actor, head, secrets }) => {
    refuseAny(serviceProblems(input));
    await refuseTakenName(tx, actor, input.name);
    const id = newId();
    const template = await firstTemplate({ secrets, serviceId: id }, input);
    const service = {
      ...input,
      labels: labelMap(input.labels),
      id,
      organizationId: actor.organizationId,
      template,
    };
    await insertService(tx, service);
    return { result: { id }, ...entryOf(head, [serviceEvent('created', id, null, service)]) };
  },
};

async function firstTemplate(
  sealing: ServiceSealing,
  { name, releasePolicy, template }: CreateService,
): Promise<Template | null> {
  if (releasePolicy === 'ONE_LIVE') {
    return { ...(await templateOf(sealing, template ?? emptyImplementation)), version: 1 };
  }
  if (template === null) return null;
  const instead = 'It has no template: give it versions with createServiceVersion.';
  throw policyDiffers({ name, policy: releasePolicy, instead }, ['template']);
}

async function templateOf(
  sealing: ServiceSealing,
  given: Implementation,
  stored?: Implementation,
): Promise<Omit<Template, 'version'>> {
  const { problems, ...template } = await settledImplementation(sealing, given, stored);
  refuseAny(problems.map((problem) => ({ ...problem, path: ['template', ...problem.path] })));
  return template;
}

export interface UpdateService {
  readonly id: string;
  readonly name?: string | undefined;
  readonly description?: string | undefined;
  readonly labels?: GivenLabels | undefined;
  readonly expectedVersion?: number | undefined;
}

/** Renames, describes or labels a service. What is absent stays. Gateway entities keep the names that they have. */
export const updateService: Command<UpdateService, { id: string }> = {
  name: 'services.update',
  action: 'service:write',
  scope: (_reader, _input, actor) => Promise.resolve(catalogue(actor)),
  run: async (tx, input, { actor, head }) => {
    const service = await getService(tx, input.id, actor, ['id']);
    refuseStaleVersion(service, input.expectedVersion);
    const to = {
      ...service,
      name: input.name ?? service.name,
      description: input.description ?? service.description,
      labels: input.labels ? labelMap(input.labels) : service.labels,
    };
    refuseAny(serviceProblems({ ...to, labels: input.labels ?? [] }));
    if (to.name !== service.name) await refuseTakenName(tx, actor, to.name);
    const event = serviceEvent('updated', service.id, service, to);
    if (equalJson(event.before, event.after)) return { result: { id: service.id }, events: [] };
    await updateServiceRow(tx, service.id, to);
    if (to.name !== service.name) await renameOwned(tx, to);
    return { result: { id: service.id }, ...entryOf(head, [event]) };
  },
};

export interface DeleteService {
  readonly id: string;
  readonly expectedVersion?: number | undefined;
}

/** Deletes a service with its history. Refused while a version of it is live somewhere. */
export const deleteService: Command<DeleteService, { id: string }> = {
  name: 'services.delete',
  action: 'service:write',
  scope: (_reader, _input, actor) => Promise.resolve(catalogue(actor)),
  run: async (tx, input, { actor, head }) => {
    const service = await getService(tx, input.id, actor, ['id']);
    refuseStaleVersion(service, input.expectedVersion);
    const versions = await findVersionsOf(tx, [service.id]);
    const live = versions.filter(({ stage }) => stage === 'LIVE');
    if (live.length > 0) {
      const groups = await groupNames(tx, live, actor);
      throw serviceInUse({ name: service.name, live: live.length, groups }, ['id']);
    }
    const configurations = await findConfigurationsOf(tx, service.id);
    await deleteServiceRow(tx, service.id);
    const events = [
      ...versions.map((version) => versionEvent('deleted', version, null)),
      ...configurations.map((configuration) => configurationEvent('deleted', configuration, null)),
      serviceEvent('deleted', service.id, service, null),
    ];
    return { result: { id: service.id }, ...entryOf(head, events) };
  },
};

async function groupNames(
  tx: Transaction,
  versions: readonly { readonly runtimeGroupId: string }[],
  { organizationId, runtimeGroupId }: Actor,
): Promise<string[]> {
  const ids = [...new Set(versions.map(({ runtimeGroupId: id }) => id))];
  const groups = await findGroups(tx, { organizationId, runtimeGroupId }, ids);
  return groups.map(({ name }) => `“${name}”`).sort();
}

export interface UpdateTemplate {
  readonly serviceId: string;
  /** What is absent stays as it is. */
  readonly changes: Partial<Implementation>;
  readonly expectedVersion?: number | undefined;
}

/** Changes the draft of a service. Nothing that is published changes. */
export const updateServiceTemplate: Command<UpdateTemplate, { id: string }> = {
  name: 'services.update-template',
  action: 'service:write',
  scope: (_reader, _input, actor) => Promise.resolve(catalogue(actor)),
  run: async (tx, { serviceId, changes, expectedVersion }, context) => {
    const [service, template] = await getTemplate(tx, serviceId, context.actor);
    refuseStaleVersion(template, expectedVersion);
    const { implementation: stored } = template;
    const sealing = { secrets: context.secrets, serviceId: service.id };
    const to = await templateOf(sealing, { ...stored, ...changes }, stored);
    return changeTemplate(tx, service, to, context);
  },
};

export interface ResetTemplate {
  readonly serviceId: string;
  /** The version whose content it gets. */
  readonly serviceVersionId: string;
  readonly expectedVersion?: number | undefined;
}

/** Makes the draft what a version is. */
export const resetServiceTemplate: Command<ResetTemplate, { id: string }> = {
  name: 'services.reset-template',
  action: 'service:write',
  scope: (_reader, _input, actor) => Promise.resolve(catalogue(actor)),
  run: async (tx, { serviceId, serviceVersionId, expectedVersion }, context) => {
    const [service, template] = await getTemplate(tx, serviceId, context.actor);
    refuseStaleVersion(template, expectedVersion);
    const version = await getVersion(tx, serviceVersionId, context.actor, ['serviceVersionId']);
    if (version.serviceId !== service.id) {
      throw versionNotFound({ what: `version ${version.id} of service ${service.name}` }, [
        'serviceVersionId',
      ]);
    }
    return changeTemplate(tx, service, version, context);
  },
};

async function getTemplate(tx: Transaction, id: string, actor: Actor): Promise<[Service, Template]> {
  const service = await getService(tx, id, actor);
  demandPolicy(service, 'ONE_LIVE', 'It has no template: its versions are made and edited in their groups.');
  if (!service.template) throw new Error(`The service ${id} has no template.`);
  return [service, service.template];
}

async function changeTemplate(
  tx: Transaction,
  service: Service,
  { implementation, digest }: Omit<Template, 'version'>,
  { head }: CommandContext,
): Promise<{ result: { id: string }; events: readonly NewEvent[]; stateHash?: Buffer }> {
  const result = { id: service.id };
  if (service.template?.digest.equals(digest)) return { result, events: [] };
  await updateTemplateOf(tx, service.id, { implementation, digest });
  const event = serviceEvent('template_updated', service.id, service, { ...service, template: { digest } });
  return { result, ...entryOf(head, [event]) };
}

function catalogue(actor: Actor): Scope {
  const resource = { organizationId: actor.organizationId, runtimeGroupId: null };
  return { resource, stream: servicesStream(actor) };
}

async function refuseTakenName(tx: Transaction, actor: Actor, name: string): Promise<void> {
  const visibility = { organizationId: actor.organizationId, runtimeGroupId: null };
  const taken = await findServicesByName(tx, visibility, [name]);
  if (taken.length > 0) throw serviceNameTaken({ name }, ['name']);
}
