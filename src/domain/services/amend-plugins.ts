import type { JsonObject } from '../../foundation/kernel/json.js';
import type { Implementation } from './implementation.js';

/** Makes the settings of a plugin of those that it has, or of none. */
export type AmendConfig = (config: JsonObject) => JsonObject;

/**
 * The implementation with an amended plugin for all its requests: added where there is none of that name, and amended
 * wherever there is one, because a gateway runs only the most specific plugin of a name.
 */
export function amendEverywhere(
  implementation: Implementation,
  name: string,
  amend: AmendConfig,
): Implementation {
  const { routes, plugins } = implementation;
  return {
    ...implementation,
    plugins: amendPlugin(plugins, name, amend) ?? [...plugins, { name, config: amend({}) }],
    routes: routes.map((draft) => ({
      ...draft,
      plugins: amendPlugin(draft.plugins, name, amend) ?? draft.plugins,
    })),
  };
}

/** The plugins with one of them amended; nothing if there is none of that name. */
export function amendPlugin(
  plugins: readonly JsonObject[],
  name: string,
  amend: AmendConfig,
): readonly JsonObject[] | undefined {
  if (!plugins.some((plugin) => plugin['name'] === name)) return undefined;
  return plugins.map((plugin) =>
    plugin['name'] === name
      ? // One that was switched off would do nothing: it is switched on for what is added alone.
        plugin['enabled'] === false
        ? { name, config: amend({}) }
        : { ...plugin, config: amend((plugin['config'] ?? {}) as JsonObject) }
      : plugin,
  );
}
