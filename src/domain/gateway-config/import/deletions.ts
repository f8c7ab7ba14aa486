import type { Problem } from '../../../foundation/kernel/refusal.js';
import type { Change } from '../apply-changes.js';
import type { ConfigEntity } from '../config-entity.js';
import { referencesOf } from '../document.js';
import { documentsInput } from './declarative-file.js';
import { neededByOthers } from './import.refusals.js';
import { describe } from '../naming.js';
import type { StoredEntities } from './stored-entities.js';

/** What a synchronization deletes, and what is wrong with that. */
export interface Deletions {
  readonly changes: readonly Change[];
  readonly problems: readonly Problem[];
}

/**
 * Deletes what is in scope, neither planned nor kept by others. Whatever of others refers to it would change or go with it,
 * which is not for the files to do: then it is a problem.
 */
export function deletionsOf(
  stored: StoredEntities,
  planned: ReadonlySet<string>,
  isOfOthers: (entity: ConfigEntity) => boolean,
): Deletions {
  const [gone, kept] = [new Map<string, ConfigEntity>(), [...stored.outOfScope()]];
  for (const entity of stored.inScope()) {
    if (planned.has(entity.id)) continue;
    if (isOfOthers(entity)) kept.push(entity);
    else gone.set(entity.id, entity);
  }
  const changes = [...gone.values()].map(({ id, kind }): Change => ({
    is: 'delete',
    kind,
    id,
    origin: [documentsInput],
  }));
  return { changes, problems: standingInTheWay(stored, gone, kept) };
}

const referrersNamed = 10;

function standingInTheWay(
  stored: StoredEntities,
  gone: ReadonlyMap<string, ConfigEntity>,
  kept: readonly ConfigEntity[],
): readonly Problem[] {
  const referrers = new Map<ConfigEntity, string[]>();
  for (const entity of kept) {
    for (const { to } of referencesOf(stored.kindOf(entity), entity.document)) {
      const target = gone.get(to);
      if (!target) continue;
      const names = referrers.get(target);
      if (names) names.push(saidOf(stored, entity));
      else referrers.set(target, [saidOf(stored, entity)]);
    }
  }
  return [...referrers].map(([target, names]) => {
    const more = Math.max(0, names.length - referrersNamed);
    const facts = { entity: saidOf(stored, target), referrers: names.slice(0, referrersNamed), more };
    return neededByOthers.problem(facts, [documentsInput]);
  });
}

function saidOf(stored: StoredEntities, entity: ConfigEntity): string {
  const text = describe(stored.kindOf(entity), entity.document);
  return text.includes('“') ? `the ${text}` : `the ${text} ${entity.id}`;
}
