import fc from 'fast-check';
import type { Json } from '../../../../foundation/kernel/json.js';
import { renderDeclarative } from '../../../../foundation/declarative/render.js';
import { readGeneralYaml } from './general-yaml.js';
import { NotPlain } from './not-plain.js';
import { Offsets } from './offsets.js';
import { readPlainYaml } from './plain-yaml.js';

function plainly(text: string): { readonly value: Json } | undefined {
  try {
    return { value: readPlainYaml(text) };
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

describe('the reader of plain YAML', () => {
  it.each([
    ['a mapping', 'a: 1\nb: x\n', { a: 1, b: 'x' }],
    ['lists in the column of their key', 'a:\n- 1\n- 2\nb:\n- x', { a: [1, 2], b: ['x'] }],
    ['lists further in', 'a:\n    - x\n    - y: 1\n      z: 2\n', { a: ['x', { y: 1, z: 2 }] }],
    ['lists in lists', 'a:\n- - 1\n  - 2\n-\n  - 3\n', { a: [[1, 2], [3]] }],
    ['what is not there', 'a:\nb: ~\nc:\n  d:\n', { a: null, b: null, c: { d: null } }],
    ['numbers', 'a: [1, -2, 0.5, 1e3, .5, +7, 0755]', { a: [1, -2, 0.5, 1000, 0.5, 7, 755] }],
    [
      'texts like numbers',
      'a: 10.0.0.1:80\nb: 1.2.3\nc: 1_000',
      { a: '10.0.0.1:80', b: '1.2.3', c: '1_000' },
    ],
    ['words', 'a: true\nb: yes\nc: False\nd: on', { a: true, b: 'yes', c: false, d: 'on' }],
    ['quoted texts', `a: 'it''s'\n"b c": "x\\n\\u00e9"`, { a: "it's", 'b c': 'x\né' }],
    ['comments', '# x\na: 1 # y\n  # z\nb: "c" # d\ne: # f\n  g: h#i', { a: 1, b: 'c', e: { g: 'h#i' } }],
    ['blocks', 'a: |\n  x\n    y\n\n  z\n\nb: |-\n  w\n', { a: 'x\n  y\n\nz\n', b: 'w' }],
    ['a block at the end of the text', 'a:\n  - |\n    x', { a: ['x\n'] }],
    [
      'brackets in a line',
      'a: [x, "y", [1]]\nb: {c: {d: 1}, e: []}',
      { a: ['x', 'y', [1]], b: { c: { d: 1 }, e: [] } },
    ],
    ['the mark of a document', '---\na: 1\n', { a: 1 }],
    ['JSON', '{"a":[1,{"b":null}],\n\t"c" : "\\ud83d\\ude00"}\n', { a: [1, { b: null }], c: '😀' }],
  ])('reads %s', (_, text, value) => {
    expect(plainly(text)).toEqual({ value });
    expect(readGeneralYaml(text)).toMatchObject({ value, faults: [] });
  });

  it.each([
    ['anchors', 'a: &x 1'],
    ['aliases', 'a: *x'],
    ['tags', 'a: !!str 1'],
    ['merge keys', '<<: {a: 1}'],
    ['the key __proto__', '__proto__: {a: 1}'],
    ['keys that are there twice', 'a: 1\na: 2'],
    ['keys that are there twice in JSON', '{"a": 1, "a": 2}'],
    ['texts of several lines', 'a: x\n  y'],
    ['quoted texts of several lines', 'a: "x\n  y"'],
    ['folded blocks', 'a: >\n  x'],
    ['blocks that keep their end', 'a: |+\n  x\n\n'],
    ['brackets over several lines', 'a: [1,\n  2]'],
    ['complex keys', '? a\n: b'],
    ['a second document', 'a: 1\n---\nb: 1'],
    ['tabs as indentation', 'a:\n\tb: 1'],
    ['a mapping in a line', 'a: b: c'],
    ['a line out of line', 'a:\n    b: 1\n  c: 2'],
    ['an end without a bracket', '{"a": 1'],
    ['a comma too much', '{"a": 1,}'],
    ['what is nested very deep', '- '.repeat(200)],
    ['nothing', ''],
  ])('leaves %s to a full reader', (_, text) => {
    expect(plainly(text)).toBeUndefined();
  });

  it('reads everything that is rendered, to the same value', () => {
    const document = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true });
    fc.assert(
      fc.property(fc.array(document, { maxLength: 3 }), (documents) => {
        const entities = documents.map(({ ['id']: _, ...rest }, index) => ({
          collection: 'things',
          id: `0196f2a0-0000-7000-8000-00000000000${index}`,
          document: rest as Record<string, Json>,
        }));
        const text = renderDeclarative(['things'], entities);
        fc.pre(!text.includes('__proto__'));
        const general = readGeneralYaml(text);
        expect(general.faults).toEqual([]);
        expect(plainly(text)).toEqual({ value: general.value });
      }),
    );
  });

  it('never reads a text as anything else than a full reader does', () => {
    const piece = fc.constantFrom(
      ...['a', 'b', 'key', '1', '0.5', '-', '- ', '-\n', ': ', ':', ':\n', '\n', '\n\n', ' ', '  ', '    '],
      ...[
        '\n  ',
        '\n    ',
        '\n- ',
        '\n  - ',
        '#',
        ' # c',
        '"',
        "'",
        '""',
        "''",
        '"x"',
        "'y'",
        '\\n',
        '\\',
        '\t',
      ],
      ...[
        '|',
        '|-',
        '>',
        '|\n  ',
        '[',
        ']',
        '{',
        '}',
        ', ',
        ',',
        '[]',
        '{}',
        '~',
        'null',
        'true',
        '.inf',
        '0x1',
      ],
      ...[
        '&a ',
        '*a',
        '!t ',
        '? ',
        '%',
        '@',
        '`',
        '=',
        '<<',
        '---',
        '---\n',
        '...',
        'é',
        '/x',
        '10.0.0.1',
        'x y',
      ],
    );
    const line = fc
      .tuple(fc.constantFrom('', '  ', '    ', '- ', '  - '), fc.array(piece, { minLength: 1, maxLength: 4 }))
      .map(([start, pieces]) => start + pieces.join(''));
    const member = fc
      .tuple(fc.constantFrom('', '  ', '- ', '  - ', '    '), fc.constantFrom('a', 'b', 'c', '"d"'), line)
      .map(([start, name, rest]) => `${start}${name}: ${rest}`);
    const text = fc
      .array(fc.oneof(member, member, line), { minLength: 1, maxLength: 6 })
      .map((lines) => lines.join('\n'));
    let read = 0;
    fc.assert(
      fc.property(text, (given) => {
        const plain = plainly(given);
        if (!plain) return;
        read += 1;
        const general = readGeneralYaml(given);
        expect({ given, ...general }).toMatchObject({ given, value: plain.value, faults: [] });
      }),
      { numRuns: 10_000 },
    );
    expect(read).toBeGreaterThan(200);
  });

  it('knows where everything stands, as a full reader does', () => {
    const text = 'a: 1\nb:\n- x\n- c: [1, {"d": 2}]\n  e: |\n    f\n"g": h\n';
    const offsets = new Offsets();
    const value = readPlainYaml(text, offsets);
    const general = readGeneralYaml(text);
    for (const path of [
      ['a'],
      ['b'],
      ['b', '0'],
      ['b', '1'],
      ['b', '1', 'c', '1', 'd'],
      ['b', '1', 'e'],
      ['g'],
    ]) {
      expect({ path, at: offsets.find(value, path) }).toEqual({
        path,
        at: general.offsets.find(general.value, path),
      });
    }
    expect(text.slice(offsets.find(value, ['b', '1', 'c', '1', 'd']))).toMatch(/^"d"/);
    expect(text.slice(offsets.find(value, ['b', '1', 'none', 'at', 'all']))).toMatch(/^c: \[1/);
  });
});
