import { changedFields, entityName, namesIn, type EntityChange } from './entity-name.js';
import type { Color, Paint } from './terminal.js';

/** One line for each change: `+` for what is new, `~` with the fields that differ, `-` for what is gone. */
export function changeLines(changes: readonly EntityChange[], paint: Paint): readonly string[] {
  const known = namesIn(changes);
  return changes.map((change) => {
    const line = mark(change, entityName(change, known), paint);
    return change.operation === 'UPDATED'
      ? `${line}${paint('dim', `: ${changedFields(change).join(', ')}`)}`
      : line;
  });
}

/** The entity of a change, called by a name, behind the sign of what becomes of it. */
export function mark({ operation, collection }: EntityChange, name: string, paint: Paint): string {
  const { sign, color } = marks[operation];
  return paint(color, `${sign} ${collection} ${name}`);
}

const marks: Readonly<Record<EntityChange['operation'], { readonly sign: string; readonly color: Color }>> = {
  CREATED: { sign: '+', color: 'green' },
  UPDATED: { sign: '~', color: 'yellow' },
  DELETED: { sign: '-', color: 'red' },
};
