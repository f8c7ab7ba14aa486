import { isId } from '../../foundation/kernel/id.js';
import type { Problem } from '../../foundation/kernel/refusal.js';
import type { Reader } from '../../foundation/postgres/database.js';
import type { EntityDraft } from './config-entity.js';
import {
  findEntities,
  findKeyHolders,
  findReferrers,
  type EntityKey,
  type Referrer,
} from './config-entity.store.js';
import { keysOf, referencesOf, withoutReference } from './document.js';
import type { Draft } from './draft.js';
import { referenceIn, type OnDelete, type ReferenceType } from './field.js';
import { keyTaken, stillReferred } from './gateway-config.refusals.js';
import type { Kind } from './kind.js';
import { kindNamed } from './kinds/index.js';
import { redacted } from './secrets.js';

/** Where a draft is checked: against the rest of its group. */
export interface CheckContext {
  readonly reader: Reader;
  readonly groupId: string;
  /** True when the draft knows every entity of the group, so that nothing needs to be read. */
  readonly complete: boolean;
}

/** What a field of a kind, known to be a reference, refers to. */
export function referenceOf(kind: Kind, field: string): ReferenceType {
  const type = kind.fields[field]?.type;
  const found = type && referenceIn(type);
  if (!found) throw new Error(`${kind.name}.${field} is not a reference.`);
  return found;
}

/** No two entities of the group have the same unique key: neither within the draft, nor with one that is stored. */
export async function checkKeys(draft: Draft, context: CheckContext): Promise<void> {
  const claims = new Map<string, Claim>();
  for (const entity of draft.puts()) {
    for (const key of keysFor(entity)) {
      const name = nameOf(key);
      const claim = claims.get(name);
      if (claim) draft.problems.push(clash(draft, entity, key, claim.entity.id));
      else claims.set(name, { key, entity });
    }
  }
  const held = await holdersOf(draft, context, claims);
  for (const holder of held) {
    const claim = claims.get(nameOf(holder));
    const current = draft.current(holder.id);
    const released =
      draft.knows(holder.id) && !(current && keysFor(current).some((key) => nameOf(key) === nameOf(holder)));
    if (!claim || claim.entity.id === holder.id || released) continue;
    draft.problems.push(clash(draft, claim.entity, holder, holder.id));
  }
}

/** An entity that is to have a key. */
interface Claim {
  readonly key: EntityKey;
  readonly entity: EntityDraft;
}

/** Which stored entities have keys that are claimed. Where every entity is known, nothing is read for it. */
async function holdersOf(
  draft: Draft,
  { complete, reader, groupId }: CheckContext,
  claims: ReadonlyMap<string, Claim>,
): Promise<readonly (EntityKey & { readonly id: string })[]> {
  if (!complete) {
    const moved = [...claims.values()].filter((claim) => isMoved(draft, claim));
    return findKeyHolders(
      reader,
      groupId,
      moved.map(({ key }) => key),
    );
  }
  return [...draft.known()].flatMap((entity) =>
    keysFor(entity)
      .filter((key) => claims.has(nameOf(key)))
      .map((key) => ({ ...key, id: entity.id })),
  );
}

/** A stored entity that keeps its key needs no look-up for it. */
function isMoved(draft: Draft, { entity, key: { slot, key } }: Claim): boolean {
  const stored = draft.storedEntity(entity.id);
  return !stored || keysOf(kindNamed(stored.kind), stored.document)[slot] !== key;
}

function keysFor({ kind, document }: EntityDraft): EntityKey[] {
  const found: EntityKey[] = [];
  keysOf(kindNamed(kind), document).forEach((key, slot) => {
    if (key !== null) found.push({ kind, slot: slot as 0 | 1, key });
  });
  return found;
}

function nameOf(key: EntityKey): string {
  return `${key.kind} ${key.slot} ${key.key}`;
}

