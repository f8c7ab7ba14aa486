import { randomSecret } from '../../../foundation/kernel/id.js';
import { boolean, list, oneOf, text } from '../field.js';
import type { Kind } from '../kind.js';
import { credentialConsumer } from './credential.js';

const clientType = oneOf('OAuth2ClientType', 'Whether an application can keep a secret.', {
  confidential: 'The application runs where its secret is safe, as on a server.',
  public: 'The application runs where everybody can read its secret, as in a browser.',
});

/** Kong's credential of the plugin oauth2. */
export const oauth2Credential: Kind = {
  name: 'oauth2_credential',
  typeName: 'OAuth2Credential',
  collection: 'oauth2_credentials',
  listField: 'oauth2_credentials',
  description: 'An application of a consumer, known to the plugin oauth2 by its client id and secret.',
  fields: {
    consumer: credentialConsumer,
    name: { type: text(), required: true, description: 'The name of the application.' },
    client_id: {
      type: text(),
      required: true,
      description: 'The client id, unique in its runtime group. One is made if none is given.',
    },
    client_secret: {
      type: text(),
      required: true,
      secret: true,
      description: 'The client secret. One is made if none is given.',
    },
    hash_secret: {
      type: boolean(),
      default: false,
      description: 'Whether gateways keep only a hash of the client secret.',
    },
    redirect_uris: {
      type: list(text(redirectUri)),
      description: 'Where users may be sent back to: absolute URLs without a fragment.',
    },
    client_type: {
      type: clientType,
      default: 'confidential',
      description: 'Whether the application can keep a secret.',
    },
  },
  unique: [{ fields: ['client_id'] }],
  rules: [],
  generate: { client_id: randomSecret, client_secret: randomSecret },
};

function redirectUri(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  return url && url.host !== '' && !value.includes('#') ? undefined : 'be an absolute URL without a fragment';
}
