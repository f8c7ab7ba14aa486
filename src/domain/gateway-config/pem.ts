import { createPrivateKey, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';

const begin = '-----BEGIN CERTIFICATE-----';
const end = '-----END CERTIFICATE-----';

/** The certificates in a PEM text, in order; none if it holds anything that only looks like one. */
export function certificatesIn(pem: string): readonly X509Certificate[] {
  const pieces = pem.split(end);
  const rest = pieces.pop() ?? '';
  const blocks = pieces.map((piece) => piece.slice(piece.lastIndexOf(begin)) + end);
  if (rest.includes(begin) || !blocks.every((block) => block.startsWith(begin))) return [];
  const certificates = blocks.flatMap((block) => parsed(() => new X509Certificate(block)) ?? []);
  return certificates.length === blocks.length ? certificates : [];
}

/** The private key in a PEM text, if there is one that no passphrase protects. */
export function privateKeyIn(pem: string): KeyObject | undefined {
  return /-----BEGIN [A-Z ]*PRIVATE KEY-----/.test(pem) ? parsed(() => createPrivateKey(pem)) : undefined;
}

/** The public key in a PEM text that holds no private one. */
export function publicKeyIn(pem: string): KeyObject | undefined {
  const isPublic = pem.includes('PUBLIC KEY-----') && !pem.includes('PRIVATE KEY-----');
  return isPublic ? parsed(() => createPublicKey(pem)) : undefined;
}

/** The key, public or private, in a JSON Web Key. Symmetric keys are not among them. */
export function jwkIn(jwk: object): KeyObject | undefined {
  return parsed(() => createPublicKey({ key: jwk as never, format: 'jwk' }));
}

function parsed<Result>(parse: () => Result): Result | undefined {
  try {
    return parse();
  } catch {
    return undefined;
  }
}
