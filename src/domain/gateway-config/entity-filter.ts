import { OnceEach } from '../../foundation/live/once-each.js';
import type { Selection, State } from '../event-log/index.js';
import type { ConfigEntity } from './config-entity.js';
import { kindUnknown } from './gateway-config.refusals.js';
import { configurationParts } from './in-parts.js';
import type { Document } from './kind.js';
import { entityKinds } from './kinds/index.js';
import { checkTags, hasTags } from './select-tags.js';

/** Which entities somebody follows: those for which everything holds that is given. */
export interface EntityFilter {
  /** One of these. Null: any. */
  readonly kinds: readonly string[] | null;
  /** All of these. */
  readonly tags: readonly string[];
}

/** What a filter selects. Nothing, where all entities are meant. */
export function entitySelection({ kinds, tags }: EntityFilter): Selection | undefined {
  if (kinds === null && tags.length === 0) return undefined;
  kinds?.forEach((kind, index) => {
    if (!entityKinds.includes(kind))
      throw kindUnknown({ kind, known: entityKinds }, ['kinds', String(index)]);
  });
  checkTags('tags', tags);
  return {
    key: JSON.stringify([kinds && [...new Set(kinds)].sort(), [...new Set(tags)].sort()]),
    has: (kind, document) =>
      (kinds === null || kinds.includes(kind)) && hasTags({ document: document as Document }, tags),
  };
}

const states = new OnceEach<State<ConfigEntity>, State<ConfigEntity>>();

/** A configuration as far as it is selected. Made once for all who ask for the same. */
export function selectedState(state: State<ConfigEntity>, selection: Selection): State<ConfigEntity> {
  return states.of(state, selection.key, () => {
    const meant = state.parts.flat().filter(({ kind, document }) => selection.has(kind, document));
    return { head: state.head, parts: configurationParts(meant) };
  });
}
