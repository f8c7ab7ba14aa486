import { refuseAny } from '../../foundation/kernel/refusal.js';
import { tag } from './checks.js';
import type { EntityDraft } from './config-entity.js';
import { fieldInvalid } from './document.refusals.js';
import { shown } from './reading.js';

/** Refuses tags that no entity can have, at their place in the input. */
export function checkSelectTags(tags: readonly string[]): void {
  checkTags('selectTags', tags);
}

/** The same for tags that are given in another field. */
export function checkTags(name: string, tags: readonly string[]): void {
  refuseAny(
    tags.flatMap((each, index) => {
      const must = tag(each);
      if (must === undefined) return [];
      const facts = { field: `${name}[${index}]`, must, received: shown(each) };
      return [fieldInvalid.problem(facts, [name, String(index)])];
    }),
  );
}

/** True for an entity with all of the tags. */
export function hasTags({ document }: Pick<EntityDraft, 'document'>, tags: readonly string[]): boolean {
  if (tags.length === 0) return true;
  const own = document['tags'];
  return Array.isArray(own) && tags.every((tag) => own.includes(tag));
}
