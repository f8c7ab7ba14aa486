import { sha256 } from '../../foundation/kernel/id.js';
import { canonicalJson, type Json, type JsonObject } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import { kindNamed, normalise } from '../gateway-config/index.js';
import { pluginTwice, routeNameTaken, routeUnnamed } from './services.refusals.js';

/**
 * What a version of a service does with requests: its routes, its plugins, and how the gateway talks to the API behind. Where
 * that API is belongs to the runtime configuration. Everything is under the field names of Kong's entities.
 */
export interface Implementation {
  /** How the gateway talks to the API: timeouts, retries, TLS. */
  readonly settings: JsonObject;
  readonly routes: readonly RouteDraft[];
  /** The plugins of all routes. */
  readonly plugins: readonly JsonObject[];
}

/** A route without the gateway service that it leads to; its name is unique in the implementation. */
export interface RouteDraft {
  readonly route: JsonObject;
  /** The plugins of this route alone. */
  readonly plugins: readonly JsonObject[];
}

export const emptyImplementation: Implementation = { settings: {}, routes: [], plugins: [] };

/** Stands in for the address of the API, where only the rest is looked at. */
const anywhere = { host: 'anywhere.invalid' };

/** The implementation in its one form, defaults filled, and everything that is wrong with it. */
export function normaliseImplementation(given: Implementation): {
  readonly implementation: Implementation;
  readonly problems: readonly Problem[];
} {
  const problems: Problem[] = [];
  const at = (path: readonly string[], found: readonly Problem[]): void => {
    problems.push(...found.map((problem) => ({ ...problem, path: [...path, ...problem.path] })));
  };
  const conform = (kind: string, input: JsonObject, path: readonly string[]): JsonObject => {
    const normal = normalise(kindNamed(kind), input);
    at(path, normal.problems);
    return normal.document;
  };
  const plugins = (drafts: readonly JsonObject[], path: readonly string[]): JsonObject[] => {
    at(path, twice(drafts));
    return drafts.map((draft, index) => conform('plugin', draft, [...path, String(index)]));
  };
  const protocol = Object.keys(given.settings).some(isOfTls) ? 'https' : 'http';
  const settings = conform('gateway_service', { ...given.settings, ...anywhere, protocol }, ['settings']);
  at(['routes'], namesOf(given.routes));
  const routes = given.routes.map(({ route, plugins: own }, index) => ({
    route: conform('route', route, ['routes', String(index)]),
    plugins: plugins(own, ['routes', String(index), 'plugins']),
  }));
  const implementation = {
    settings: only(settings, settingNames),
    routes,
    plugins: plugins(given.plugins, ['plugins']),
  };
  return { implementation, problems };
}

/** The fields of a gateway service that belong to the implementation; the others say where the API is. */
export const settingNames: readonly string[] = [
  'retries',
  'connect_timeout',
  'write_timeout',
  'read_timeout',
  'tls_verify',
  'tls_verify_depth',
  'tags',
];

function isOfTls(field: string): boolean {
  return field.startsWith('tls_');
}

function only(document: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(document).filter(([name]) => names.includes(name)));
}

function namesOf(routes: readonly RouteDraft[]): Problem[] {
  const names = routes.map(({ route }) => route['name']);
  return names.flatMap((name, index) => {
    if (typeof name !== 'string') return [routeUnnamed.problem({}, [String(index), 'name'])];
    if (names.indexOf(name) === index) return [];
    return [routeNameTaken.problem({ name }, [String(index), 'name'])];
  });
}

function twice(plugins: readonly JsonObject[]): Problem[] {
  const names = plugins.map((plugin) => plugin['name']);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [pluginTwice.problem({ name: JSON.stringify(name ?? null) }, [String(index), 'name'])],
  );
}

/** Equal for implementations that do the same. */
export function digestOfImplementation(implementation: Implementation): Buffer {
  return sha256(canonicalJson(implementation as unknown as Json));
}

/** True if there is nothing to reach. */
export function isEmpty({ routes }: Implementation): boolean {
  return routes.length === 0;
}
