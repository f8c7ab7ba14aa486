import type { Action, NewEvent, StreamKey } from '../../foundation/commands/command.js';
import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { fingerprintIn } from '../../foundation/secrets/sealed-text.js';
import type { Revision } from '../event-log/index.js';
import { entityName, fieldDifferences, hiddenWith, kindNamed, redacted } from '../gateway-config/index.js';
import type { Labels } from '../runtime-groups/index.js';
import { isLabels, type AsOfThen, type Content } from './context.js';
import { belongingOf, factsOf } from './subject.js';

/** One committed write, at its place in the order of the organization. */
export interface Change {
  readonly number: number;
  readonly cursor: string;
  /** The log that it was written to, and its revision there. */
  readonly stream: StreamKey;
  readonly revision: number;
  readonly actor: { readonly id: string; readonly name: string };
  readonly command: string;
  readonly reason: string | null;
  readonly at: Date;
  /** In a sentence for people. */
  readonly summary: string;
  /** At least one. */
  readonly entries: readonly Entry[];
}

/** What a write did to one thing. */
export interface Entry {
  readonly type: string;
  readonly kind: string;
  readonly subjectId: string;
  readonly subjectName: string;
  readonly operation: NewEvent['operation'];
  readonly runtimeGroupId: string | null;
  readonly runtimeGroupName: string | null;
  readonly serviceId: string | null;
  readonly serviceName: string | null;
  /** The labels of the subject, of its group, and of its service, as they were then. */
  readonly labels: readonly Labels[];
  /** The right that it takes to read this. */
  readonly action: Action;
  readonly summary: string;
  readonly fields: readonly ChangedField[];
}

/** A place at which the subject is another than before. Secrets are hidden. */
export interface ChangedField {
  readonly path: string;
  readonly before: Json;
  readonly after: Json;
}

/** A change, from its place in the order and the revision that it is of. */
export function changeOf(place: Numbering, source: Revision): Change {
  const entries = source.events.map((event) => entryOf(place, event));
  return {
    ...{ number: place.number, cursor: place.cursor, stream: place.stream, revision: source.revision },
    ...{ actor: { id: source.actorId, name: source.actorName }, command: source.command },
    ...{ reason: source.reason, at: source.at, summary: summaryOf(entries), entries },
  };
}

/** A place in the order. */
export interface Numbering {
  readonly number: number;
  readonly cursor: string;
  readonly stream: StreamKey;
  readonly content: Content;
}

/** The change as it is for somebody who may see, or asked for, only these entries. */
export function withEntries(change: Change, entries: readonly Entry[]): Change {
  if (entries.length === change.entries.length) return change;
  return { ...change, entries, summary: summaryOf(entries) };
}

function summaryOf(entries: readonly Entry[]): string {
  const [first] = entries;
  const more = entries.length - 1;
  return `${first?.summary ?? ''}${more > 0 ? `, and ${more} more` : ''}`;
}

function entryOf({ stream, content }: Numbering, event: NewEvent): Entry {
  const { type, kind, subjectId, operation } = event;
  const facts = factsOf(event);
  const { runtimeGroupId, serviceId } = belongingOf(stream, event);
  const group = asOfThen(content.groups, runtimeGroupId);
  const service = asOfThen(content.services, serviceId);
  const subjectName = nameOf(stream, event, service?.name);
  const own = isLabels(facts['labels']) ? [facts['labels']] : [];
  let fields: readonly ChangedField[] | undefined;
  return {
    ...{ type, kind, subjectId, subjectName, operation, runtimeGroupId, serviceId },
    ...{ runtimeGroupName: group?.name ?? null, serviceName: service?.name ?? null },
    labels: [...own, ...[group, service].flatMap((each) => (each ? [each.labels] : []))],
    action: readingAction(stream, kind),
    summary: sentence(event, subjectName, kind === 'runtime_group' ? undefined : group?.name),
    // Most entries are filtered, and few are looked at so closely.
    get fields() {
      return (fields ??= fieldsOf(stream, event));
    },
  };
}

function asOfThen(among: Content['groups'], id: string | null): AsOfThen | undefined {
  return id === null ? undefined : among[id];
}

function nameOf({ topic }: StreamKey, event: NewEvent, serviceName: string | undefined): string {
  const facts = factsOf(event);
  if (topic === 'config') return entityName(kindNamed(event.kind), event.subjectId, facts);
  const own = ['name', 'hostname', 'number'].map((field) => facts[field]).find(isText);
  if (event.kind === 'service_version' && serviceName !== undefined) return `${serviceName} ${own ?? ''}`;
  return own ?? serviceName ?? event.subjectId;
}

function isText(value: Json | undefined): value is string {
  return typeof value === 'string' && value !== '';
}

/** “Route checkout updated in group production”. */
function sentence({ type, kind }: NewEvent, name: string, group: string | undefined): string {
  const noun = kind.replaceAll('_', ' ');
  const done = type.slice(type.lastIndexOf('.') + 1).replaceAll(/[_-]/g, ' ');
  const where = group === undefined ? '' : ` in group ${group}`;
  return `${noun.charAt(0).toUpperCase()}${noun.slice(1)} ${name} ${done}${where}`;
}

/** Whoever may read a thing may read what became of it. */
function readingAction({ topic }: StreamKey, kind: string): Action {
  if (topic === 'config') return 'config:read';
  if (topic === 'status') return 'instance:read';
  if (topic === 'services') return 'service:read';
  return actionsByKind[kind] ?? 'token:read';
}

/** The right to each kind that the log of the organization tells of. One that is not listed is for those who may read everything. */
export const actionsByKind: Readonly<Record<string, Action>> = {
  access_token: 'token:read',
  runtime_group: 'group:read',
  runtime_instance: 'instance:read',
  service_registry: 'registry:read',
  webhook: 'webhook:read',
};

function fieldsOf({ topic }: StreamKey, { kind, before, after }: NewEvent): ChangedField[] {
  const shown = (document: Json): JsonObject => {
    if (document === null) return {};
    const hidden = topic === 'config' ? redacted(kindNamed(kind), document as JsonObject) : document;
    return withoutSecrets(hidden) as JsonObject;
  };
  const sides = { before: shown(before), after: shown(after) };
  return fieldDifferences({ ...sides, shownBefore: sides.before, shownAfter: sides.after });
}

/** Whatever is sealed is hidden, wherever it stands. */
function withoutSecrets(value: Json): Json {
  if (typeof value === 'string') {
    const fingerprint = fingerprintIn(value);
    return fingerprint === undefined ? value : hiddenWith(fingerprint);
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Json) => withoutSecrets(each));
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, withoutSecrets(each)]));
}
