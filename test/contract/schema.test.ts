import { readFile } from 'node:fs/promises';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isLeafType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLUnionType,
} from 'graphql';
import { makeSchema, printSchema } from '../../src/app/schema.js';
import { makeSlices, type SlicePorts } from '../../src/app/slices.js';

let schema: GraphQLSchema;

beforeAll(async () => {
  // Building the schema runs no resolver, so that nothing behind them is needed.
  schema = await makeSchema(makeSlices({} as SlicePorts));
});

/** The types that are ours: what GraphQL and the federation add describe themselves. */
function ownTypes(): GraphQLNamedType[] {
  const foreign = (type: GraphQLNamedType): boolean =>
    isIntrospectionType(type) ||
    isSpecifiedScalarType(type) ||
    type.name.startsWith('_') ||
    type.name.includes('__');
  return Object.values(schema.getTypeMap()).filter(
    (type) => !foreign(type) && !rootsAndImports.has(type.name),
  );
}

const rootsAndImports: ReadonlySet<string> = new Set(['Query', 'Mutation', 'Subscription']);

function undescribed(type: GraphQLNamedType): string[] {
  const own = type.description ? [] : [type.name];
  if (isEnumType(type)) return [...own, ...type.getValues().flatMap((value) => missing(type, value))];
  if (isInputObjectType(type)) {
    return [...own, ...Object.values(type.getFields()).flatMap((field) => missing(type, field))];
  }
  if (isObjectType(type) || isInterfaceType(type)) {
    const fields = Object.values(type.getFields()).filter((field) => !field.name.startsWith('_'));
    const args = fields.flatMap((field) => field.args.flatMap((arg) => missing(type, arg)));
    return [...own, ...fields.flatMap((field) => missing(type, field)), ...args];
  }
  return own;
}

function missing(
  type: GraphQLNamedType,
  part: { name: string; description?: string | null | undefined },
): string[] {
  return part.description ? [] : [`${type.name}.${part.name}`];
}

/** The fields that several members of a union have, but of different types, so that they cannot be selected together. */
function clashing(union: GraphQLUnionType): string[] {
  const types = new Map<string, string>();
  return union.getTypes().flatMap((member) =>
    Object.values(member.getFields()).flatMap(({ name, type }) => {
      const shape = isLeafType(getNamedType(type)) ? String(type) : String(type).replace(/\w+/, 'Object');
      const other = types.get(name) ?? shape;
      types.set(name, other);
      return other === shape ? [] : [`${union.name}: ${member.name}.${name}`];
    }),
  );
}

describe('the schema', () => {
  it('lets whatever a stream says be selected without an alias', () => {
    const unions = ownTypes().filter(isUnionType);
    expect(unions.length).toBeGreaterThan(2);
    expect(unions.flatMap(clashing)).toEqual([]);
  });

  it('is what schema.graphql says', async () => {
    expect(printSchema(schema)).toBe(await readFile('schema.graphql', 'utf8'));
  });

  it('describes every type, field, argument and enum value', () => {
    expect(ownTypes().flatMap(undescribed)).toEqual([]);
  });

  it('describes every field and argument of its roots', () => {
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const found = roots
      .flatMap((root) => (root ? undescribed(root) : []))
      .filter((name) => name.includes('.'));
    expect(found).toEqual([]);
  });

  it('has the names that scripts and clients rely on', () => {
    const names = [
      'Organization',
      'RuntimeGroup',
      'GatewayService',
      'Route',
      'Plugin',
      'Consumer',
      'Upstream',
    ];
    for (const name of [...names, 'Target', 'RuntimeInstance']) expect(schema.getType(name)).toBeDefined();
    const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {});
    const written = [...names.slice(1), 'Target', 'RuntimeInstance'];
    const expected = written.flatMap((name) =>
      ['create', 'update', 'delete'].map((verb) => `${verb}${name}`),
    );
    expect(mutations).toEqual(expect.arrayContaining([...expected, 'importConfiguration', 'reportSync']));
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual(
      expect.arrayContaining([
        ...[
          'organization',
          'runtimeGroup',
          'runtimeGroups',
          'runtimeInstance',
          'runtimeInstances',
          'node',
          'nodes',
        ],
      ]),
    );
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).sort()).toEqual([
      ...['applied', 'changes', 'configChanges', 'runtimeConfig', 'serviceVersions', 'syncStatus'],
    ]);
  });
});
