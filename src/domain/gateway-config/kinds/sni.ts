import * as checks from '../checks.js';
import { reference, text } from '../field.js';
import type { Kind } from '../kind.js';

/** Kong's SNI. */
export const sni: Kind = {
  name: 'sni',
  typeName: 'Sni',
  collection: 'snis',
  listField: 'snis',
  description:
    'An SNI is a hostname that clients ask for when they begin with TLS, and that selects a certificate.',
  fields: {
    name: {
      type: text(checks.wildcardHost),
      required: true,
      description:
        'The hostname, unique in its runtime group; one “*” may stand first or last, as in *.example.com.',
    },
    certificate: {
      type: reference('certificate', 'restrict'),
      required: true,
      description: 'The certificate that the gateway shows for the hostname.',
    },
  },
  unique: [{ fields: ['name'] }],
  rules: [],
};
