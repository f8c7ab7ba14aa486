import fc from 'fast-check';
import { parse } from 'yaml';
import { substituteEnvironment } from './substitute.js';

function filled(text: string, variables: Readonly<Record<string, string>>): unknown {
  const { content, problems } = substituteEnvironment(text, 'kong.yaml', variables);
  expect(problems).toEqual([]);
  expect(content.split('\n')).toHaveLength(text.split('\n').length);
  return parse(content);
}

function problemsIn(text: string, variables: Readonly<Record<string, string>> = {}): readonly string[] {
  return substituteEnvironment(text, 'kong.yaml', variables).problems;
}

const expression = '${{ env "DECK_X" }}';

/** Texts in which an expression stands in each of the ways in which it can, with its value at `a.b`. */
const positions = [
  ['without quotes', `a:\n  b: ${expression}\n  c: 1\n`],
  ['in double quotes of the file', `a:\n  b: "${expression}"\n  c: 1\n`],
  ['in single quotes of the file', `a:\n  b: '${expression}'\n  c: 1\n`],
  ['in braces', `a: { b: ${expression}, c: 1 }\n`],
  ['in JSON', '{"a": {"b": "${{ env \\"DECK_X\\" }}", "c": 1}}\n'],
  ['in a block', `a:\n  b: |-\n    ${expression}\n  c: 1\n`],
] as const;

describe('a variable of the environment', () => {
  it.each(positions)('stays where it is asked for, whatever it holds: %s', (_, text) => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), hostile), (value) => {
        fc.pre(!looksTyped.test(value));
        expect(filled(text, { DECK_X: value })).toEqual({ a: { b: value, c: 1 } });
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ['b: ${{ env "DECK_X" }}', '80', 80],
    ['b: ${{ env "DECK_X" }}', 'true', true],
    ['b: "${{ env "DECK_X" }}"', '80', '80'],
    ['b: "${{ env "DECK_X" | toInt }}"', '80', 80],
    ['b: \'${{ env "DECK_X" | toBool }}\'', '0', false],
    ['b: ${{ env "DECK_X" | toFloat }}', '0.5', 0.5],
    ['b: ${{ env "DECK_X" }}', '007', '007'],
    ['b: before ${{ env "DECK_X" }} after ${{ env "DECK_X" }}', '1', 'before 1 after 1'],
    ['b: |\n  one\n  ${{ env "DECK_X" | indent 2 }}', 'two\nthree', 'one\ntwo\nthree\n'],
    ['"${{ env "DECK_X" }}": 1', 'b', 1],
  ])('%s is filled in', (text, value, result) => {
    expect(filled(text, { DECK_X: value })).toEqual({ b: result });
  });

  it('is not asked for in a comment', () => {
    const text = '# ${{ env "DECK_ABSENT" }}\na: 1 # ${{ env "DECK_ABSENT" }}\n';
    expect(substituteEnvironment(text, 'kong.yaml', {})).toEqual({ content: text, problems: [] });
  });

  it.each([
    [
      'that is not set',
      'a:\n  b: ${{ env "DECK_X" }}',
      'kong.yaml:2:6: ${{ env "DECK_X" }} cannot be filled in: DECK_X is not set.',
    ],
    [
      'of another prefix',
      'a: ${{ env "HOME" }}',
      'kong.yaml:1:4: ${{ env "HOME" }} is not filled in: only variables whose names begin with DECK_ are.',
    ],
    [
      'with an unknown filter',
      'a: ${{ env "DECK_SET" | upper }}',
      'kong.yaml:1:4: ${{ env "DECK_SET" | upper }} has the filter upper; there are toBool, toInt, toFloat, indent.',
    ],
    [
      'in an unknown form',
      'a: ${{ now }}',
      'kong.yaml:1:4: ${{ now }} is none of what can be filled in. Write it as ${{ env "DECK_NAME" }}, with | toInt, toFloat or toBool after the name where it is no text.',
    ],
  ])('%s is refused with its place', (_, text, problem) => {
    expect(problemsIn(text, { DECK_SET: 'x', HOME: '/root' })).toEqual([problem]);
  });

  it('is told of together with a text that is no YAML', () => {
    expect(problemsIn('a: ${{ env "DECK_X" }}\nb: [')).toEqual([
      expect.stringMatching(/^kong\.yaml:2:\d+: this is neither YAML nor JSON: /),
    ]);
  });
});

/** What, put into a file as it is, would say more than it should. */
const hostile = fc.constantFrom(
  'x\n  c: 2',
  '"\nc: 2\n"',
  "' #",
  '}, c: 2, d: {',
  '*x',
  '&x',
  '!!str',
  '\\',
  '${{ env "DECK_X" }}',
  '\ue000',
);

/** What, without quotes, is a number or a truth, as it would be if it stood there. */
const looksTyped = /^(?:true|false|-?[\d.]+)$/;
