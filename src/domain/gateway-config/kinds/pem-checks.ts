import type { X509Certificate } from 'node:crypto';
import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Check } from '../field.js';
import { certificatesIn, privateKeyIn, publicKeyIn } from '../pem.js';

/** A certificate, with or without the chain above it. */
export const certificatePem: Check<string> = (pem) =>
  certificatesIn(pem).length > 0 ? undefined : 'be a certificate in PEM, with or without its chain';

/** A private key that a gateway can use. */
export const privateKeyPem: Check<string> = (pem) =>
  privateKeyIn(pem) ? undefined : 'be a private key in PEM without a passphrase';

/** A public key alone. */
export const publicKeyPem: Check<string> = (pem) =>
  publicKeyIn(pem) ? undefined : 'be a public key in PEM, without the private one';

/** The certificate of an authority that is good now, and nothing beside it. */
export const authorityPem: Check<string> = (pem) => {
  const [certificate, second] = certificatesIn(pem);
  if (!certificate || second) return 'be exactly one certificate in PEM';
  if (!certificate.ca) return 'be the certificate of an authority (basic constraint CA:TRUE)';
  return hasExpired(certificate) ? `be still valid; it was until ${certificate.validTo}` : undefined;
};

function hasExpired({ validTo }: X509Certificate): boolean {
  return Date.parse(validTo) < systemClock.now().getTime();
}
