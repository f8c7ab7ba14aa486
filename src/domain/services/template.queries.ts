import type { Actor, Query } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { differencesOf, type Difference } from '../gateway-config/index.js';
import { organizationWide } from '../runtime-groups/index.js';
import { getService, getVersion } from './find.js';
import { emptyImplementation, type Implementation } from './implementation.js';
import { realise, type Fixed, type WantedEntity } from './realise.js';
import type { RuntimeSettings } from './runtime-configuration.js';
import type { Service } from './service.js';
import { oneOfVersionAndGroup, versionNotFound } from './services.refusals.js';
import type { ServiceVersion } from './version.js';
import { findVersionsOf } from './version.store.js';

/** What to compare the template of a service with: a version, or what is live of it in a group. */
export interface CompareTemplate {
  readonly serviceId: string;
  readonly serviceVersionId: string | null;
  readonly runtimeGroupId: string | null;
}

/** What would change if the template took the place of a version, wherever that runs. */
export const templateDifferences: Query<CompareTemplate, Difference[]> = {
  name: 'services.template-differences',
  action: 'service:read',
  scope: organizationWide,
  run: async (reader, asked, { actor }) => {
    const service = await getService(reader, asked.serviceId, actor);
    const version = await comparedWith(reader, service, asked, actor);
    const before = new Map(entitiesOf(service, version.implementation).map((each) => [each.id, each]));
    const after = new Map(
      entitiesOf(service, service.template?.implementation ?? emptyImplementation).map((each) => [
        each.id,
        each,
      ]),
    );
    const ids = [...new Set([...before.keys(), ...after.keys()])];
    return differencesOf(
      ids.map((id) => ({
        ...{ id, kind: (after.get(id) ?? before.get(id))?.kind ?? '' },
        before: before.get(id)?.fields ?? null,
        after: after.get(id)?.fields ?? null,
      })),
    );
  },
};

async function comparedWith(
  reader: Reader,
  service: Service,
  { serviceVersionId, runtimeGroupId }: CompareTemplate,
  actor: Actor,
): Promise<ServiceVersion> {
  if ((serviceVersionId === null) === (runtimeGroupId === null)) throw oneOfVersionAndGroup({});
  if (serviceVersionId !== null) {
    const version = await getVersion(reader, serviceVersionId, actor, ['serviceVersionId']);
    if (version.serviceId === service.id) return version;
    throw versionNotFound({ what: `version ${version.id} of service ${service.name}` }, ['serviceVersionId']);
  }
  const versions = await findVersionsOf(reader, [service.id], actor.runtimeGroupId);
  const live = versions.find(
    (each) => each.stage === 'LIVE' && each.runtimeGroupId === runtimeGroupId?.toLowerCase(),
  );
  if (!live)
    throw versionNotFound({ what: `live version of service ${service.name} there` }, ['runtimeGroupId']);
  return live;
}

/** Both are looked at in the same place, so that nothing differs but what they do. */
function entitiesOf({ id, name }: Service, implementation: Implementation): WantedEntity[] {
  return realise({
    ...{ ownerId: id, name, implementation, settings: anywhere },
    ...{ canary: null, deprecation: null },
  });
}

const anywhere: Fixed<RuntimeSettings> = {
  hosts: [],
  path_prefix: null,
  strip_path_prefix: true,
  target: { is: 'address', address: {} },
};
