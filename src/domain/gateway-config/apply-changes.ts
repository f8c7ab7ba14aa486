import type { NewEvent, StreamHead } from '../../foundation/commands/command.js';
import { isId, newId } from '../../foundation/kernel/id.js';
import { equalJson, type JsonObject } from '../../foundation/kernel/json.js';
import { refuseAny, type Problem } from '../../foundation/kernel/refusal.js';
import { withEntity, withoutEntity } from '../../foundation/kernel/set-hash.js';
import type { Reader, Transaction } from '../../foundation/postgres/database.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';
import type { ConfigEntity, EntityDraft, Owner } from './config-entity.js';
import { findEntities, findTakenIds, writeEntities } from './config-entity.store.js';
import { normalise, patch, type Normalised } from './document.js';
import { at, checkDeletions, checkKeys } from './draft-checks.js';
import { Draft, type Origin } from './draft.js';
import { givenFields } from './given-fields.js';
import { openedInput, openedToCheck, sealedSecrets, type Sealing } from './sealing.js';
import { entityNotFound, entityOwned, idInvalid, idTaken } from './gateway-config.refusals.js';
import type { Document } from './kind.js';
import { kindNamed, kinds } from './kinds/index.js';
import { preflight } from './preflight/preflight.js';
import { writeRouteKeys } from './preflight/route-key.store.js';
import { settleStoredPlugins, settleWrittenPlugins } from './registered-plugins.js';
import { checkReferences } from './reference-checks.js';
import type { Warning } from './warning.js';

/** One thing to do to a group's configuration. */
export type Change = {
  readonly kind: string;
  /** Where in the caller's input it stands. */
  readonly origin: Origin;
  /** Who changes what is its own. What belongs to somebody else is not for them to change. */
  readonly owner?: Owner;
} & (
  | (Whole & { readonly is: 'create'; readonly id?: string | undefined })
  | { readonly is: 'update'; readonly id: string; readonly fields: JsonObject }
  /** Makes the entity exactly this, whatever it was. */
  | (Whole & { readonly is: 'replace'; readonly id: string })
  | { readonly is: 'delete'; readonly id: string }
);

/** All that an entity is to be. */
interface Whole {
  readonly fields: JsonObject;
  /** True for a document that has been through `normalise`, without a problem, a hidden secret, or anything left to generate. */
  readonly isNormal?: boolean;
}

/** Changes to one group, which become one revision or nothing. */
export interface ChangeSet {
  readonly groupId: string;
  readonly head: StreamHead;
  readonly changes: readonly Change[];
  readonly secrets: Keyring;
  /** Delete what refers to something deleted, too. */
  readonly cascade: boolean;
  /** Every entity of the group, where the caller has read them. */
  readonly stored?: readonly ConfigEntity[];
}

/** What a change set did. */
export interface Applied {
  readonly events: readonly NewEvent[];
  readonly stateHash: Buffer;
  /** The entity that each change made or changed, in the order of the changes. */
  readonly ids: readonly string[];
  readonly warnings: readonly Warning[];
}

/**
 * Checks and stores changes to a group. The group's stream is locked, so nothing that is read here can change before the
 * commit. Refuses with every problem found, each at its place in the input; then nothing has changed.
 */
export async function applyChanges(tx: Transaction, set: ChangeSet): Promise<Applied> {
  const context = { reader: tx, groupId: set.groupId, complete: set.stored !== undefined };
  const changes = set.changes.map(withOneId);
  const draft = new Draft();
  draft.know(set.stored ?? (await findEntities(tx, set.groupId, idsOf(changes))));
  const given = givenIds(changes);
  refuseBadIds(given);
  // The database looks for the ids while the changes are taken.
  const [taken, ids] = await Promise.all([takenIds(tx, given), takeAll(draft, changes, set)]);
  draft.problems.unshift(...taken);
  await settleWrittenPlugins(draft, context, set.secrets);
  refuseAny(draft.problems);
  const owners = new Map(changes.map(({ owner }, index) => [ids[index] as string, owner]));
  await checkDeletions(draft, context, set.cascade);
  refuseOwned(draft, owners);
  await settleStoredPlugins(draft, context, set.secrets);
  await checkReferences(draft, context);
  await checkKeys(draft, context);
  refuseAny(draft.problems);
  const warnings = await preflight(draft, context);
  return { ids, warnings, ...(await store(tx, set, draft, owners)) };
}

