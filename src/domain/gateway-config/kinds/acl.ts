import { text } from '../field.js';
import type { Kind } from '../kind.js';
import { credentialConsumer } from './credential.js';

/** Kong's membership of a consumer for the plugin acl. */
export const acl: Kind = {
  name: 'acl',
  typeName: 'AclCredential',
  collection: 'acls',
  listField: 'acl_credentials',
  description: 'The name of a group that a consumer is in for the plugin acl. It is no consumer group.',
  fields: {
    consumer: credentialConsumer,
    group: { type: text(), required: true, description: 'The name of the group, once for each consumer.' },
  },
  unique: [{ fields: ['consumer', 'group'] }],
  rules: [],
};
