import { text } from '../field.js';
import type { Kind } from '../kind.js';

/** Kong's consumer group. Who is in it, consumers say themselves. */
export const consumerGroup: Kind = {
  name: 'consumer_group',
  typeName: 'ConsumerGroup',
  collection: 'consumer_groups',
  listField: 'consumer_groups',
  description: 'A consumer group holds consumers for whom the same plugins apply.',
  fields: {
    name: {
      type: text(),
      required: true,
      description: 'The name of the consumer group, unique in its runtime group.',
    },
  },
  unique: [{ fields: ['name'] }],
  rules: [],
};