/** An id may be written in capitals. It is part of what is hashed, so it has one form: the one that it is stored in. */
function withOneId<Some extends Change>(change: Some): Some {
  const id = change.id?.toLowerCase();
  return id === change.id ? change : { ...change, id };
}

function idsOf(changes: readonly Change[]): string[] {
  return changes.flatMap((change) => (change.id !== undefined && isId(change.id) ? [change.id] : []));
}

/** Where creations say which id the new entity is to have. */
interface GivenId {
  readonly id: string;
  readonly origin: Origin;
}

function givenIds(changes: readonly Change[]): GivenId[] {
  return changes.flatMap(({ is, id, origin }) =>
    is === 'create' && id !== undefined ? [{ id, origin }] : [],
  );
}

function refuseBadIds(given: readonly GivenId[]): void {
  const bad = given.filter(({ id }) => !isId(id));
  refuseAny(bad.map(({ id, origin }) => idInvalid.problem({ id }, [...origin, 'id'])));
}

async function takenIds(reader: Reader, given: readonly GivenId[]): Promise<readonly Problem[]> {
  const ids = given.map(({ id }) => id);
  const taken = new Set(await findTakenIds(reader, ids));
  const problems: Problem[] = [];
  for (const { id, origin } of given) {
    // Of two that are to have one id, the second is too late.
    if (taken.has(id)) problems.push(idTaken.problem({ id }, [...origin, 'id']));
    taken.add(id);
  }
  return problems;
}

/** Takes the changes into the draft; answers the ids of their entities. */
async function takeAll(draft: Draft, changes: readonly Change[], set: ChangeSet): Promise<string[]> {
  const ids: string[] = [];
  // Where a key is missing, this goes on with the change that asked for it.
  await set.secrets.withKeys(() => {
    for (const change of changes.slice(ids.length)) ids.push(take(draft, change, set));
  });
  return ids;
}

/** Who changes each entity, as its owner. */
type Owners = ReadonlyMap<string, Owner | undefined>;

/** What belongs to somebody is changed by way of them: a direct change would be lost with their next one. */
function refuseOwned(draft: Draft, owners: Owners): void {
  for (const { id, kind, owner, document } of draft.known()) {
    if (owner === null || owner.id === owners.get(id)?.id) continue;
    const wanted = draft.current(id);
    if (wanted !== undefined && equalJson(wanted.document, document)) continue;
    const facts = { typeName: kindNamed(kind).typeName, id, owner: owner.name };
    draft.problems.push(entityOwned.problem(facts, draft.originOf(id)));
  }
}

/** Takes one change into the draft; answers the id of its entity. */
function take(draft: Draft, change: Change, { groupId, secrets }: ChangeSet): string {
  const kind = kindNamed(change.kind);
  if (change.is === 'create') {
    const id = change.id ?? newId();
    const sealing = { secrets, owner: { groupId, kind, id } };
    put(draft, change, sealing, made(sealing, change));
    return id;
  }
  const sealing = { secrets, owner: { groupId, kind, id: change.id } };
  const current = draft.current(change.id);
  if (current?.kind !== change.kind) {
    draft.problems.push(
      entityNotFound.problem({ typeName: kind.typeName, id: change.id }, [...change.origin, 'id']),
    );
  } else if (change.is === 'delete') draft.remove(change.id, change.origin);
  else put(draft, change, sealing, revised(sealing, change, current.document));
  return change.id;
}

