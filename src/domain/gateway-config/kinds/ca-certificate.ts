import { text } from '../field.js';
import type { Document, Kind } from '../kind.js';
import { certificatesIn } from '../pem.js';
import { textAt } from '../reading.js';
import { authorityPem } from './pem-checks.js';

/** Kong's CA certificate. */
export const caCertificate: Kind = {
  name: 'ca_certificate',
  typeName: 'CaCertificate',
  collection: 'ca_certificates',
  listField: 'ca_certificates',
  description: 'A certificate of an authority whose certificates the gateway trusts.',
  fields: {
    cert: {
      type: text(authorityPem),
      required: true,
      description: 'The certificate of the authority in PEM: one, not expired.',
    },
    cert_digest: {
      type: text(),
      description:
        'The SHA-256 digest of the certificate in hex, unique in its runtime group; it is derived, whatever is given.',
    },
  },
  unique: [{ fields: ['cert_digest'] }],
  rules: [],
  complete: withDigest,
};

function withDigest(document: Document): Document {
  const [certificate] = certificatesIn(textAt(document, 'cert'));
  if (!certificate) return document;
  return { ...document, cert_digest: certificate.fingerprint256.replaceAll(':', '').toLowerCase() };
}
