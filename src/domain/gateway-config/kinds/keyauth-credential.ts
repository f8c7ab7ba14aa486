import { randomSecret } from '../../../foundation/kernel/id.js';
import { integer, text } from '../field.js';
import type { Kind } from '../kind.js';
import { credentialConsumer } from './credential.js';

/** Kong's credential of the plugin key-auth. */
export const keyauthCredential: Kind = {
  name: 'keyauth_credential',
  typeName: 'KeyAuthCredential',
  collection: 'keyauth_credentials',
  listField: 'key_auth_credentials',
  description: 'A key that identifies a consumer to the plugin key-auth.',
  fields: {
    consumer: credentialConsumer,
    key: {
      type: text(),
      required: true,
      secret: true,
      description: 'The key, unique in its runtime group. One is made if none is given.',
    },
    ttl: {
      type: integer(0, 100_000_000),
      description: 'The time in seconds after which a gateway forgets the key; absent, it never does.',
    },
  },
  unique: [{ fields: ['key'] }],
  rules: [],
  generate: { key: randomSecret },
};