function made(sealing: Sealing, change: Change & { readonly is: 'create' }): Normalised {
  if (change.isNormal) return { document: change.fields, problems: [] };
  const { kind } = sealing.owner;
  return normalise(kind, openedInput(sealing, givenFields(kind, change)));
}

function revised(
  sealing: Sealing,
  change: Change & { readonly is: 'update' | 'replace' },
  current: Document,
): Normalised {
  if (change.is === 'replace' && change.isNormal) return { document: change.fields, problems: [] };
  const { kind } = sealing.owner;
  const fields = openedInput(sealing, givenFields(kind, change, current), current);
  if (change.is === 'replace') return normalise(kind, fields);
  return patch(kind, openedToCheck(sealing, current), fields);
}

/** Here secrets are sealed: what the draft holds is what will be stored. */
function put(draft: Draft, change: Change, sealing: Sealing, { document, problems }: Normalised): void {
  const { id } = sealing.owner;
  draft.problems.push(...problems.map((problem) => at(change.origin, problem)));
  const sealed = sealedSecrets(sealing, document, draft.storedEntity(id)?.document);
  draft.put({ id, kind: change.kind, document: sealed }, change.origin);
}

async function store(
  tx: Transaction,
  set: ChangeSet,
  draft: Draft,
  owners: Owners,
): Promise<Omit<Applied, 'ids' | 'warnings'>> {
  const puts = [...draft.puts()].map((entity) => ({
    ...entity,
    owner: owners.get(entity.id) ?? draft.storedEntity(entity.id)?.owner ?? null,
  }));
  const created = puts.filter((entity) => !draft.storedEntity(entity.id));
  const updated = puts.flatMap((entity) => {
    const stored = draft.storedEntity(entity.id);
    return stored && !equalJson(stored.document, entity.document) ? [{ ...entity, stored }] : [];
  });
  const deleted = [...draft.removals()].flatMap((id) => draft.storedEntity(id) ?? []);
  const events = inOrderOfKinds([
    ...created.map((entity) => eventOf(undefined, entity)),
    ...updated.map((entity) => eventOf(entity.stored, entity)),
    ...deleted.map((entity) => eventOf(entity, undefined)),
  ]);
  let stateHash = set.head.stateHash;
  if (events.length > 0) {
    const revision = set.head.revision + 1;
    const digests = await writeEntities(tx, { groupId: set.groupId, revision, created, updated, deleted });
    for (const { digest } of [...updated.map(({ stored }) => stored), ...deleted]) {
      stateHash = withoutEntity(stateHash, digest);
    }
    for (const digest of digests) stateHash = withEntity(stateHash, digest);
    const isRoute = ({ kind }: EntityDraft): boolean => kind === 'route';
    await writeRouteKeys(tx, set.groupId, {
      created: created.filter(isRoute),
      updated: updated.filter(isRoute),
      deleted: deleted.filter(isRoute),
    });
  }
  return { events, stateHash };
}

function eventOf(before: EntityDraft | undefined, after: EntityDraft | undefined): NewEvent {
  const { id, kind } = (after ?? before) as EntityDraft;
  const [operation, past] = !before
    ? (['CREATED', 'created'] as const)
    : !after
      ? (['DELETED', 'deleted'] as const)
      : (['UPDATED', 'updated'] as const);
  return {
    type: `${kind}.${past}`,
    kind,
    subjectId: id,
    operation,
    before: before?.document ?? null,
    after: after?.document ?? null,
  };
}

/** Creations before what refers to them, deletions after: whoever replays the events in order never sees a loose end. */
function inOrderOfKinds(events: readonly NewEvent[]): NewEvent[] {
  const rank = new Map(kinds.map((kind, index) => [kind.name, index]));
  const place = (event: NewEvent): number => {
    const order = rank.get(event.kind) ?? 0;
    return event.operation === 'DELETED' ? kinds.length + (kinds.length - order) : order;
  };
  return [...events].sort((a, b) => place(a) - place(b));
}
