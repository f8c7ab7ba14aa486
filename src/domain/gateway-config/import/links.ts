import type { Problem } from '../../../foundation/kernel/refusal.js';
import { referenceIn } from '../field.js';
import type { GatheredEntity, Gathering, Membership } from './gather.js';
import { memberNotInFiles } from './import.refusals.js';
import { nameOf } from '../naming.js';

/**
 * Leads references by name or id to the entities of the files that they mean, where the files have them. Who is listed as a
 * member of something must be there: being a member is part of what it is. Answers which are not.
 */
export function linkWithinFiles({ entities, memberships }: Gathering): readonly Problem[] {
  const targets = targetsIn(entities);
  const problems = memberships.flatMap((membership) => enlist(targets, membership));
  for (const { kind, links } of entities) {
    links.forEach(({ field, to }, index) => {
      const type = kind.fields[field]?.type;
      const reference = type && referenceIn(type);
      if (typeof to !== 'string' || !reference) return;
      links[index] = { field, to: targets.get(nameIn(reference.to, to)) ?? to };
    });
  }
  return problems;
}

function targetsIn(entities: readonly GatheredEntity[]): ReadonlyMap<string, GatheredEntity> {
  const targets = new Map<string, GatheredEntity>();
  for (const entity of entities) {
    const { kind, id, document } = entity;
    const name = nameOf(kind, document);
    if (name !== undefined && !targets.has(nameIn(kind.name, name)))
      targets.set(nameIn(kind.name, name), entity);
    if (id !== undefined) targets.set(nameIn(kind.name, id), entity);
  }
  return targets;
}

function enlist(
  targets: ReadonlyMap<string, GatheredEntity>,
  { kind, field, named, of, origin }: Membership,
): readonly Problem[] {
  const member = targets.get(nameIn(kind.name, named));
  member?.links.push({ field, to: of });
  if (member) return [];
  return [memberNotInFiles.problem({ typeName: kind.typeName, named, field }, origin)];
}

function nameIn(kind: string, name: string): string {
  return `${kind} ${name}`;
}
