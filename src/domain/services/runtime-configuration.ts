import { isId } from '../../foundation/kernel/id.js';
import type { JsonObject } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import { kindNamed, normalise } from '../gateway-config/index.js';
import type { Lookup } from '../registries/index.js';
import {
  lookupInvalid,
  nodeRepeated,
  noWeight,
  pathPrefixInvalid,
  targetNeeded,
} from './services.refusals.js';

/**
 * What a service runs with in a group, or one version of it: it may differ from group to group, and is changed at any time
 * without a new version (the source on publishing, "Service Runtime Configurations"). Under Kong's field names.
 */
export interface RuntimeSettings {
  /** The hosts of routes that name none. */
  readonly hosts: readonly string[];
  /** Comes before the paths of all routes. */
  readonly path_prefix: string | null;
  /** Whether the prefix is cut off before a request goes on. */
  readonly strip_path_prefix: boolean;
  readonly target: Target;
}

/** Where an API is: said once and for all, or looked up all the time. */
export type Target = FixedTarget | RegistryTarget;

export type FixedTarget =
  /** One address; a name may stand for several, by DNS. */
  | { readonly is: 'address'; readonly address: JsonObject }
  /** Several nodes, between which an upstream balances. */
  | {
      readonly is: 'nodes';
      readonly address: JsonObject;
      readonly upstream: JsonObject;
      readonly nodes: readonly Node[];
    };

/** The nodes that a service registry knows, whatever they are at the time. */
export interface RegistryTarget {
  readonly is: 'registry';
  readonly address: JsonObject;
  readonly upstream: JsonObject;
  readonly registry: Lookup;
}

export interface Node {
  readonly target: string;
  readonly weight: number;
}

/** A runtime configuration as it is stored. It owns the entities that are made of it and of the version that is live. */
export interface RuntimeConfiguration {
  readonly id: string;
  readonly serviceId: string;
  readonly runtimeGroupId: string;
  /** Set where each version has its own. */
  readonly serviceVersionId: string | null;
  readonly settings: RuntimeSettings;
  readonly canary: Canary | null;
  /** Counts its changes. */
  readonly version: number;
  readonly updatedAt: Date;
}

/** For a time, a part of the requests goes to another target. */
export interface Canary {
  readonly target: Target;
  /** The share, in percent, of those requests that meet the conditions. */
  readonly weight: number;
  /** What a request must have, all of it; none: every request. */
  readonly conditions: readonly CanaryCondition[];
}

export interface CanaryCondition {
  readonly source: 'HEADER' | 'COOKIE' | 'QUERY';
  readonly name: string;
  /** Null: any value. */
  readonly value: string | null;
}

/** What a runtime configuration has looked up in service registries. */
export function lookupsOf({ settings, canary }: Pick<RuntimeConfiguration, 'settings' | 'canary'>): Lookup[] {
  return [settings.target, ...(canary ? [canary.target] : [])].flatMap((target) =>
    target.is === 'registry' ? [target.registry] : [],
  );
}

interface Checked<Value> {
  readonly value: Value;
  readonly problems: readonly Problem[];
}

/** The settings in their one form, and everything that is wrong with them. */
export function normaliseSettings(given: RuntimeSettings): Checked<RuntimeSettings> {
  const { value: target, problems } = normaliseTarget(given.target, ['target']);
  const prefix = given.path_prefix?.replace(/\/+$/, '') ?? null;
  const isPath = prefix === null || prefix === '' || /^(?:\/[A-Za-z0-9._~%-]+)+$/.test(prefix);
  const wrong = isPath ? [] : [pathPrefixInvalid.problem({ pathPrefix: prefix }, ['path_prefix'])];
  const hosts = normalise(kindNamed('route'), { hosts: given.hosts, paths: ['/'] });
  return {
    value: { ...given, path_prefix: prefix === '' ? null : prefix, target },
    problems: [...problems, ...wrong, ...hosts.problems],
  };
}

/** A target in its one form, and everything that is wrong with it, at its place. */
export function normaliseTarget(target: Target, place: readonly string[]): Checked<Target> {
  const at = (path: readonly string[], problems: readonly Problem[]): Problem[] =>
    problems.map((problem) => ({ ...problem, path: [...place, ...path, ...problem.path] }));
  const isNamed = target.is !== 'address';
  const address = normalise(kindNamed('gateway_service'), {
    ...target.address,
    ...(isNamed ? { host: 'upstream.invalid' } : {}),
  });
  const problems = at(['address'], address.problems);
  if (!isNamed) return { value: { is: 'address', address: addressIn(address.document) }, problems };
  const upstream = normalise(kindNamed('upstream'), { ...target.upstream, name: 'upstream.invalid' });
  const { name: _, ...settings } = upstream.document;
  const common = { address: withoutHost(addressIn(address.document)), upstream: settings };
  problems.push(...at(['upstream'], upstream.problems));
  if (target.is === 'registry') {
    const { registry } = target;
    problems.push(...at(['registry'], lookupProblems(registry)));
    return { value: { is: 'registry', ...common, registry }, problems };
  }
  const { value: nodes, problems: wrong } = normaliseNodes(target.nodes);
  problems.push(...at(['nodes'], wrong));
  return { value: { is: 'nodes', ...common, nodes }, problems };
}

function normaliseNodes(given: readonly Node[]): Checked<Node[]> {
  const nodes = given.map((node) =>
    normalise(kindNamed('target'), { ...node, upstream: '00000000-0000-0000-0000-000000000000' }),
  );
  const weights = given.reduce((sum, { weight }) => sum + weight, 0);
  const empty = given.length === 0 ? [targetNeeded.problem({})] : [];
  const weightless = empty.length === 0 && weights === 0 ? [noWeight.problem({})] : [];
  const names = nodes.map(({ document }) => document['target'] as string);
  const repeated = names.flatMap((name, index) =>
    names.indexOf(name) < index ? [nodeRepeated.problem({ target: name }, [String(index)])] : [],
  );
  const wrong = nodes.flatMap(({ problems }, index) =>
    problems.map((problem) => ({ ...problem, path: [String(index), ...problem.path] })),
  );
  return {
    value: nodes.map(({ document }) => ({
      target: document['target'] as string,
      weight: document['weight'] as number,
    })),
    problems: [...wrong, ...empty, ...weightless, ...repeated],
  };
}

/** What is wrong with a lookup by itself; whether its registry is there is another question. */
function lookupProblems({ registryId, service, tag }: Lookup): Problem[] {
  const isName = (text: string): boolean => /^[^\p{Cc}\p{Cs}]{1,200}$/u.test(text);
  return [
    ...(isId(registryId)
      ? []
      : [lookupInvalid.problem({ what: 'registryId', text: registryId }, ['registryId'])]),
    ...(isName(service) ? [] : [lookupInvalid.problem({ what: 'service', text: service }, ['service'])]),
    ...(tag === null || isName(tag) ? [] : [lookupInvalid.problem({ what: 'tag', text: tag }, ['tag'])]),
  ];
}

const addressFields: ReadonlySet<string> = new Set(['protocol', 'host', 'port', 'path']);

function addressIn(document: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([name]) => addressFields.has(name)));
}

function withoutHost({ host: _, ...address }: JsonObject): JsonObject {
  return address;
}
