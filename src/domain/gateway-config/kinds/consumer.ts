import { consumerWithoutIdentity } from '../document.refusals.js';
import { reference, set, text } from '../field.js';
import type { Kind } from '../kind.js';
import { present, rule } from './rule.js';

const identities = ['username', 'custom_id'];

/** Kong's consumer. */
export const consumer: Kind = {
  name: 'consumer',
  typeName: 'Consumer',
  collection: 'consumers',
  listField: 'consumers',
  description:
    'A consumer is someone who uses the APIs behind the gateway: a person, an application, or a customer.',
  fields: {
    username: { type: text(), description: 'The name of the consumer, unique in its runtime group.' },
    custom_id: {
      type: text(),
      description: "The consumer's id in another system, unique in its runtime group.",
    },
    groups: {
      type: set(reference('consumer_group', 'unlink')),
      description: 'The consumer groups that the consumer is in.',
    },
  },
  unique: [{ fields: ['username'] }, { fields: ['custom_id'] }],
  rules: [
    rule(identities, (document) =>
      present(document, identities).length > 0 ? [] : [consumerWithoutIdentity.problem({})],
    ),
  ],
};
