import type { Command, NewEvent } from '../../foundation/commands/command.js';
import type { Json } from '../../foundation/kernel/json.js';
import { Refusal } from '../../foundation/kernel/refusal.js';
import { applyChanges } from './apply-changes.js';
import { readAllEntities } from './config-entity.store.js';
import { changeOf, groupScope, type ConfigurationChange } from './gateway-config.commands.js';
import { changesOf } from './import/changes-of.js';
import type { DeclarativeFile } from './import/declarative-file.js';
import { parseDeclarative } from './import/parse-declarative.js';
import { withPlaces } from './import/places.js';
import { hiding } from './sealing.js';

export interface ImportConfiguration {
  readonly runtimeGroupId: string;
  /** The text of one declarative file. */
  readonly document: string;
  /** What to call the file in messages. */
  readonly fileName: string;
}

export interface Imported {
  readonly summary: {
    readonly created: number;
    readonly updated: number;
    readonly deleted: number;
    /** How many entities of the file are in the group as the file has them. */
    readonly unchanged: number;
  };
  readonly changes: readonly ConfigurationChange[];
  /** What of the file was read over, in sentences for people. */
  readonly warnings: readonly string[];
}

/**
 * Brings a declarative file into a group: adds and changes, as one revision, or refuses with every problem found, each at
 * its place in the file. Nothing is deleted.
 */
export const importConfiguration: Command<ImportConfiguration, Json, DeclarativeFile> = {
  name: 'gateway-config.import',
  action: 'config:write',
  scope: (reader, { runtimeGroupId }, actor) => groupScope(runtimeGroupId, actor, reader),
  prepare: ({ document, fileName }) => parseDeclarative(document, fileName),
  run: async (tx, file, { head, scope, secrets }) => {
    const groupId = scope.resource.runtimeGroupId as string;
    const { events, stateHash } = await withPlacesIn(file, async () => {
      const stored = await readAllEntities(tx, groupId);
      const hide = hiding(secrets, groupId);
      const changes = changesOf(file, stored, { groupId, hide });
      return applyChanges(tx, { groupId, head, secrets, stored, changes, cascade: false });
    });
    return { result: imported(file, events) as unknown as Json, events, stateHash };
  },
};

async function withPlacesIn<Result>(file: DeclarativeFile, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    throw error instanceof Refusal ? withPlaces(file, error) : error;
  }
}

function imported(file: DeclarativeFile, events: readonly NewEvent[]): Imported {
  const changes = events.map(changeOf);
  const count = (operation: string): number => changes.filter((each) => each.operation === operation).length;
  const [created, updated, deleted] = [count('CREATED'), count('UPDATED'), count('DELETED')];
  const unchanged = file.entities.length - created - updated;
  return { summary: { created, updated, deleted, unchanged }, changes, warnings: file.warnings };
}
