import { randomSecret } from '../../../foundation/kernel/id.js';
import { fieldRequired } from '../document.refusals.js';
import { oneOf, text } from '../field.js';
import type { Kind, Rule } from '../kind.js';
import { textAt } from '../reading.js';
import { credentialConsumer } from './credential.js';
import { publicKeyPem } from './pem-checks.js';
import { rule } from './rule.js';

const algorithm = oneOf('JwtAlgorithm', 'How tokens are signed.', {
  HS256: 'Tokens are signed with the secret: HMAC with SHA-256.',
  HS384: 'Tokens are signed with the secret: HMAC with SHA-384.',
  HS512: 'Tokens are signed with the secret: HMAC with SHA-512.',
  RS256: 'Tokens are signed with an RSA key: PKCS #1 with SHA-256.',
  RS384: 'Tokens are signed with an RSA key: PKCS #1 with SHA-384.',
  RS512: 'Tokens are signed with an RSA key: PKCS #1 with SHA-512.',
  ES256: 'Tokens are signed with an elliptic key: ECDSA with SHA-256.',
  ES384: 'Tokens are signed with an elliptic key: ECDSA with SHA-384.',
  ES512: 'Tokens are signed with an elliptic key: ECDSA with SHA-512.',
  PS256: 'Tokens are signed with an RSA key: PSS with SHA-256.',
  PS384: 'Tokens are signed with an RSA key: PSS with SHA-384.',
  PS512: 'Tokens are signed with an RSA key: PSS with SHA-512.',
  EdDSA: 'Tokens are signed with an Edwards-curve key.',
});

/** Kong's credential of the plugin jwt. */
export const jwtSecret: Kind = {
  name: 'jwt_secret',
  typeName: 'JwtCredential',
  collection: 'jwt_secrets',
  listField: 'jwt_credentials',
  description: 'What tells the plugin jwt whose tokens are those of a consumer, and how to check them.',
  fields: {
    consumer: credentialConsumer,
    key: {
      type: text(),
      required: true,
      description:
        'What tokens carry as their issuer, unique in its runtime group. One is made if none is given.',
    },
    secret: {
      type: text(),
      required: true,
      secret: true,
      description: 'The secret of the HS algorithms. One is made if none is given.',
    },
    algorithm: { type: algorithm, default: 'HS256', description: 'How the tokens are signed.' },
    rsa_public_key: {
      type: text(publicKeyPem),
      description: 'The public key of the other algorithms in PEM, whatever its type.',
    },
  },
  unique: [{ fields: ['key'] }],
  rules: [publicKeyWhereNeeded()],
  generate: { key: randomSecret, secret: randomSecret },
};

function publicKeyWhereNeeded(): Rule {
  return rule(['algorithm', 'rsa_public_key'], (document) => {
    const given = textAt(document, 'algorithm');
    if (!/^(RS|PS|EdDSA)/.test(given) || document['rsa_public_key'] !== undefined) return [];
    const facts = { field: 'rsa_public_key', when: `algorithm is ${given}` };
    return [fieldRequired.problem(facts, ['rsa_public_key'])];
  });
}
