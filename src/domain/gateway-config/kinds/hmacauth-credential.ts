import { randomSecret } from '../../../foundation/kernel/id.js';
import { text } from '../field.js';
import type { Kind } from '../kind.js';
import { credentialConsumer } from './credential.js';

/** Kong's credential of the plugin hmac-auth. */
export const hmacauthCredential: Kind = {
  name: 'hmacauth_credential',
  typeName: 'HmacAuthCredential',
  collection: 'hmacauth_credentials',
  listField: 'hmac_auth_credentials',
  description: 'A username and a secret with which a consumer signs requests for the plugin hmac-auth.',
  fields: {
    consumer: credentialConsumer,
    username: { type: text(), required: true, description: 'The username, unique in its runtime group.' },
    secret: {
      type: text(),
      required: true,
      secret: true,
      description: 'The secret that signs requests. One is made if none is given.',
    },
  },
  unique: [{ fields: ['username'] }],
  rules: [],
  generate: { secret: randomSecret },
};
