import type { Declaration, FileEntity } from './declarative-file.js';
import { defineWarning, type Warning } from '../warning.js';
import { pathText, placeText } from './places.js';

/** One warning for each file in which ids stand that entities of other groups have. */
export function foreignIdWarnings(
  { entities, placeOf }: Declaration,
  foreignIds: ReadonlySet<string>,
): readonly Warning[] {
  if (foreignIds.size === 0) return [];
  const byFile = new Map<number, FileEntity[]>();
  for (const entity of entities) {
    if (entity.id === undefined || !foreignIds.has(entity.id)) continue;
    const { file } = placeOf(entity.origin);
    const found = byFile.get(file);
    if (found) found.push(entity);
    else byFile.set(file, [entity]);
  }
  return [...byFile.values()].map((found) => {
    const path = found[0]?.origin ?? [];
    return idReplaced({ found, placeOf }, { path });
  });
}

const idReplaced = defineWarning('ID_REPLACED', sentence);

interface Found {
  readonly found: readonly FileEntity[];
  readonly placeOf: Declaration['placeOf'];
}

function sentence({ found, placeOf }: Found): string {
  const origin = found[0]?.origin ?? [];
  const place = `${placeText(placeOf(origin))}: ${pathText(origin)}`;
  const [subject, others] =
    found.length === 1
      ? ['the id is in use in another runtime group, so that this entity gets', 'one of its own']
      : [
          `this id and ${found.length - 1} more are in use in another runtime group, so that these entities get`,
          'ids of their own',
        ];
  return `${place}: ${subject} ${others} here, which stays the same from import to import.`;
}
