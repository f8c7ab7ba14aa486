import { pem } from '../../../../test/kit/pem.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { normalise, patch } from '../document.js';
import { certificate } from './certificate.js';

const rsa = { cert: pem('server-rsa.crt'), key: pem('server-rsa.key') };
const alternative = { cert_alt: pem('server-ec.crt'), key_alt: pem('server-ec.key') };
const vaulted = '{vault://env/tls-key}';

function verdict(input: JsonObject): string[][] {
  return normalise(certificate, input).problems.map(({ code, path }) => [code, ...path]);
}

it.each<[string, JsonObject]>([
  ['a certificate with its key', rsa],
  ['a certificate with its chain', { ...rsa, cert: rsa.cert + pem('ca.crt') }],
  ['a certificate with text around it', { ...rsa, cert: `Subject: test\n${rsa.cert}\n` }],
  ['a key in a vault', { ...rsa, key: vaulted }],
  ['everything in a vault', { cert: vaulted, key: vaulted, cert_alt: vaulted, key_alt: vaulted }],
  ['a second certificate with a key of another type', { ...rsa, ...alternative }],
])('accepts %s', (_, input) => {
  expect(verdict(input)).toEqual([]);
});

it.each<[string, string[][], JsonObject]>([
  ['no key', [['FIELD_REQUIRED', 'key']], { cert: rsa.cert }],
  ['no certificate', [['FIELD_REQUIRED', 'cert']], { key: rsa.key }],
  ['text for a certificate', [['FIELD_INVALID', 'cert']], { ...rsa, cert: 'server.crt' }],
  ['half a certificate', [['FIELD_INVALID', 'cert']], { ...rsa, cert: rsa.cert.slice(0, 500) }],
  [
    'a damaged chain',
    [['FIELD_INVALID', 'cert']],
    { ...rsa, cert: `${rsa.cert}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----` },
  ],
  ['a key for a certificate', [['FIELD_INVALID', 'cert']], { ...rsa, cert: rsa.key }],
  ['a certificate for a key', [['FIELD_INVALID', 'key']], { ...rsa, key: rsa.cert }],
  ['a key with a passphrase', [['FIELD_INVALID', 'key']], { ...rsa, key: pem('server-rsa.encrypted.key') }],
  ['half a vault reference', [['FIELD_INVALID', 'key']], { ...rsa, key: '{vault://env/tls' }],
  ['the key of another', [['CERTIFICATE_KEY_MISMATCH', 'key']], { ...rsa, key: alternative.key_alt }],
  [
    'the second with the key of another',
    [['CERTIFICATE_KEY_MISMATCH', 'key_alt']],
    { ...rsa, ...alternative, key_alt: rsa.key },
  ],
  [
    'a second certificate without a key',
    [['FIELD_REQUIRED', 'key_alt']],
    { ...rsa, cert_alt: alternative.cert_alt },
  ],
  [
    'a second key without a certificate',
    [['FIELD_REQUIRED', 'cert_alt']],
    { ...rsa, key_alt: alternative.key_alt },
  ],
  [
    'a second certificate with a key of the same type',
    [['CERTIFICATE_ALTERNATIVE_OF_SAME_TYPE', 'cert_alt']],
    { ...rsa, cert_alt: rsa.cert, key_alt: rsa.key },
  ],
])('refuses %s', (_, problems, input) => {
  expect(verdict(input)).toEqual(problems);
});

it('never repeats a key in a problem', () => {
  const { problems } = normalise(certificate, { ...rsa, key: 'the-secret-itself' });
  expect(problems[0]?.message).toContain('not what was given');
  expect(JSON.stringify(problems)).not.toContain('the-secret-itself');
});

it('changes certificate and key together', () => {
  const current = normalise(certificate, rsa).document;
  const both = { cert: alternative.cert_alt, key: alternative.key_alt };
  expect(patch(certificate, current, both).problems).toEqual([]);
  const { problems } = patch(certificate, current, { cert: alternative.cert_alt });
  expect(problems.map(({ code }) => code)).toEqual(['CERTIFICATE_KEY_MISMATCH']);
});
