import fc from 'fast-check';
import { parse } from 'yaml';
import { equalJson, type Json, type JsonObject } from '../kernel/json.js';
import { renderDeclarative, type DeclarativeEntity } from './render.js';

const collections = ['services', 'routes', 'plugins'];

const service = {
  collection: 'services',
  id: '0196f2a0-0000-7000-8000-00000000000b',
  document: { port: 80, host: 'orders.internal', name: 'orders', tags: ['on', 'team a'] },
};
const route = {
  collection: 'routes',
  id: '0196f2a0-0000-7000-8000-00000000000a',
  document: { service: service.id, paths: ['/orders', '~/o/\\d+$'], headers: { 'x-b': ['1'], 'x-a': [] } },
};

const plugin = { collection: 'plugins', id: '0196f2a0-0000-7000-8000-00000000000c', document: {} };

describe('renderDeclarative', () => {
  it('writes the collections in the order given, and in each the fields by name after the id', () => {
    expect(renderDeclarative(collections, [route, service])).toBe(
      [
        '_format_version: "3.0"',
        '_transform: true',
        'services:',
        '  - id: 0196f2a0-0000-7000-8000-00000000000b',
        '    host: orders.internal',
        '    name: orders',
        '    port: 80',
        '    tags:',
        '      - "on"',
        '      - team a',
        'routes:',
        '  - id: 0196f2a0-0000-7000-8000-00000000000a',
        '    headers:',
        '      x-a: []',
        '      x-b:',
        '        - "1"',
        '    paths:',
        '      - /orders',
        '      - "~/o/\\\\d+$"',
        '    service: 0196f2a0-0000-7000-8000-00000000000b',
        '',
      ].join('\n'),
    );
  });

  it('leaves out collections without entities', () => {
    expect(renderDeclarative(collections, [])).toBe('_format_version: "3.0"\n_transform: true\n');
  });

  it('sorts the entities of a collection by id', () => {
    const ids = ['c', 'a', 'b'].map((letter) => `0196f2a0-0000-7000-8000-00000000000${letter}`);
    const text = renderDeclarative(
      ['services'],
      ids.map((id) => ({ ...service, id })),
    );
    expect([...text.matchAll(/id: .*(.)$/gm)].map((match) => match[1])).toEqual(['a', 'b', 'c']);
  });

  it('gives the same text whatever the order of entities and of keys', () => {
    const turned: DeclarativeEntity = { ...route, document: reversed(route.document) };
    expect(renderDeclarative(collections, [service, turned])).toBe(
      renderDeclarative(collections, [route, service]),
    );
  });

  it('refuses an entity of a collection that is not listed', () => {
    expect(() => renderDeclarative(['services'], [route])).toThrow('“routes”');
  });

  it.each(['1.1', '1.2'] as const)('is read back as the same by a parser of YAML %s', (version) => {
    fc.assert(
      fc.property(document(), (content) => {
        const text = renderDeclarative(['plugins'], [{ ...plugin, document: content }]);
        return equalJson(readBack(text, version), { id: plugin.id, ...content });
      }),
      { numRuns: 2_000, endOnFailure: true },
    );
  });

  it('keeps texts of several lines readable, and exact', () => {
    const content = { access: 'local a = 1\n\nif a then\n  return\nend\n', header: 'x\ny' };
    const text = renderDeclarative(['plugins'], [{ ...plugin, document: content }]);
    expect(text).toContain('    access: |\n      local a = 1\n\n      if a then\n');
    expect(readBack(text, '1.2')).toEqual({ id: plugin.id, ...content });
  });

  it('renders a changed configuration of 10,000 entities in a fraction of the first time', () => {
    const entities = Array.from({ length: 10_000 }, (_, index) => ({
      ...service,
      id: `0196f2a0-0000-7000-8000-${String(index).padStart(12, '0')}`,
    }));
    const first = elapsed(() => renderDeclarative(collections, entities));
    const again = elapsed(() => renderDeclarative(collections, [...entities.slice(1), route]));
    expect(first).toBeLessThan(2_000);
    expect(again).toBeLessThan(first);
  });
});

/** The one plugin in a file. */
function readBack(text: string, version: '1.1' | '1.2'): Json {
  const { plugins } = parse(text, { version }) as { plugins: readonly Json[] };
  return plugins[0] ?? null;
}

function document(): fc.Arbitrary<JsonObject> {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'grapheme-ascii' }),
    fc.string({ unit: fc.constantFrom(...'ab \n-:#/"\\\'|>~\t{}[]'.split('')) }),
    fc.constantFrom(...lookalikes),
  );
  const value = fc.letrec<{ value: Json }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      text,
      fc
        .double({ noNaN: true, noDefaultInfinity: true })
        .map((number) => (Object.is(number, -0) ? 0 : number)),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).value;
  return fc
    .dictionary(text, value, { maxKeys: 4, noNullPrototype: true })
    .filter((record) => !Object.hasOwn(record, 'id'));
}

/** Strings that a parser could take for something else. */
const lookalikes = [
  ...['yes', 'No', 'ON', 'off', 'y', 'N', 'true', 'False', 'null', 'Null', '~', ''],
  ...[
    '1',
    '-1',
    '1.5',
    '1e3',
    '.5',
    '0x1f',
    '0o7',
    '0755',
    '1_000',
    '0b1',
    '1:30',
    '12:30:45',
    '.inf',
    'NaN',
  ],
  ...[
    '2020-01-01',
    '2001-12-14t21:59:43.10-05:00',
    '=',
    '<<',
    '---',
    '...',
    '- a',
    'a: b',
    'a #b',
    '#',
    '# x',
  ],
  ...[
    '*a',
    '&a',
    '!a',
    '!!int',
    '@a',
    '`a',
    '%a',
    '?',
    '? a',
    '|',
    '>',
    '{}',
    '[a]',
    'a:',
    ':a',
    "it's",
    '"q"',
  ],
  ...[' a', 'a ', 'a\nb', 'a\n', '\na', 'a\n\n', ' a\nb', 'a \nb', 'a\n b\n', '\u0085', '\u2028', '\ufeff'],
];

function elapsed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function reversed(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).reverse());
}
