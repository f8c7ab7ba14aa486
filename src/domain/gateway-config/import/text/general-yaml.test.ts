import { readGeneralYaml } from './general-yaml.js';

/** What is wrong with the text, each with the text that it is about. */
function faultsOf(text: string): readonly string[] {
  return readGeneralYaml(text).faults.map(
    ({ offset, because }) => `${JSON.stringify(text.slice(offset, offset + 3))} ${because}`,
  );
}

function valueOf(text: string): unknown {
  const { value, faults } = readGeneralYaml(text);
  expect(faults).toEqual([]);
  return value;
}

describe('the full reader of YAML', () => {
  it.each([
    ['folded texts', 'a: >\n  x\n  y\nb: x\n  y\nc: "x\n  y"', { a: 'x y\n', b: 'x y', c: 'x y' }],
    ['tags of the core schema', 'a: !!str 1\nb: !!int "2"', { a: '1', b: 2 }],
    [
      'keys that look like something else',
      '200: a\nnull: b\ntrue: c\n1.50: d',
      { 200: 'a', null: 'b', true: 'c', '1.50': 'd' },
    ],
    ['a directive', '%YAML 1.2\n---\na: yes', { a: 'yes' }],
    ['aliases', 'a: &x {b: 1}\nc: *x\nd: [*x]', { a: { b: 1 }, c: { b: 1 }, d: [{ b: 1 }] }],
    ['merge keys', 'a: &x {b: 1, c: 1}\nd:\n  c: 2\n  <<: *x', { a: { b: 1, c: 1 }, d: { b: 1, c: 2 } }],
    ['merge keys with several mappings', 'a: {<<: [{b: 1}, {b: 2, c: 2}]}', { a: { b: 1, c: 2 } }],
    ['a quoted “<<”, which is a key like any other', 'a: {"<<": {b: 1}}', { a: { '<<': { b: 1 } } }],
    [
      'an anchor that is used again for something else',
      'a: &x 1\nb: *x\nc: &x 2\nd: *x',
      { a: 1, b: 1, c: 2, d: 2 },
    ],
    ['nothing', '# only a comment', null],
  ])('reads %s', (_, text, value) => {
    expect(valueOf(text)).toEqual(value);
  });

  it.each([
    [
      'tags that make anything else',
      'a: !!js/undefined x',
      `"x" the tag !!js/undefined is not one of YAML's core schema; leave it out`,
    ],
    ['tags of its own', 'a: !x {b: 1}', `"{b:" the tag !x is not one of YAML's core schema; leave it out`],
    ['keys that are there twice', 'a: 1\nb: 1\na: 2', '"a: " the key “a” is there twice'],
    ['keys that are lists', '? [a]\n: b', '"[a]" a key must be text'],
    ['the key __proto__', 'a: {__proto__: 1}', '"__p" no key may be called __proto__'],
    ['aliases of nothing', 'a: *x', '"*x" there is no complete anchor “x” before this alias'],
    [
      'aliases of what is around them',
      'a: &x [*x]',
      '"*x]" there is no complete anchor “x” before this alias',
    ],
    ['merging what is no mapping', 'a: {<<: 1}', '"<<:" “<<” takes a mapping, or a list of mappings'],
    [
      'a second document',
      'a: 1\n---\nb: 1',
      '"---" a second document begins here; import each document by itself',
    ],
    [
      'what is no YAML',
      'a: [1',
      '"" this is neither YAML nor JSON: flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
  ])('refuses %s', (_, text, fault) => {
    expect(faultsOf(text)).toEqual([fault]);
  });

  it.each([
    ['brackets', '['.repeat(100_000)],
    ['brackets that close', `a: ${'[{a: '.repeat(60)}1${'}]'.repeat(60)}`],
    ['dashes', `${'- '.repeat(100_000)}x`],
    ['indentation', Array.from({ length: 120 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
    ['anchored brackets', `&a ${'['.repeat(100_000)}`],
    [
      'aliases',
      `a0: &a0 [1]\n${Array.from({ length: 200 }, (_, n) => `a${n + 1}: &a${n + 1} [*a${n}]`).join('\n')}`,
    ],
  ])('refuses what is nested too deep by %s', (_, text) => {
    const { faults } = readGeneralYaml(text);
    expect(faults[0]?.because).toBe('it is nested deeper than 100 levels');
  });

  it('reads what is nested deep, but not too deep', () => {
    const text = `a: ${'['.repeat(90)}1${']'.repeat(90)}`;
    expect(valueOf(text)).toEqual(JSON.parse(`{"a": ${'['.repeat(90)}1${']'.repeat(90)}}`));
  });

  it('counts brackets as nesting only where they are some', () => {
    const lines = Array.from(
      { length: 300 },
      (_, n) => `k${n}: "["\nl${n}: ~/[\nm${n}: |\n  [{\nn${n}: x[ # [`,
    );
    expect(Object.keys(valueOf(lines.join('\n')) as object)).toHaveLength(1200);
  });

  it('refuses aliases that make a small text endless', () => {
    const lines = Array.from(
      { length: 40 },
      (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n}, `.repeat(9)}*a${n}]`,
    );
    const { faults } = readGeneralYaml(`a0: &a0 "${'x'.repeat(1000)}"\n${lines.join('\n')}`);
    expect(faults.map(({ because }) => because)).toEqual([
      'with its aliases followed, the text is longer than 10 MB',
    ]);
  });

  it('reads a mapping with very many keys in no time', () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `k${index}: &a${index} 1`);
    const start = performance.now();
    expect(Object.keys(valueOf(keys.join('\n')) as object)).toHaveLength(10_000);
    expect(performance.now() - start).toBeLessThan(30_000);
  });
});
