import type { NewEvent } from '../../../foundation/commands/command.js';
import type { Document } from '../kind.js';
import { kindNamed } from '../kinds/index.js';
import { entityName, kindNoun } from './entity-name.js';

type Operation = NewEvent['operation'];

/** How many entities a revision, or a difference, has of each sort. */
export interface ChangeCounts {
  readonly created: number;
  readonly updated: number;
  readonly deleted: number;
}

/** The change that comes first in a revision. */
export interface FirstChange {
  readonly kind: string;
  readonly id: string;
  readonly operation: Operation;
  /** What it is, or, if it is gone, was. */
  readonly document: Document;
}

export interface Summarised {
  readonly counts: ChangeCounts;
  readonly first: FirstChange | null;
  readonly restoredRevision: number | null;
}

const words: Readonly<Record<Operation, { readonly past: string; readonly count: keyof ChangeCounts }>> = {
  CREATED: { past: 'created', count: 'created' },
  UPDATED: { past: 'updated', count: 'updated' },
  DELETED: { past: 'deleted', count: 'deleted' },
};

/** How much of each sort there is. */
export function countsOf(changes: readonly { readonly operation: Operation }[]): ChangeCounts {
  const count = (operation: Operation): number =>
    changes.filter((each) => each.operation === operation).length;
  return { created: count('CREATED'), updated: count('UPDATED'), deleted: count('DELETED') };
}

/** A revision in one line for people: “Created route checkout and 3 more, deleted 1”. */
export function summaryOf({ counts, first, restoredRevision }: Summarised): string {
  const done = first ? sentence(first, counts) : 'changed nothing';
  const whole = restoredRevision === null ? done : `restored revision ${restoredRevision}: ${done}`;
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}

function sentence({ kind: name, id, operation, document }: FirstChange, counts: ChangeCounts): string {
  const kind = kindNamed(name);
  const { past, count } = words[operation];
  const alike = counts[count] - 1;
  const others = Object.values(words).filter((each) => each.count !== count && counts[each.count] > 0);
  return [
    `${past} ${kindNoun(kind)} ${entityName(kind, id, document)}${alike > 0 ? ` and ${alike} more` : ''}`,
    ...others.map((each) => `${each.past} ${counts[each.count]}`),
  ].join(', ');
}
