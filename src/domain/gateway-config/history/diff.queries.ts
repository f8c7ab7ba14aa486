import type { Query } from '../../../foundation/commands/command.js';
import { organizationWide, type Moment } from '../../runtime-groups/index.js';
import { readEntitiesAt } from '../config-entity.store.js';
import { sideBySide } from './between-groups.js';
import { differencesOf, type Difference } from './difference.js';
import { readNetChanges } from './net-changes.store.js';

/** Two moments, of one group or of two. */
export interface DiffOf {
  readonly from: Moment;
  readonly to: Moment;
}

/** What differs between two moments. Within a group it costs what happened between them; between groups, both are read. */
export const configurationDiff: Query<DiffOf, Difference[]> = {
  name: 'gateway-config.diff',
  action: 'config:read',
  scope: organizationWide,
  run: async (reader, { from, to }) => {
    if (from.runtimeGroupId === to.runtimeGroupId) {
      const range = { from: from.revision, to: to.revision };
      return differencesOf(await readNetChanges(reader, from.runtimeGroupId, range));
    }
    const before = await readEntitiesAt(reader, from.runtimeGroupId, from.revision);
    const after = await readEntitiesAt(reader, to.runtimeGroupId, to.revision);
    return differencesOf(sideBySide(before, after));
  },
};
