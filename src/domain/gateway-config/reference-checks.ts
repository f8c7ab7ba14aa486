import { equalJson } from '../../foundation/kernel/json.js';
import type { ConfigEntity, EntityDraft } from './config-entity.js';
import { findReferring } from './config-entity.store.js';
import { referencesOf } from './document.js';
import { at, describe, learn, referenceOf, type CheckContext } from './draft-checks.js';
import type { Draft } from './draft.js';
import { referenceNotFound } from './gateway-config.refusals.js';
import type { Document, Kind, ReferenceRules } from './kind.js';
import { kindNamed, kinds } from './kinds/index.js';
import { textAt } from './reading.js';

/**
 * Every reference leads to an entity of the right kind in this group, and the rules across it hold: those of what is
 * written, and those of what is stored and looks at something that is written. Two statements, however much is written.
 */
export async function checkReferences(draft: Draft, context: CheckContext): Promise<void> {
  const puts = [...draft.puts()];
  const to = puts.flatMap((entity) => referencesOf(kindNamed(entity.kind), entity.document));
  await learn(
    draft,
    context,
    to.map((reference) => reference.to),
  );
  const loose = new Set(puts.filter((entity) => hasLooseEnds(entity, draft)));
  const sound = puts.filter((entity) => !loose.has(entity));
  for (const kind of kinds) {
    const rules = kind.rulesWithReferences;
    if (rules) await checkRules(draft, context, { kind, rules, sound });
  }
}

function hasLooseEnds(entity: EntityDraft, draft: Draft): boolean {
  const kind = kindNamed(entity.kind);
  const missing = referencesOf(kind, entity.document).filter(
    ({ field, to }) => draft.current(to)?.kind !== referenceOf(kind, field).to,
  );
  for (const { field, to } of missing) {
    const { typeName } = kindNamed(referenceOf(kind, field).to);
    const path = [...draft.originOf(entity.id), field];
    draft.problems.push(referenceNotFound.problem({ field, typeName, id: to }, path));
  }
  return missing.length > 0;
}

/** The rules of one kind, and what is written and refers to nothing that is not there. */
interface Subject {
  readonly kind: Kind;
  readonly rules: ReferenceRules;
  readonly sound: readonly EntityDraft[];
}

async function checkRules(draft: Draft, context: CheckContext, subject: Subject): Promise<void> {
  const { kind, rules, sound } = subject;
  const own = sound.filter((entity) => entity.kind === kind.name);
  const causes = causesOf(draft, subject);
  const around = own.map((entity) => textAt(entity.document, rules.beside.by)).filter((id) => id !== '');
  const scope = { ids: [...new Set([...causes.keys(), ...around])], kinds: [kind.name, rules.beside.kind] };
  const referring = await referringTo(draft, context, scope);
  draft.know(referring.filter((entity) => !draft.knows(entity.id)));
  const check = checkIn(draft, rules, scope.ids);
  for (const entity of own) {
    draft.problems.push(...check(entity.document).map((problem) => at(draft.originOf(entity.id), problem)));
  }
  for (const { id, kind: name } of referring) {
    const entity = name === kind.name ? draft.current(id) : undefined;
    const cause = entity && causeOf(entity, causes);
    if (!cause || draft.isWritten(id)) continue;
    const problems = check(entity.document).map((problem) => ({
      ...problem,
      message: `${describe(draft, id)}: ${problem.message}`,
    }));
    draft.problems.push(...problems.map((problem) => at(draft.originOf(cause), problem)));
  }
}

/** The stored entities of these kinds that refer to any of these ids. Where all entities are known, nothing is read. */
async function referringTo(
  draft: Draft,
  { complete, reader, groupId }: CheckContext,
  scope: { readonly ids: readonly string[]; readonly kinds: readonly string[] },
): Promise<readonly ConfigEntity[]> {
  if (!complete) return findReferring(reader, groupId, scope);
  const ids = new Set(scope.ids);
  return [...draft.known()].filter(
    ({ kind, document }) =>
      scope.kinds.includes(kind) && referencesOf(kindNamed(kind), document).some(({ to }) => ids.has(to)),
  );
}

/** Stored entities whose rules may be broken by a change refer to these ids; each with the id of what was changed. */
function causesOf(draft: Draft, { kind, rules, sound }: Subject): ReadonlyMap<string, string> {
  const causes = new Map<string, string>();
  for (const [field, reads] of Object.entries(rules.reads)) {
    const { to } = referenceOf(kind, field);
    for (const { id } of sound.filter((entity) => entity.kind === to && changes(draft, entity, reads))) {
      causes.set(id, id);
    }
  }
  const { by, reads, kind: besideKind } = rules.beside;
  for (const entity of sound) {
    if (entity.kind !== besideKind || !changes(draft, entity, [...reads, by])) continue;
    const stored = draft.storedEntity(entity.id)?.document ?? {};
    for (const anchor of [textAt(stored, by), textAt(entity.document, by)]) {
      if (anchor !== '') causes.set(anchor, entity.id);
    }
  }
  return causes;
}

/** True for a stored entity that is to have another value in one of the fields. */
function changes(draft: Draft, { id, document }: EntityDraft, fields: readonly string[]): boolean {
  const stored = draft.storedEntity(id)?.document;
  return (
    stored !== undefined && fields.some((field) => !equalJson(stored[field] ?? null, document[field] ?? null))
  );
}

function causeOf(entity: EntityDraft, causes: ReadonlyMap<string, string>): string | undefined {
  const references = referencesOf(kindNamed(entity.kind), entity.document);
  return references.map(({ to }) => causes.get(to)).find((cause) => cause !== undefined);
}

/** Asks the rules about one document; all entities around it are known. */
function checkIn(
  draft: Draft,
  { beside, check }: ReferenceRules,
  anchors: readonly string[],
): (document: Document) => ReturnType<ReferenceRules['check']> {
  const around = new Map<string, Document[]>(anchors.map((id) => [id, []]));
  for (const { kind, document } of anchors.length === 0 ? [] : draft.everything()) {
    if (kind === beside.kind) around.get(textAt(document, beside.by))?.push(document);
  }
  return (document) =>
    check(document, {
      referred: (field) => draft.current(textAt(document, field))?.document,
      beside: around.get(textAt(document, beside.by)) ?? [],
    });
}
