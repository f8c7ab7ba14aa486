import { newId } from '../../../src/foundation/kernel/id.js';
import type { Variables } from '../../kit/client.js';
import type { Asked, AskedTo, VersionWord } from './commands.js';
import {
  configurationPlace,
  contents,
  placeOf,
  targets,
  type Canary,
  type Content,
  type Policy,
  type Settings,
} from './world.js';

/** Which real things the words of the model stand for. What never was there has an id that nothing has. */
export class Ids {
  private readonly known = new Map<string, string>();
  private readonly words = new Map<string, string>();
  private readonly policies = new Map<string, Policy>();

  learn(word: string, id: string): void {
    this.known.set(word, id);
    this.words.set(id, word);
  }

  /** Whether versions of a service have configurations of their own. */
  learnPolicy(service: string, policy: Policy): void {
    this.policies.set(service, policy);
  }

  of(word: string): string {
    return this.known.get(word) ?? newId();
  }

  wordOf(id: string): string {
    return this.words.get(id) ?? '';
  }

  version({ service, group, number }: VersionWord): string {
    return this.of(`version ${service}/${placeOf(group, number)}`);
  }

  configuration({ service, group, number }: VersionWord): string {
    const policy = this.policies.get(service) ?? 'ONE_LIVE';
    return this.of(`configuration ${service}/${configurationPlace({ policy }, group, number)}`);
  }
}

/** A mutation and its input. */
export type Mutation = readonly [string, Variables];

/** The mutation that asks for it. Which routes get in the way of others is no part of the model: all may. */
export function mutationOf(asked: Asked, ids: Ids): Mutation {
  const [mutation, input] = (mutations[asked.to] as (asked: Asked, ids: Ids) => Mutation)(asked, ids);
  return [mutation, ofCatalogue.has(asked.to) ? input : { ...input, allowOverlaps: true }];
}

/** Nothing of these is live. */
const ofCatalogue: ReadonlySet<string> = new Set([
  ...['createService', 'updateService', 'deleteService', 'updateTemplate', 'resetTemplate'],
]);

const staleVersion = 999_999;

const mutations: { readonly [To in Asked['to']]: (asked: AskedTo<To>, ids: Ids) => Mutation } = {
  createService: ({ name, policy, template }) => [
    'createService',
    { name, releasePolicy: policy, ...(template ? { template: contents[template] } : {}) },
  ],
  updateService: ({ service, name, isStale }, ids) => [
    'updateService',
    { id: ids.of(service), name, ...expecting(isStale) },
  ],
  deleteService: ({ service }, ids) => ['deleteService', { id: ids.of(service) }],
  updateTemplate: ({ service, content, isStale }, ids) => [
    'updateServiceTemplate',
    { serviceId: ids.of(service), ...doing(content), ...expecting(isStale) },
  ],
  resetTemplate: ({ service, version }, ids) => [
    'resetServiceTemplate',
    { serviceId: ids.of(service), serviceVersionId: ids.version(version) },
  ],
  publish: ({ groups, publications }, ids) => [
    'publishServiceVersion',
    {
      publications: publications.map(({ service, number, settings }) => ({
        ...{ serviceId: ids.of(service), number, ...running(settings) },
      })),
      runtimeGroupIds: groups.map((group) => ids.of(group)),
    },
  ],
  promote: ({ version, groups, settings }, ids) => [
    'promoteServiceVersion',
    {
      ...ofVersion(version, ids),
      runtimeGroupIds: groups.map((group) => ids.of(group)),
      ...running(settings),
    },
  ],
  rollBack: ({ version: { service, group, number }, restores, allowNeverLive }, ids) => [
    'rollbackService',
    {
      ...{ serviceId: ids.of(service), runtimeGroupId: ids.of(group), number, allowNeverLive },
      restoreRuntimeConfiguration: restores,
    },
  ],
  createVersion: ({ version: { service, group, number }, content, settings }, ids) => [
    'createServiceVersion',
    {
      ...{ serviceId: ids.of(service), runtimeGroupId: ids.of(group), number },
      ...{ ...doing(content), ...running(settings) },
    },
  ],
  updateVersion: ({ version, content, notes, group, isStale }, ids) => [
    'updateServiceVersion',
    {
      ...{ id: ids.version(version), notes, ...expecting(isStale) },
      ...(content ? doing(content) : {}),
      ...(group === null ? {} : { runtimeGroupId: ids.of(group) }),
    },
  ],
  deleteVersion: ({ version, force }, ids) => ['deleteServiceVersion', { id: ids.version(version), force }],
  deprecate: ({ version, successor, message, isBackwards }, ids) => [
    'deprecateServiceVersion',
    {
      ...{ id: ids.version(version), message, date: '2026-12-01T00:00:00Z' },
      sunset: isBackwards ? '2026-11-30T00:00:00Z' : '2027-12-01T00:00:00Z',
      successorId: successor && ids.version(successor),
    },
  ],
  unpublish: ({ version }, ids) => ['unpublishServiceVersion', { id: ids.version(version) }],
  republish: ({ version }, ids) => ['republishServiceVersion', { id: ids.version(version) }],
  configure: ({ version, changes: { target, ...changes }, isStale }, ids) => [
    'updateRuntimeConfiguration',
    {
      ...{ id: ids.configuration(version), ...changes, ...expecting(isStale) },
      ...(target ? { target: targets[target] } : {}),
    },
  ],
  startCanary: ({ version, canary }, ids) => [
    'startCanary',
    { ...ofVersion(version, ids), ...sharing(canary) },
  ],
  shiftCanary: ({ version, weight }, ids) => ['shiftCanary', { ...ofVersion(version, ids), weight }],
  promoteCanary: ({ version }, ids) => ['promoteCanary', ofVersion(version, ids)],
  abortCanary: ({ version }, ids) => ['abortCanary', ofVersion(version, ids)],
};

function expecting(isStale: boolean): Variables {
  return isStale ? { expectedVersion: staleVersion } : {};
}

function doing(content: Content): Variables {
  return { implementation: contents[content] };
}

function running(settings: Settings | null): Variables {
  return settings ? { runtimeConfiguration: { ...settings, target: targets[settings.target] } } : {};
}

function ofVersion(version: VersionWord, ids: Ids): Variables {
  return { serviceVersionId: ids.version(version) };
}

function sharing({ target, weight, isConditional }: Canary): Variables {
  const conditions = isConditional ? [{ source: 'COOKIE', name: 'canary', value: 'yes' }] : [];
  return { target: targets[target], weight, conditions };
}
