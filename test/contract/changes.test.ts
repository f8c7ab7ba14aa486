import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { actionsByKind } from '../../src/domain/changes/change.js';

const root = join(import.meta.dirname, '../../src/domain');

/** The texts of the files that write to the log of an organization. */
function writers(): string[] {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /(?<!test)\.ts$/.test(file),
  );
  const texts = files.map((file) => readFileSync(join(root, file), 'utf8'));
  return texts.filter((text) => text.includes("topic: 'organization'"));
}

/** The kinds that stand in events. */
function kindsIn(text: string): string[] {
  return [...text.matchAll(/\bkind: '(\w+)'/g)].map(([, kind = '']) => kind);
}

describe('the log of an organization', () => {
  it('tells of no kind without the right that it takes to read of it', () => {
    const written = writers().map(kindsIn);
    expect(written.every((kinds) => kinds.length > 0)).toBe(true);
    expect([...new Set(written.flat())].sort()).toEqual(Object.keys(actionsByKind).sort());
  });
});
