import * as checks from '../checks.js';
import { text } from '../field.js';
import type { Kind } from '../kind.js';

/** Kong's key set. */
export const keySet: Kind = {
  name: 'key_set',
  typeName: 'KeySet',
  collection: 'key_sets',
  listField: 'key_sets',
  description: 'A key set holds keys under one name, by which plugins find them.',
  fields: {
    name: { type: text(checks.name), description: 'The name of the key set, unique in its runtime group.' },
  },
  unique: [{ fields: ['name'] }],
  rules: [],
};
