import fc from 'fast-check';
import { cursorDigest, decodeCursor, encodeCursor, type CursorKey } from './cursor.js';
import type { ColumnType } from './list-column.js';

const id = '0190a1b2-0000-7000-8000-000000000001';

function keyOf(...types: readonly ColumnType[]): CursorKey {
  const columns = types.map((type) => ({ sql: type, type }));
  return { columns, digest: cursorDigest('things', ...types) };
}

function throughCursor(key: CursorKey, position: readonly unknown[]): unknown {
  return decodeCursor(key, encodeCursor(key.digest, JSON.stringify(position)), 'after');
}

describe('a cursor', () => {
  it('brings back the position that it was made of', () => {
    fc.assert(
      fc.property(fc.option(fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'))), (text) => {
        expect(throughCursor(keyOf('text', 'uuid'), [text, id])).toEqual([text, id]);
      }),
    );
  });

  it.each<[ColumnType, string]>([
    ['integer', '-9223372036854775808'],
    ['number', '1e+20'],
    ['number', '-Infinity'],
    ['number', '12.50'],
    ['boolean', 'false'],
    ['timestamp', '2026-02-28 23:59:59.999999'],
    ['timestamp', '2024-02-29 00:00:00'],
    ['timestamp', 'infinity'],
    ['uuid', '00000000-0000-0000-0000-000000000001'],
  ])('carries the %s %s', (type, text) => {
    expect(throughCursor(keyOf(type, 'uuid'), [text, id])).toEqual([text, id]);
  });

  it.each<[ColumnType, unknown]>([
    ['integer', '9223372036854775808'],
    ['integer', '1; drop table x'],
    ['integer', 7],
    ['number', '1e999'],
    ['number', '0x10'],
    ['boolean', 't'],
    ['timestamp', '2026-02-29 00:00:00'],
    ['timestamp', '0000-01-01 00:00:00'],
    ['timestamp', '2026-13-01 00:00:00'],
    ['timestamp', 'now'],
    ['text', 'a\0b'],
    ['uuid', 'not-a-uuid'],
    ['jsonb', '{}'],
  ])('refuses the %s %p, which PostgreSQL would not read', (type, value) => {
    expect(() => throughCursor(keyOf(type, 'uuid'), [value, id])).toThrow(
      expect.objectContaining({ code: 'CURSOR_INVALID' }),
    );
  });

  it('refuses what was made for another order', () => {
    const made = encodeCursor(keyOf('text', 'uuid').digest, JSON.stringify(['a', id]));
    expect(() => decodeCursor(keyOf('integer', 'uuid'), made, 'before')).toThrow(
      expect.objectContaining({
        code: 'CURSOR_INVALID',
        problems: [expect.objectContaining({ path: ['before'] })],
      }),
    );
  });

  it('refuses a position of another length, and null where there is none', () => {
    const key = { ...keyOf('text', 'uuid'), columns: [{ sql: 'a', type: 'text' as const, required: true }] };
    for (const position of [[], ['a', 'b'], [null], {}, 'a']) {
      expect(() => throughCursor(key, position as unknown[])).toThrow('does not belong to this list');
    }
  });

  it('refuses any text that is not a cursor', () => {
    const key = keyOf('text', 'uuid');
    const damaged = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.string().map((text) => encodeCursor(key.digest, text)),
    );
    fc.assert(
      fc.property(damaged, (text) => {
        expect(() => decodeCursor(key, text, 'after')).toThrow('does not belong to this list');
      }),
    );
  });
});
