import { readFile } from 'node:fs/promises';
import '../../src/app/control-plane.js';
import { refusalCatalogue } from '../../src/foundation/kernel/refusal.js';

/** The rows of docs/errors.md: codes with their kinds. */
async function documented(): Promise<Map<string, string>> {
  const text = await readFile('docs/errors.md', 'utf8');
  const rows = text.matchAll(/^\| `([A-Z_]+)` \| (\w+) \|/gm);
  return new Map([...rows].map(([, code = '', kind = '']) => [code, kind]));
}

describe('docs/errors.md', () => {
  it('lists every refusal of the code, with its kind, and no other', async () => {
    const byCode = (a: readonly string[], b: readonly string[]): number =>
      String(a[0]) < String(b[0]) ? -1 : 1;
    expect([...(await documented())].sort(byCode)).toEqual([...refusalCatalogue()].sort(byCode));
  });
});
