import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { amendEverywhere } from './amend-plugins.js';
import type { Implementation } from './implementation.js';
import type { Deprecation } from './version.js';

/**
 * The implementation whose every response says that the version is deprecated, and when it is expected to cease: the header
 * fields of RFC 9745 and RFC 8594.
 */
export function withDeprecation(implementation: Implementation, deprecation: Deprecation): Implementation {
  const headers = headersOf(deprecation);
  return amendEverywhere(implementation, 'response-transformer', (config) => addHeaders(config, headers));
}

/** Each as the plugin takes it: name and value with a colon between. */
function headersOf({ date, sunset }: Deprecation): string[] {
  const since = `Deprecation:@${Math.floor(Date.parse(date) / 1_000)}`;
  return sunset === null ? [since] : [since, `Sunset:${new Date(sunset).toUTCString()}`];
}

function addHeaders(config: JsonObject, headers: readonly string[]): JsonObject {
  const add = (config['add'] ?? {}) as JsonObject;
  const before = (add['headers'] ?? []) as readonly Json[];
  return { ...config, add: { ...add, headers: [...before, ...headers] } };
}
