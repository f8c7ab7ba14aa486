import { readFileSync } from 'node:fs';

/** A certificate or key of test/fixtures/certificates, by the name of its file. */
export function pem(file: string): string {
  return readFileSync(new URL(`../fixtures/certificates/${file}`, import.meta.url), 'utf8');
}

const authorities = pem('authorities.crt').split(/(?<=-----END CERTIFICATE-----\n)/);
let given = 0;

/** The certificate of an authority: of eight, another one each time. */
export function authorityPem(): string {
  given += 1;
  return authorities[given % authorities.length] ?? '';
}
