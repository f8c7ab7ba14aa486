import { text } from '../field.js';
import type { Kind } from '../kind.js';
import { credentialConsumer } from './credential.js';

/**
 * Kong's credential of the plugin basic-auth. The password is kept as it was given, and so is what files and gateways
 * receive: they are asked to transform what they load, which hashes it. So the same file again makes no difference, and a
 * credential can move to another consumer.
 */
export const basicauthCredential: Kind = {
  name: 'basicauth_credential',
  typeName: 'BasicAuthCredential',
  collection: 'basicauth_credentials',
  listField: 'basic_auth_credentials',
  description: 'A username and a password that identify a consumer to the plugin basic-auth.',
  fields: {
    consumer: credentialConsumer,
    username: { type: text(), required: true, description: 'The username, unique in its runtime group.' },
    password: {
      type: text(),
      required: true,
      secret: true,
      description: 'The password itself, not a hash of it; gateways hash it.',
    },
  },
  unique: [{ fields: ['username'] }],
  rules: [],
};
