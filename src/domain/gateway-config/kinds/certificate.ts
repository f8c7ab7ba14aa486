import type { Problem } from '../../../foundation/kernel/refusal.js';
import { alternativeOfSameType, fieldRequired, keyMismatch } from '../document.refusals.js';
import { referenceable, text } from '../field.js';
import type { Kind, Rule } from '../kind.js';
import { certificatesIn, privateKeyIn } from '../pem.js';
import { textAt } from '../reading.js';
import { certificatePem, privateKeyPem } from './pem-checks.js';
import { rule } from './rule.js';

const certificateText = referenceable(text(certificatePem));
const keyText = referenceable(text(privateKeyPem));

/** Kong's certificate. */
export const certificate: Kind = {
  name: 'certificate',
  typeName: 'Certificate',
  collection: 'certificates',
  listField: 'certificates',
  description:
    'A certificate with its private key: the gateway shows it to clients that ask for one of its SNIs, or to an API.',
  fields: {
    cert: {
      type: certificateText,
      required: true,
      description: 'The certificate in PEM, with its chain, or a vault reference.',
    },
    key: {
      type: keyText,
      required: true,
      secret: true,
      description: 'The private key of the certificate in PEM, or a vault reference.',
    },
    cert_alt: {
      type: certificateText,
      description:
        'A second certificate with a key of another type, for clients that prefer it: RSA beside EC.',
    },
    key_alt: {
      type: keyText,
      secret: true,
      description: 'The private key of the second certificate in PEM, or a vault reference.',
    },
  },
  unique: [],
  rules: [matching('cert', 'key'), bothOrNone(), matching('cert_alt', 'key_alt'), ofAnotherType()],
};

/** A key that stands in a vault cannot be compared; the gateway finds out. */
function matching(cert: string, key: string): Rule {
  return rule([cert, key], (document) => {
    const [leaf] = certificatesIn(textAt(document, cert));
    const privateKey = privateKeyIn(textAt(document, key));
    if (!leaf || !privateKey || leaf.checkPrivateKey(privateKey)) return [];
    return [keyMismatch.problem({ cert, key }, [key])];
  });
}

function bothOrNone(): Rule {
  return rule(['cert_alt', 'key_alt'], (document) => [
    ...required(document, 'key_alt', 'cert_alt'),
    ...required(document, 'cert_alt', 'key_alt'),
  ]);
}

function required(document: object, field: string, other: string): readonly Problem[] {
  const isMissing = !(field in document) && other in document;
  return isMissing ? [fieldRequired.problem({ field, when: `${other} is given` }, [field])] : [];
}

function ofAnotherType(): Rule {
  return rule(['cert', 'cert_alt'], (document) => {
    const types = ['cert', 'cert_alt'].map(
      (field) => certificatesIn(textAt(document, field))[0]?.publicKey.asymmetricKeyType,
    );
    if (types[0] === undefined || types[0] !== types[1]) return [];
    return [alternativeOfSameType.problem({ keyType: types[0] }, ['cert_alt'])];
  });
}
