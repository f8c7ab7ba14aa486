import type { Actor, Entry, NewEvent, StreamHead, StreamKey } from '../../foundation/commands/command.js';
import { newEvent } from '../../foundation/commands/new-event.js';
import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { memberDigest, withEntity, withoutEntity } from '../../foundation/kernel/set-hash.js';
import type { ConfigurationDraft } from './runtime-configuration.store.js';
import type { Service } from './service.js';
import type { VersionDraft } from './version.store.js';

/** The log of an organization's services: every change of one, of a version, and of what it runs with. */
export function servicesStream({ organizationId }: Pick<Actor, 'organizationId'>): StreamKey {
  return { topic: 'services', scopeId: organizationId };
}

/** What becomes of the stream by these events: its state is all that they leave. */
export function entryOf(head: StreamHead, events: readonly NewEvent[]): Entry {
  let { stateHash } = head;
  for (const { kind, subjectId, before, after } of events) {
    if (before) stateHash = withoutEntity(stateHash, memberDigest(kind, subjectId, before as JsonObject));
    if (after) stateHash = withEntity(stateHash, memberDigest(kind, subjectId, after as JsonObject));
  }
  return { events, stateHash };
}

type Before<Thing> = Thing | null;

/** A change of a service: `service.created`. */
export function serviceEvent(
  past: string,
  id: string,
  before: Before<ServiceFacts>,
  after: Before<ServiceFacts>,
): NewEvent {
  return event('service', past, id, [before && serviceFacts(before), after && serviceFacts(after)]);
}

type ServiceFacts = Pick<Service, 'name' | 'description' | 'labels' | 'releasePolicy'> & {
  readonly template: { readonly digest: Buffer } | null;
};

function serviceFacts({ name, description, labels, releasePolicy, template }: ServiceFacts): JsonObject {
  const digest = template?.digest.toString('hex') ?? null;
  return { name, description, labels, release_policy: releasePolicy, template_digest: digest };
}

/** A change of a version: `service_version.published`. */
export function versionEvent(
  past: string,
  before: Before<VersionDraft>,
  after: Before<VersionDraft>,
): NewEvent {
  const { id } = (after ?? before) as VersionDraft;
  return event('service_version', past, id, [before && versionFacts(before), after && versionFacts(after)]);
}

/** What the log tells of a version; what it does is told by its digest. */
function versionFacts(version: VersionDraft): JsonObject {
  const { serviceId, runtimeGroupId, number, digest, stage, state, deprecation, notes } = version;
  return {
    ...{ service: serviceId, runtime_group: runtimeGroupId, number, digest: digest.toString('hex') },
    ...{ stage, state, notes, deprecation: deprecation as unknown as Json },
  };
}

/** A change of what a service or a version runs with: `runtime_configuration.updated`. */
export function configurationEvent(
  past: string,
  before: Before<ConfigurationDraft>,
  after: Before<ConfigurationDraft>,
): NewEvent {
  const { id } = (after ?? before) as ConfigurationDraft;
  return event('runtime_configuration', past, id, [
    before && configurationFacts(before),
    after && configurationFacts(after),
  ]);
}

function configurationFacts(configuration: ConfigurationDraft): JsonObject {
  const { serviceId, runtimeGroupId, serviceVersionId, settings, canary } = configuration;
  return {
    ...{ service: serviceId, runtime_group: runtimeGroupId, service_version: serviceVersionId },
    ...{ settings: settings as unknown as Json, canary: canary as unknown as Json },
  };
}

function event(
  kind: string,
  past: string,
  subjectId: string,
  [before, after]: readonly [JsonObject | null, JsonObject | null],
): NewEvent {
  return newEvent({ type: `${kind}.${past}`, kind, subjectId, before, after });
}
