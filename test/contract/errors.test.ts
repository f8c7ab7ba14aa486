import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import '../../src/app/control-plane.js';
import { warningCatalogue } from '../../src/domain/gateway-config/warning.js';
import { refusalCatalogue } from '../../src/foundation/kernel/refusal.js';

/** The rows of docs/errors.md: codes with their kinds. */
async function documented(): Promise<Map<string, string>> {
  const text = await readFile('docs/errors.md', 'utf8');
  const rows = text.matchAll(/^\| `([A-Z_]+)` \| (\w+) \|/gm);
  return new Map([...rows].map(([, code = '', kind = '']) => [code, kind]));
}

/** The rows of docs/errors.md that are about warnings. */
async function documentedWarnings(): Promise<string[]> {
  const [, warnings = ''] = (await readFile('docs/errors.md', 'utf8')).split('\n## Warnings\n');
  return [...warnings.matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code = '']) => code);
}

/** No input of one caller brings these about: a race, a moment of the server, or HTTP that no client of ours can send. */
const withoutInput = [
  'SCOPE_GONE',
  'SERVER_STOPPING',
  'STREAMS_UNAVAILABLE',
  'SNAPSHOT_TAKEN_TOO_SLOWLY',
  'REQUEST_MALFORMED',
];

/** The rows of the table of bad input: their codes, and the tests that they name. */
async function badInput(): Promise<{ codes: string[]; tests: string[] }[]> {
  const [, table = ''] = (await readFile('test/README.md', 'utf8')).split('\n## Bad input\n');
  const rows = [...table.matchAll(/^\| .* \| (.*) \| (.*) \|$/gm)].slice(1);
  return rows.map(([, codes = '', tests = '']) => ({
    codes: [...codes.matchAll(/`([A-Z_]+)`/g)].map(([, code = '']) => code),
    tests: [...tests.matchAll(/`([a-z-]+\/[a-z/-]+)`/g)].map(([, test = '']) => test),
  }));
}

describe('the table of bad input in test/README.md', () => {
  it('names every refusal, but for those that no input brings about, and none that there is not', async () => {
    const named = (await badInput()).flatMap(({ codes }) => codes);
    const known = [...refusalCatalogue()].map(([code]) => code);
    expect(known.filter((code) => !named.includes(code)).sort()).toEqual([...withoutInput].sort());
    expect(named.filter((code) => !known.includes(code) && code !== 'BAD_USER_INPUT')).toEqual([]);
  });

  it('names tests that there are', async () => {
    const tests = new Set((await badInput()).flatMap((row) => row.tests));
    const isThere = (test: string): boolean =>
      [
        `test/${test}.test.ts`,
        `src/domain/${test}.test.ts`,
        `src/${test}.test.ts`,
        `src/domain/${test}`,
      ].some((file) => existsSync(file));
    expect([...tests].filter((test) => !isThere(test))).toEqual([]);
  });
});

describe('docs/errors.md', () => {
  it('lists every warning of the code, and no other', async () => {
    expect(await documentedWarnings()).toEqual([...warningCatalogue()].sort());
  });

  it('lists every refusal of the code, with its kind, and no other', async () => {
    const byCode = (a: readonly string[], b: readonly string[]): number =>
      String(a[0]) < String(b[0]) ? -1 : 1;
    expect([...(await documented())].sort(byCode)).toEqual([...refusalCatalogue()].sort(byCode));
  });
});
