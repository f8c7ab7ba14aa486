import type { SealedPlace } from '../encryption/index.js';
import type { Document } from './kind.js';
import { kindNamed } from './kinds/index.js';
import { resealedSecrets } from './sealing.js';

/** The secrets of entities. */
export const sealedEntities: SealedPlace<'kind' | 'runtime_group_id'> = {
  ...{ table: 'config_entity', column: 'body', type: 'jsonb', plural: 'entities' },
  owner: ['kind', 'runtime_group_id'],
  reseal: (secrets, { id, kind, runtime_group_id: groupId, content }) =>
    resealedSecrets({ secrets, owner: { groupId, kind: kindNamed(kind), id } }, content as Document),
};
