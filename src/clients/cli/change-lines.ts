import { changedFields, entityName, namesIn, type EntityChange } from './entity-name.js';
import type { Color, Paint } from './terminal.js';

/** One line for each change: `+` for what is new, `~` with the fields that differ, `-` for what is gone. */
export function changeLines(changes: readonly EntityChange[], paint: Paint): readonly string[] {
  const known = namesIn(changes);
  return changes.map((change) => {
    const { mark, color } = marks[change.operation];
    const line = paint(color, `${mark} ${change.collection} ${entityName(change, known)}`);
    return change.operation === 'UPDATED'
      ? `${line}${paint('dim', `: ${changedFields(change).join(', ')}`)}`
      : line;
  });
}

const marks: Readonly<Record<EntityChange['operation'], { readonly mark: string; readonly color: Color }>> = {
  CREATED: { mark: '+', color: 'green' },
  UPDATED: { mark: '~', color: 'yellow' },
  DELETED: { mark: '-', color: 'red' },
};
