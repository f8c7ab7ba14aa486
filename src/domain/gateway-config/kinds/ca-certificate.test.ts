import { createHash } from 'node:crypto';
import { pem } from '../../../../test/kit/pem.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise, patch } from '../document.js';
import { caCertificate } from './ca-certificate.js';

const ca = pem('ca.crt');

function verdict(input: JsonObject): string[][] {
  return normalise(caCertificate, input).problems.map(({ code, path }) => [code, ...path]);
}

it('accepts the certificate of an authority', () => {
  expect(verdict({ cert: ca })).toEqual([]);
});

it.each<[string, string, string]>([
  ['text that is no certificate', 'exactly one certificate', 'ca'],
  ['two certificates', 'exactly one certificate', ca + pem('other-ca.crt')],
  ['the certificate of a server', 'basic constraint', pem('server-ec.crt')],
  ['an authority whose time is over', 'still valid', pem('expired-ca.crt')],
  ['a vault reference', 'exactly one certificate', '{vault://env/ca}'],
])('refuses %s', (_, reason, cert) => {
  const { problems } = normalise(caCertificate, { cert });
  expect(problems.map(({ code, path }) => [code, ...path])).toEqual([['FIELD_INVALID', 'cert']]);
  expect(problems[0]?.message).toContain(reason);
});

it('refuses to be without a certificate', () => {
  expect(verdict({ cert_digest: 'abc' })).toEqual([['FIELD_REQUIRED', 'cert']]);
});

it('derives the digest from the certificate, whatever is given for it', () => {
  const { document } = normalise(caCertificate, { cert: ca, cert_digest: 'abc' });
  expect(document['cert_digest']).toBe(digestOf(ca));
  expect(patch(caCertificate, document, { cert: pem('other-ca.crt') }).document['cert_digest']).toBe(
    digestOf(pem('other-ca.crt')),
  );
});

it('is unique by its digest, however the same certificate is written', () => {
  const keyOf = (cert: string): string | null =>
    keysOf(caCertificate, normalise(caCertificate, { cert }).document)[0];
  expect(keyOf(`\n${ca}\n`)).toBe(keyOf(ca));
  expect(keyOf(pem('other-ca.crt'))).not.toBe(keyOf(ca));
});

/** The digest of what stands between the lines of the PEM text. */
function digestOf(certificate: string): string {
  const content = certificate.replaceAll(/-----.*-----/g, '');
  return createHash('sha256').update(Buffer.from(content, 'base64')).digest('hex');
}
