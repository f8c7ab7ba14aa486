import { guarantees } from '../../guarantees/check-guarantees.js';
import { assertKept, type Final } from '../../guarantees/guarantee.js';
import { durable } from '../../guarantees/durable.js';
import { exactlyOnce } from '../../guarantees/exactly-once.js';
import { fenced } from '../../guarantees/fenced.js';
import { reliable } from '../../guarantees/reliable.js';
import type { GroupHistory, RecordPromise, ShownRecord } from '../../guarantees/records.js';
import { truthful } from '../../guarantees/truthful.js';
import type { Catalogue } from './catalogue.js';
import type { Observer } from './observer.js';
import type { Population } from './population.js';

/** Holds all promises against what happened to one group. Answers what was broken: one sentence for each promise and observer. */
export function verdictOn(population: Population, final: Final): string[] {
  const held = heldAgainst(population.history());
  const processes = [...population.instances, ...population.doubles];
  const ran = processes.flatMap((instance) => instance.ran);
  return [
    ...observersOf(population).flatMap((observer) => brokenFor(observer, final)),
    ...population.statusObservers.flatMap((observer) => brokenFor(observer, statusOnly)),
    ...held(
      exactlyOnce,
      population.writers.flatMap(({ records }) => records),
    ),
    ...held(
      durable,
      population.writers.flatMap(({ records }) => records),
    ),
    ...held(
      fenced,
      processes.flatMap(({ reports }) => reports),
    ),
    ...held(truthful, [{ shown: population.statusObservers.flatMap(shownTo), ran }]),
  ];
}

/** The same for what the organization has once. */
export async function verdictOnCatalogue(catalogue: Catalogue): Promise<string[]> {
  const held = heldAgainst(catalogue.history());
  const told = catalogue.followers.map(async ({ observer, final }) => brokenFor(observer, await final()));
  return [
    ...(await Promise.all(told)).flat(),
    ...held(exactlyOnce, catalogue.records),
    ...held(durable, catalogue.records),
  ];
}

type Held = <Record>(promise: RecordPromise<Record>, records: readonly Record[]) => string[];

function heldAgainst(history: GroupHistory): Held {
  return (promise, records) =>
    promise.breaches(records, [history]).map((because) => `${promise.promise}\n${because}`);
}

/** A status has no history to compare with; what it is in the end is asked for elsewhere. */
const statusOnly: Final = { revision: null, stateHash: null, items: [], history: new Map() };

function observersOf({ observers, instances, doubles }: Population): Observer[] {
  return [...observers, ...[...instances, ...doubles].map(({ observer }) => observer)];
}

function brokenFor(observer: Observer, final: Final): string[] {
  const disorder = observer.disorders.map((message) => `${reliable.promise}\n${observer.name}: ${message}`);
  const trace = observer.trace();
  const due = guarantees.filter(({ name }) => appliesTo(name, observer, final));
  const broken = due.flatMap((guarantee) => {
    try {
      assertKept(guarantee, trace, final);
      return [];
    } catch (error) {
      return [(error as Error).message];
    }
  });
  return [...disorder, ...broken];
}

/** Whoever has left, or was turned away, does not come to the end. */
function appliesTo(name: string, { isOver }: Observer, final: Final): boolean {
  if (final === statusOnly) return name !== 'consistent';
  return !isOver || (name !== 'consistent' && name !== 'reliable');
}

function shownTo({ entries }: Observer): ShownRecord[] {
  return entries.flatMap((entry) => {
    if (entry.is === 'snapshot') return entry.items.map(({ id, document }) => shown(id, document));
    if (entry.is !== 'delta') return [];
    return entry.changes.flatMap(({ id, after }) => (after ? [shown(id, after)] : []));
  });
}

function shown(instanceId: string, document: object): ShownRecord {
  const { syncStatus, appliedRevision } = document as Pick<ShownRecord, 'syncStatus' | 'appliedRevision'>;
  return { instanceId, syncStatus, appliedRevision };
}
