import type { Actor, Visibility } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { policyDiffers, serviceNotFound, versionNotFound } from './services.refusals.js';
import type { ReleasePolicy, Service } from './service.js';
import { findServices } from './service.store.js';
import type { ServiceVersion } from './version.js';
import { findVersions } from './version.store.js';

/** The service, if it is there for the actor; else a refusal, which says where in the input it was named. */
export async function getService(
  reader: Reader,
  id: string,
  actor: Actor,
  path: readonly string[] = ['serviceId'],
): Promise<Service> {
  const [service] = await getServices(reader, [{ serviceId: id, path }], actor);
  return service as Service;
}

/** The services, in the order asked for, if all are there for the actor; else a refusal as `getService`. */
export async function getServices(
  reader: Reader,
  asked: readonly { readonly serviceId: string; readonly path: readonly string[] }[],
  actor: Actor,
): Promise<Service[]> {
  const ids = asked.map(({ serviceId }) => serviceId);
  const found = await findServices(reader, visibilityOf(actor), ids);
  const services = new Map(found.map((service) => [service.id, service]));
  return asked.map(({ serviceId: id, path }) => {
    const service = services.get(id.toLowerCase());
    if (!service) throw serviceNotFound({ id }, path);
    return service;
  });
}

/** The version, if it is there for the actor; else a refusal, which says where in the input it was named. */
export async function getVersion(
  reader: Reader,
  id: string,
  actor: Actor,
  path: readonly string[] = ['id'],
): Promise<ServiceVersion> {
  const [version] = await findVersions(reader, visibilityOf(actor), [id]);
  if (!version) throw versionNotFound({ what: `version with the id ${id}` }, path);
  return version;
}

function visibilityOf({ organizationId, runtimeGroupId }: Actor): Visibility {
  return { organizationId, runtimeGroupId };
}

/** Refuses what the other release policy has another way for. */
export function demandPolicy(service: Service, policy: ReleasePolicy, instead: string): void {
  if (service.releasePolicy === policy) return;
  throw policyDiffers({ name: service.name, policy: service.releasePolicy, instead }, ['serviceId']);
}
