import type { Json, JsonObject } from '../../../../foundation/kernel/json.js';
import { EffortSpent } from '../../router/linear-regex/index.js';
import { evaluate } from './evaluate.js';
import { filled, secretPaths } from './fill.js';
import { labour } from './labour.js';
import { schemaFaults } from './schema-faults.js';

function wrong(schema: JsonObject, value: Json, effort = 10_000): readonly string[] {
  expect(schemaFaults(schema)).toEqual([]);
  const evaluation = { ...labour({ left: effort }), root: schema, typeName: 'a' };
  return evaluate(evaluation, schema, value, ['config']).map(({ path }) => path.join('.'));
}

const positive = { exclusiveMinimum: 0 };
const cases: readonly [string, JsonObject, readonly Json[], readonly Json[]][] = [
  ['type', { type: ['integer', 'null'] }, [1, null, -3], [1.5, '1', true, {}, []]],
  ['enum', { enum: ['a', { b: [1] }] }, ['a', { b: [1] }], ['b', { b: [2] }, null]],
  ['const', { const: [1, { a: 2 }] }, [[1, { a: 2 }]], [[1], { a: 2 }]],
  ['bounds', { minimum: 1, maximum: 3 }, [1, 3, 'text'], [0.9, 3.1]],
  ['exclusive bounds', { ...positive, exclusiveMaximum: 3 }, [0.1, 2.9], [0, 3]],
  ['multipleOf', { multipleOf: 0.1 }, [0.3, 7, -1], [0.35]],
  ['lengths', { minLength: 2, maxLength: 3 }, ['ab', '😀😀', 'abc', 5], ['a', '😀', 'abcd']],
  ['pattern', { pattern: '^a+$' }, ['aa', 5], ['ab', '']],
  ['ipv4', { format: 'ipv4' }, ['10.0.0.1'], ['10.0.0', '::1']],
  ['ipv6', { format: 'ipv6' }, ['::1'], ['10.0.0.1']],
  ['uri', { format: 'uri' }, ['https://a/b'], ['/b']],
  ['uuid', { format: 'uuid' }, ['01890a5d-ac96-774b-bcce-b302099a8057'], ['a']],
  ['date-time', { format: 'date-time' }, ['2024-02-29T10:00:00Z'], ['2024-02-29', '2024-13-01T10:00:00Z']],
  ['sizes of lists', { minItems: 1, maxItems: 2 }, [[1], [1, 2], {}], [[], [1, 2, 3]]],
  ['uniqueItems', { uniqueItems: true }, [[1, '1', [1]]], [[{ a: 1 }, { a: 1 }]]],
  ['sizes of objects', { minProperties: 1, maxProperties: 1 }, [{ a: 1 }, []], [{}, { a: 1, b: 1 }]],
  ['allOf', { allOf: [positive, { maximum: 5 }] }, [5], [6, 0]],
  ['anyOf', { anyOf: [{ type: 'string' }, positive] }, ['a', 1], [0]],
  ['oneOf', { oneOf: [{ minimum: 5 }, { multipleOf: 2 }] }, [7, 2], [6, 3]],
  ['not', { not: { type: 'string' } }, [1], ['a']],
  ['if', { if: { minimum: 5 }, then: { multipleOf: 5 }, else: { minimum: 2 } }, [10, 3], [7, 1]],
  ['$ref', { $ref: '#/$defs/a~1b', $defs: { 'a/b': positive } }, [1], [0]],
];

it.each(cases)('looks at %s', (_, schema, right, others) => {
  for (const value of right) expect([value, wrong(schema, value)]).toEqual([value, []]);
  for (const value of others) expect([value, wrong(schema, value).length > 0]).toEqual([value, true]);
});

it.each<[string, JsonObject, Json, readonly string[]]>([
  ['what is lacking', { required: ['a', 'toString'] }, {}, ['config.a', 'config.toString']],
  ['what goes with another', { dependentRequired: { a: ['b'] } }, { a: 1 }, ['config.b']],
  ['members by name', { properties: { a: positive, b: positive } }, { a: 0, b: 1 }, ['config.a']],
  ['members by pattern', { patternProperties: { '^x-': positive } }, { 'x-a': 0, a: 0 }, ['config.x-a']],
  [
    'all other members',
    { properties: { a: true }, additionalProperties: false },
    { a: 0, b: 0 },
    ['config.b'],
  ],
  ['names', { propertyNames: { maxLength: 1 } }, { ab: 0, a: 0 }, ['config.ab']],
  ['elements', { items: positive }, [1, 0, 2, 0], ['config.1', 'config.3']],
  [
    'what is inside itself',
    { properties: { a: { $ref: '#' }, b: positive } },
    { a: { a: { b: 0 } } },
    ['config.a.a.b'],
  ],
])('says where it is wrong about %s', (_, schema, value, paths) => {
  expect(wrong(schema, value)).toEqual(paths);
});

it('does not look at references to vaults where text may stand, nor at what is sealed', () => {
  expect(wrong({ type: 'string', maxLength: 2 }, '{vault://env/a}')).toEqual([]);
  expect(wrong({ maxLength: 2, not: { pattern: 's' } }, 'sealed:v1:a')).toEqual([]);
  expect(wrong({ type: 'integer' }, '{vault://env/a}')).toEqual(['config']);
});

it('ends, whatever the schema', () => {
  const branch = { $ref: '#/$defs/a' };
  const schema = { $ref: '#/$defs/a', $defs: { a: { anyOf: [branch, branch] } } };
  expect(() => wrong(schema, 1, 1_000_000)).toThrow(EffortSpent);
  expect(() => wrong({ items: { enum: ['a'.repeat(1000)] } }, Array(1000).fill(1) as Json)).toThrow(
    EffortSpent,
  );
});

it('fills defaults along properties and elements, and again changes nothing', () => {
  const inner = { properties: { c: { default: 1 }, d: {} } };
  const schema = { properties: { a: { default: {}, ...inner }, b: { items: inner }, e: inner } };
  const value = filled(labour({ left: 100 }), schema, { b: [{}, { c: 2 }, 3] });
  expect(value).toEqual({ a: { c: 1 }, b: [{ c: 1 }, { c: 2 }, 3] });
  expect(filled(labour({ left: 100 }), schema, value)).toEqual(value);
});

it('finds the places of secrets', () => {
  const secret = { type: 'string', writeOnly: true };
  expect(secretPaths({ properties: { a: secret, b: { properties: { c: secret } }, d: {} } })).toEqual([
    ['a'],
    ['b', 'c'],
  ]);
});