function clash(draft: Draft, entity: EntityDraft, key: EntityKey, holder: string): Problem {
  const kind = kindNamed(entity.kind);
  const document = redacted(kind, entity.document);
  const { fields = [], whenPresent = [] } = kind.unique[key.slot] ?? {};
  const given = [...fields, ...whenPresent].filter((field) => document[field] !== undefined);
  const values = given.map((field) => `${field} ${JSON.stringify(document[field])}`).join(', ');
  const path = [...draft.originOf(entity.id), ...given.slice(0, 1)];
  return keyTaken.problem({ typeName: kind.typeName, key: values, holder }, path);
}

/**
 * Deletes what must go with what is deleted: entities that cannot be without it always, those that merely refer to it only
 * on request; otherwise these are problems, each naming what stands in the way. Those for which the reference is one of
 * several stay, without it.
 */
export async function checkDeletions(draft: Draft, context: CheckContext, cascade: boolean): Promise<void> {
  let gone = [...draft.removals()];
  while (gone.length > 0) {
    const referrers = await findReferrers(context.reader, gone);
    await learn(
      draft,
      context,
      referrers.map((referrer) => referrer.from_id),
    );
    const standing = referrers.filter((referrer) => refersTo(draft, referrer));
    const by = (policy: OnDelete): Referrer[] =>
      standing.filter((referrer) => policyOf(draft, referrer, cascade) === policy);
    const [going, blocking, staying] = [by('cascade'), by('restrict'), by('unlink')];
    draft.problems.push(...blocked(draft, blocking));
    gone = [...new Set(going.map((referrer) => referrer.from_id))];
    for (const referrer of staying) unlink(draft, referrer);
    for (const { from_id, to_id } of going) draft.remove(from_id, draft.originOf(to_id));
  }
}

function refersTo(draft: Draft, { from_id, field, to_id }: Referrer): boolean {
  const entity = draft.current(from_id);
  return (
    entity !== undefined &&
    referencesOf(kindNamed(entity.kind), entity.document).some(
      (reference) => reference.field === field && reference.to === to_id,
    )
  );
}

/** What becomes of a referrer. Those that would be in the way go, if the caller asked for it; the others never do. */
function policyOf(draft: Draft, { from_id, field }: Referrer, cascade: boolean): OnDelete {
  const { onDelete } = referenceOf(kindNamed(draft.current(from_id)?.kind ?? ''), field);
  return onDelete === 'restrict' && cascade ? 'cascade' : onDelete;
}

function unlink(draft: Draft, { from_id, field, to_id }: Referrer): void {
  const entity = draft.current(from_id);
  if (!entity) return;
  const document = withoutReference(entity.document, { field, to: to_id });
  draft.amend({ ...entity, document }, draft.originOf(to_id));
}

const referrersNamed = 10;

function blocked(draft: Draft, blocking: readonly { from_id: string; to_id: string }[]): Problem[] {
  return [...new Set(blocking.map((each) => each.to_id))].map((id) => {
    const names = blocking.filter((each) => each.to_id === id).map((each) => describe(draft, each.from_id));
    const facts = {
      entity: describe(draft, id),
      referrers: names.slice(0, referrersNamed),
      more: Math.max(0, names.length - referrersNamed),
    };
    return stillReferred.problem(facts, draft.originOf(id));
  });
}

/** An entity as people speak of it: its type, its name if it has one, its id. */
export function describe(draft: Draft, id: string): string {
  const entity = draft.storedEntity(id);
  if (!entity) return id;
  const { typeName, unique, fields } = kindNamed(entity.kind);
  const name = unique
    .flatMap((key) => (key.fields.length === 1 ? key.fields : []))
    .flatMap((field) => (fields[field]?.secret ? [] : [entity.document[field]]))
    .find((value) => typeof value === 'string');
  return typeof name === 'string' ? `${typeName} “${name}” (${id})` : `${typeName} ${id}`;
}

/** Reads those of the entities into the draft that it does not know yet. */
export async function learn(draft: Draft, context: CheckContext, ids: readonly string[]): Promise<void> {
  if (context.complete) return;
  const unknown = [...new Set(ids)].filter((id) => isId(id) && !draft.knows(id));
  draft.know(await findEntities(context.reader, context.groupId, unknown));
}

/** A problem of an entity, at its place in the caller's input. */
export function at(origin: readonly string[], problem: Problem): Problem {
  return { ...problem, path: [...origin, ...problem.path] };
}
