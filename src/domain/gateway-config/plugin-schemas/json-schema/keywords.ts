/** What the value of a keyword must be. */
export type Shape =
  | 'any'
  | 'boolean'
  | 'text'
  | 'texts'
  | 'number'
  | 'positive number'
  | 'count'
  | 'list'
  | 'types'
  | 'format'
  | 'pattern'
  | 'reference'
  | 'schema'
  | 'schemas'
  | 'schemas by name'
  | 'schemas by pattern'
  | 'texts by name';

/** The keywords of JSON Schema (2020-12, and `definitions` of before) that schemas may use. All others are refused. */
export const keywords: ReadonlyMap<string, Shape> = new Map<string, Shape>([
  ...of('any', ['default', 'const', 'examples']),
  ...of('boolean', ['uniqueItems', 'writeOnly', 'readOnly', 'deprecated']),
  ...of('text', ['$schema', '$id', '$comment', 'title', 'description']),
  ...of('texts', ['required']),
  ...of('number', ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum']),
  ...of('positive number', ['multipleOf']),
  ...of('count', ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties']),
  ...of('list', ['enum']),
  ...of('types', ['type']),
  ...of('format', ['format']),
  ...of('pattern', ['pattern']),
  ...of('reference', ['$ref']),
  ...of('schema', ['items', 'additionalProperties', 'propertyNames', 'not', 'if', 'then', 'else']),
  ...of('schemas', ['allOf', 'anyOf', 'oneOf']),
  ...of('schemas by name', ['properties', '$defs', 'definitions']),
  ...of('schemas by pattern', ['patternProperties']),
  ...of('texts by name', ['dependentRequired']),
]);

function of(shape: Shape, names: readonly string[]): [string, Shape][] {
  return names.map((name) => [name, shape]);
}
