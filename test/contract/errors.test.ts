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
