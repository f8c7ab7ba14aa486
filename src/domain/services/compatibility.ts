import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { pluginSchema } from '../gateway-config/index.js';

/** What becomes of one entity, as far as it takes a gateway that can do it. */
export interface PlannedChange {
  readonly kind: string;
  readonly after: Json;
}

/** The plugins that gateways will run because of these changes, and that not every version of the gateway has. */
export function newerPlugins(changes: readonly PlannedChange[]): ReadonlyMap<string, string> {
  const names = changes.flatMap(({ kind, after }) =>
    kind === 'plugin' && after !== null ? [(after as JsonObject)['name'] as string] : [],
  );
  return new Map(
    names.flatMap((name) => {
      const since = pluginSchema(name)?.since;
      return since === undefined ? [] : [[name, since] as const];
    }),
  );
}

/** Why a gateway of this version cannot take plugins, in a sentence; null if it can, or if its version is not known. */
export function whyNot(runtimeVersion: string | null, plugins: ReadonlyMap<string, string>): string | null {
  const version = runtimeVersion === null ? undefined : partsOf(runtimeVersion);
  if (!version) return null;
  const missing = [...plugins].filter(([, since]) => isOlder(version, partsOf(since) ?? []));
  if (missing.length === 0) return null;
  const list = missing.map(([name, since]) => `${name} (since ${since})`).join(', ');
  return `It runs ${runtimeVersion}, which does not have ${list}.`;
}

/** The numbers of a version such as 3.9.1; nothing if the text begins with none. */
function partsOf(version: string): readonly number[] | undefined {
  const numbers = /^\D{0,10}(\d+(?:\.\d+)*)/.exec(version)?.[1];
  return numbers?.split('.').map(Number);
}

function isOlder(version: readonly number[], since: readonly number[]): boolean {
  const at = since.findIndex((number, index) => number !== (version[index] ?? 0));
  return at >= 0 && (version[at] ?? 0) < (since[at] ?? 0);
}
