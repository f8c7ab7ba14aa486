import type { NewEvent, StreamKey } from '../../foundation/commands/command.js';
import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { readRevisionsByKey, type Unnumbered } from '../event-log/index.js';
import type { Labels } from '../runtime-groups/index.js';
import { findNamedGroups, findNamedServices, type Named } from './context.store.js';
import { belongingOf, factsOf } from './subject.js';

/** What something was called when a change got its number, and the labels that it had. */
export interface AsOfThen {
  readonly name: string;
  readonly labels: Labels;
}

/** What an entry of an organization's order holds: which revision it is of, and what was around it as of then. */
export interface Content {
  readonly revision: number;
  readonly hash: string;
  readonly groups: Readonly<Record<string, AsOfThen>>;
  readonly services: Readonly<Record<string, AsOfThen>>;
}

/** The groups and services that a revision is about. */
interface About {
  readonly of: Unnumbered;
  readonly groupIds: ReadonlySet<string>;
  readonly serviceIds: ReadonlySet<string>;
}

/**
 * What the entries of these revisions hold, in their order. The events of configurations and statuses, which can be many, are
 * not read for it: their stream says which group they are of.
 */
export async function contentsOf(reader: Reader, revisions: readonly Unnumbered[]): Promise<Content[]> {
  const eventsOf = await readEvents(reader, revisions);
  const about = revisions.map((of): About => {
    const belongings = (eventsOf(of) ?? []).map((event) => belongingOf(of.stream, event));
    const ownGroup = isOfGroup(of.stream) ? [of.stream.scopeId] : [];
    return {
      of,
      groupIds: new Set([...ownGroup, ...belongings.flatMap((each) => each.runtimeGroupId ?? [])]),
      serviceIds: new Set(belongings.flatMap((each) => each.serviceId ?? [])),
    };
  });
  const told = tellersOf(revisions.flatMap((of) => eventsOf(of) ?? []));
  const groups = told(await findNamedGroups(reader, allOf(about, 'groupIds')), 'runtime_group');
  const services = told(await findNamedServices(reader, allOf(about, 'serviceIds')), 'service');
  return about.map(({ of, groupIds, serviceIds }) => {
    const own = tellersOf(eventsOf(of) ?? []);
    return {
      revision: of.revision,
      hash: of.hash.toString('hex'),
      groups: pick(own([...groups.values()], 'runtime_group', true), groupIds),
      services: pick(own([...services.values()], 'service', true), serviceIds),
    };
  });
}

function isOfGroup({ topic }: StreamKey): boolean {
  return topic === 'config' || topic === 'status';
}

function allOf(about: readonly About[], which: 'groupIds' | 'serviceIds'): string[] {
  return [...new Set(about.flatMap((each) => [...each[which]]))];
}

type EventsOf = (of: Unnumbered) => readonly NewEvent[] | undefined;

async function readEvents(reader: Reader, revisions: readonly Unnumbered[]): Promise<EventsOf> {
  const events = new Map<string, readonly NewEvent[]>();
  const keyOf = ({ stream, revision }: Pick<Unnumbered, 'stream' | 'revision'>): string =>
    `${stream.topic}/${stream.scopeId}/${revision}`;
  let wanted = revisions.filter(({ stream }) => !isOfGroup(stream));
  while (wanted.length > 0) {
    const read = await readRevisionsByKey(reader, wanted);
    for (const each of read) events.set(keyOf(each), each.found.events);
    wanted = read.length === 0 ? [] : wanted.slice(read.length);
  }
  return (of) => events.get(keyOf(of));
}

/** What events tell of their own subjects: of those that are gone, nobody else can tell. */
function tellersOf(events: readonly NewEvent[]) {
  return (known: readonly Named[], kind: string, overKnown = false): Map<string, Named> => {
    const told = events
      .filter((event) => event.kind === kind)
      .map((event) => namedBy(event.subjectId, factsOf(event)));
    return new Map((overKnown ? [...known, ...told] : [...told, ...known]).map((each) => [each.id, each]));
  };
}

function namedBy(id: string, facts: JsonObject): Named {
  const { name, labels } = facts;
  return { id, name: typeof name === 'string' ? name : id, labels: isLabels(labels) ? labels : {} };
}

export function isLabels(value: Json | undefined): value is Labels & JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function pick(named: ReadonlyMap<string, Named>, ids: ReadonlySet<string>): Record<string, AsOfThen> {
  return Object.fromEntries(
    [...ids].flatMap((id) => {
      const found = named.get(id);
      return found ? [[id, { name: found.name, labels: found.labels }]] : [];
    }),
  );
}
