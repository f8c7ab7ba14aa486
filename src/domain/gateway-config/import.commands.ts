import type { Command, NewEvent } from '../../foundation/commands/command.js';
import type { Json } from '../../foundation/kernel/json.js';
import { Refusal } from '../../foundation/kernel/refusal.js';
import type { Transaction } from '../../foundation/postgres/database.js';
import { applyChanges, type Change } from './apply-changes.js';
import type { ConfigEntity } from './config-entity.js';
import { findTakenIds, readAllEntities } from './config-entity.store.js';
import { changeOf, groupScope, type ConfigurationChange } from './gateway-config.commands.js';
import { fieldInvalid } from './document.refusals.js';
import { referencesOf } from './document.js';
import { changesOf } from './import/changes-of.js';
import { documentsInput, type Declaration, type NamedDocument } from './import/declarative-file.js';
import { foreignIdWarnings } from './import/foreign-ids.js';
import { parseDeclarative } from './import/parse-declarative.js';
import { withPlaces } from './import/places.js';
import type { Document } from './kind.js';
import { kindNamed } from './kinds/index.js';
import { nameOf } from './naming.js';
import { hiding } from './sealing.js';
import { checkSelectTags } from './select-tags.js';
import type { Warning } from './warning.js';

export interface ImportConfiguration {
  readonly runtimeGroupId: string;
  /** Declarative files, which are read as one. */
  readonly documents: readonly NamedDocument[];
  /** Whether what is in none of the files is deleted. */
  readonly mode: 'APPLY' | 'SYNC';
  /** What the files are about: only what has all of these tags. */
  readonly selectTags: readonly string[];
}

export interface Imported {
  readonly summary: {
    readonly created: number;
    readonly updated: number;
    readonly deleted: number;
    /** How many entities of the files are in the group as the files have them. */
    readonly unchanged: number;
  };
  readonly changes: readonly ConfigurationChange[];
  /** What the changes refer to and leave as it is, for those who show them by name. */
  readonly referred: readonly ReferredEntity[];
  readonly warnings: readonly Warning[];
}

/** An entity by its name, where it has one. */
export interface ReferredEntity {
  readonly id: string;
  readonly kind: string;
  readonly name: string | null;
}

interface Prepared {
  readonly declaration: Declaration;
  readonly isSync: boolean;
}

/**
 * Brings declarative files into a group, as one revision, or refuses with every problem found, each at its place in its
 * file. To apply adds and changes; to synchronize deletes, too, what is not in the files. Both keep to the select tags.
 */
export const importConfiguration: Command<ImportConfiguration, Json, Prepared> = {
  name: 'gateway-config.import',
  action: 'config:write',
  scope: (reader, { runtimeGroupId }, actor) => groupScope(runtimeGroupId, actor, reader),
  prepare: ({ documents, selectTags, mode }) => {
    checkSelectTags(selectTags);
    // Nothing given is rather a mistake than the wish to delete everything.
    if (documents.length === 0) {
      const facts = { field: documentsInput, must: 'have at least 1 element', received: 'an empty list' };
      throw fieldInvalid(facts, [documentsInput]);
    }
    return { declaration: parseDeclarative(documents, selectTags), isSync: mode === 'SYNC' };
  },
  run: async (tx, prepared, { head, scope, secrets }) => {
    const groupId = scope.resource.runtimeGroupId as string;
    const { declaration } = prepared;
    const stored = await readAllEntities(tx, groupId);
    const foreignIds = await foreignIdsIn(tx, declaration, stored);
    const into = { groupId, stored, foreignIds, hide: hiding(secrets, groupId) };
    const plan = (): Change[] => changesOf(declaration, { ...into, ...prepared });
    const { events, stateHash, warnings } = await withPlacesIn(declaration, async () =>
      applyChanges(tx, { groupId, head, secrets, stored, changes: plan(), cascade: false }),
    );
    const result: Imported = {
      ...outcome(declaration, events),
      referred: referredBy(events, stored),
      warnings: [...declaration.warnings, ...foreignIdWarnings(declaration, foreignIds), ...warnings],
    };
    return { result: result as unknown as Json, events, stateHash };
  },
};

/** The ids in files that entities of other groups have. */
async function foreignIdsIn(
  tx: Transaction,
  { entities }: Declaration,
  stored: readonly ConfigEntity[],
): Promise<ReadonlySet<string>> {
  const own = new Set(stored.map(({ id }) => id));
  const unknown = entities.flatMap(({ id }) => (id === undefined || own.has(id) ? [] : [id]));
  return new Set(await findTakenIds(tx, unknown));
}

async function withPlacesIn<Result>(declaration: Declaration, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof Refusal ? withPlaces(declaration, error) : error;
  }
}

function outcome(
  { entities }: Declaration,
  events: readonly NewEvent[],
): Pick<Imported, 'summary' | 'changes'> {
  const changes = events.map(changeOf);
  const count = (operation: string): number => changes.filter((each) => each.operation === operation).length;
  const [created, updated, deleted] = [count('CREATED'), count('UPDATED'), count('DELETED')];
  const unchanged = entities.length - created - updated;
  return { summary: { created, updated, deleted, unchanged }, changes };
}

function referredBy(events: readonly NewEvent[], stored: readonly ConfigEntity[]): readonly ReferredEntity[] {
  const changed = new Set(events.map(({ subjectId }) => subjectId));
  const others = stored.filter(({ id }) => !changed.has(id));
  if (others.length === 0) return [];
  const referred = new Set(
    events.flatMap(({ kind, before, after }) =>
      [before, after].flatMap((document) =>
        document === null ? [] : referencesOf(kindNamed(kind), document as Document).map(({ to }) => to),
      ),
    ),
  );
  return others
    .filter(({ id }) => referred.has(id))
    .map(({ id, kind, document }) => ({ id, kind, name: nameOf(kindNamed(kind), document) ?? null }));
}
