import type { JsonObject } from '../../foundation/kernel/json.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import {
  kindNamed,
  openedInput,
  openedSecrets,
  redacted,
  resealedSecrets,
  sealedSecrets,
  withKnownSecrets,
  type Sealing,
} from '../gateway-config/index.js';
import { digestOfImplementation, normaliseImplementation, type Implementation } from './implementation.js';

/**
 * Whose secrets they are: the service's, so that a version is copied as it is. They are sealed for it alone, whatever group
 * they get to.
 */
export interface ServiceSealing {
  readonly secrets: Keyring;
  readonly serviceId: string;
}

/** An implementation as it is stored, with its digest, and everything that is wrong with it. */
export interface SettledImplementation {
  readonly implementation: Implementation;
  readonly digest: Buffer;
  readonly problems: readonly Problem[];
}

/**
 * The implementation in its one form, its secrets sealed. A secret that is given hidden is the one that the plugin of the
 * same name in the same place has in what is stored. The digest is that of what readers see, so that it is the same for the
 * same secrets.
 */
export async function settledImplementation(
  sealing: ServiceSealing,
  given: Implementation,
  stored?: Implementation,
): Promise<SettledImplementation> {
  const known = new Map(stored ? placesOf(stored) : []);
  return sealing.secrets.withKeys(() => {
    const clear = mapPlugins(given, (plugin, place) => {
      const current = known.get(place);
      return openedInput(sealingOf(sealing), current ? withKnownSecrets(plugins, plugin, current) : plugin);
    });
    const { implementation: normal, problems } = normaliseImplementation(clear);
    const implementation = mapPlugins(normal, (plugin, place) =>
      sealedSecrets(sealingOf(sealing), plugin, known.get(place)),
    );
    const digest = digestOfImplementation(mapPlugins(implementation, (plugin) => redacted(plugins, plugin)));
    return { implementation, digest, problems };
  });
}

/** The stored implementation with its secrets in clear, for the gateways that get it. */
export function openedImplementation(
  sealing: ServiceSealing,
  implementation: Implementation,
): Promise<Implementation> {
  return sealing.secrets.withKeys(() =>
    mapPlugins(implementation, (plugin) => openedSecrets(sealingOf(sealing), plugin)),
  );
}

/** The stored implementation with its secrets sealed by the newest data key. */
export function resealedImplementation(
  sealing: ServiceSealing,
  implementation: Implementation,
): Implementation {
  return mapPlugins(implementation, (plugin) => resealedSecrets(sealingOf(sealing), plugin));
}

const plugins = kindNamed('plugin');

function sealingOf({ secrets, serviceId }: ServiceSealing): Sealing {
  return { secrets, owner: { groupId: serviceId, kind: plugins, id: serviceId } };
}

type MapPlugin = (plugin: JsonObject, place: string) => JsonObject;

function mapPlugins({ routes, plugins: shared, ...rest }: Implementation, map: MapPlugin): Implementation {
  return {
    ...rest,
    routes: routes.map((draft) => ({
      ...draft,
      plugins: draft.plugins.map((plugin) => map(plugin, placeOf(plugin, draft.route))),
    })),
    plugins: shared.map((plugin) => map(plugin, placeOf(plugin))),
  };
}

function placesOf({ routes, plugins: shared }: Implementation): [string, JsonObject][] {
  const own = routes.flatMap(({ route, plugins: each }) =>
    each.map((plugin): [string, JsonObject] => [placeOf(plugin, route), plugin]),
  );
  return [...own, ...shared.map((plugin): [string, JsonObject] => [placeOf(plugin), plugin])];
}

/** A plugin stays the same one by its name, and by that of its route. */
function placeOf(plugin: JsonObject, route?: JsonObject): string {
  return JSON.stringify([route?.['name'] ?? null, plugin['name'] ?? null]);
}
