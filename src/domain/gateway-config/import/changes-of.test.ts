import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { renderDeclarative } from '../../../foundation/declarative/render.js';
import { canonicalJson, type Json, type JsonObject } from '../../../foundation/kernel/json.js';
import { Refusal } from '../../../foundation/kernel/refusal.js';
import type { Change } from '../apply-changes.js';
import { digestOf, type ConfigEntity } from '../config-entity.js';
import { normalise, patch } from '../document.js';
import { kindNamed, kinds } from '../kinds/index.js';
import { redacted } from '../secrets.js';
import { changesOf } from './changes-of.js';
import type { Declaration } from './declarative-file.js';
import { parseDeclarative } from './parse-declarative.js';
import { withPlaces } from './places.js';

const group = '0196f2a0-0000-7000-8000-000000000001';
const otherGroup = '0196f2a0-0000-7000-8000-000000000002';

function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8');
}

function declared(content: string): Declaration {
  return parseDeclarative([{ name: 'kong.yaml', content }]);
}

function changesIn(document: string, stored: readonly ConfigEntity[] = [], groupId = group): Change[] {
  return changesOf(declared(document), { groupId, stored, isSync: false, hide: redacted });
}

/** The group after the changes, as storing them would leave it. */
function applied(stored: readonly ConfigEntity[], changes: readonly Change[]): readonly ConfigEntity[] {
  const entities = new Map(stored.map((entity) => [entity.id, entity]));
  for (const change of changes) {
    if (change.is !== 'create' && change.is !== 'replace')
      throw new Error(`An import does not ${change.is}.`);
    if (entities.has(change.id ?? '') !== (change.is === 'replace'))
      throw new Error(`${change.is} of ${change.id}`);
    const { kind, id = '' } = change;
    const { document, problems } = normalise(kindNamed(kind), change.fields);
    expect(problems).toEqual([]);
    entities.set(id, entityOf({ id, kind, document }));
  }
  return [...entities.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function entityOf(draft: { id: string; kind: string; document: JsonObject }): ConfigEntity {
  const times = { createdAt: new Date(0), updatedAt: new Date(0) };
  return {
    ...draft,
    ...times,
    runtimeGroupId: group,
    digest: digestOf(draft),
    owner: null,
    createdRevision: 1,
    revision: 1,
  };
}

function imported(document: string, stored: readonly ConfigEntity[] = []): readonly ConfigEntity[] {
  return applied(stored, changesIn(document, stored));
}

/** What a caller may change of an entity, changed. */
function edited(stored: readonly ConfigEntity[], id: string, fields: JsonObject): readonly ConfigEntity[] {
  return stored.map((entity) =>
    entity.id === id
      ? entityOf({ ...entity, document: patch(kindNamed(entity.kind), entity.document, fields).document })
      : entity,
  );
}

function only(stored: readonly ConfigEntity[], kind: string): ConfigEntity {
  const [entity, ...others] = stored.filter((each) => each.kind === kind);
  if (!entity || others.length > 0) throw new Error(`There is not exactly one ${kind}.`);
  return entity;
}

function summary(changes: readonly Change[]): readonly string[] {
  return changes.map(({ is, kind, origin }) => `${is} ${kind} ${origin.slice(3).join('.')}`);
}

function refusalOf(document: string, stored: readonly ConfigEntity[] = []): readonly string[] {
  const file = declared(document);
  try {
    changesOf(file, { groupId: group, stored, isSync: false, hide: redacted });
  } catch (error) {
    if (error instanceof Refusal)
      return withPlaces(file, error).problems.map(({ code, message }) => `${code} ${message}`);
    throw error;
  }
  return [];
}

const fixtures = [
  'bookshop.yaml',
  'tags.yaml',
  'tags-in-full.yaml',
  'before-3.yaml',
  'plugins-by-name.yaml',
  'plugins-by-id.yaml',
];
const examples = readdirSync(new URL('../../../../examples', import.meta.url))
  .filter((name) => /\.(ya?ml|json)$/.test(name) && name !== 'broken.yaml')
  .map((name) => `../../../../../examples/${name}`);

describe('the changes of a file', () => {
  it.each([...fixtures, ...examples])('are none when %s is imported again', (name) => {
    const stored = imported(fixture(name));
    expect(stored.length).toBeGreaterThan(0);
    expect(changesIn(fixture(name), stored)).toEqual([]);
  });

  it.each([...fixtures, ...examples])('are the same for %s in any empty group, but for the ids', (name) => {
    const [one, other] = [changesIn(fixture(name)), changesIn(fixture(name), [], otherGroup)];
    expect(changesIn(fixture(name))).toEqual(one);
    expect(summary(other)).toEqual(summary(one));
    const explicit = new Set(declared(fixture(name)).entities.map(({ id }) => id));
    const ids = new Set(one.map(({ id }) => id).filter((id) => !explicit.has(id)));
    expect(other.filter(({ id }) => ids.has(id))).toEqual([]);
  });

  it('create what is referred to before what refers to it', () => {
    const seen = new Set<string>();
    for (const change of changesIn(fixture('bookshop.yaml'))) {
      const fields = change.is === 'create' ? change.fields : {};
      for (const field of ['service', 'route', 'consumer', 'upstream']) {
        const to = fields[field];
        if (typeof to === 'string') expect(seen).toContain(to);
      }
      seen.add(change.id ?? '');
    }
  });

  it('do not depend on whether the file is nested or flat, short or in full', () => {
    expect(imported(fixture('tags-in-full.yaml'))).toEqual(imported(fixture('tags.yaml')));
    expect(changesIn(fixture('tags-in-full.yaml'), imported(fixture('tags.yaml')))).toEqual([]);
  });

  it('do not depend on whether references are names or ids', () => {
    const byId = imported(fixture('plugins-by-id.yaml'));
    expect(changesIn(fixture('plugins-by-name.yaml'), byId)).toEqual([]);
  });

  it('do not depend on the order of the file', () => {
    const [one, other] = ['{name: a, host: a}', '{name: b, host: b, routes: [{name: r, paths: [/r]}]}'];
    const there = imported(`services:\n- ${one}\n- ${other}\n`);
    expect(changesIn(`services:\n- ${other}\n- ${one}\n`, there)).toEqual([]);
  });

  it('replace what differs, and leave alone what the file does not name', () => {
    const stored = imported(fixture('bookshop.yaml'));
    const changes = changesIn(
      'services:\n- name: basket\n  host: baskets\n  retries: 1\n- name: new\n  host: new\n',
      stored,
    );
    expect(summary(changes)).toEqual([
      'replace gateway_service services.0',
      'create gateway_service services.1',
    ]);
    expect(applied(stored, changes)).toHaveLength(stored.length + 1);
  });

  it('lead references to what is in the group, by name and by id', () => {
    const stored = imported('services:\n- {name: a, host: a}\nconsumers:\n- username: ana\n');
    const service = only(stored, 'gateway_service');
    const changes = changesIn(
      `routes:\n- {name: by-id, paths: [/a], service: ${service.id.toUpperCase()}}\nplugins:\n- {name: correlation-id, service: {name: a}, consumer: {username: ana}}\n`,
      stored,
    );
    expect(changes).toMatchObject([
      { kind: 'route', fields: { service: service.id } },
      { kind: 'plugin', fields: { service: service.id, consumer: only(stored, 'consumer').id } },
    ]);
  });

  it('prefer what is in the file to what is in the group', () => {
    const stored = imported('services:\n- {name: a, host: a}\n');
    const id = '0196f2a0-2222-7000-8000-000000000001';
    const changes = changesIn(
      `services:\n- {id: ${id}, name: a, host: b}\nroutes:\n- {paths: [/a], service: a}\n`,
      stored,
    );
    expect(changes).toMatchObject([
      { is: 'create', id },
      { kind: 'route', fields: { service: id } },
    ]);
  });

  it('are refused for each reference that leads nowhere', () => {
    const stored = imported('services:\n- {name: orders, host: a}\n');
    expect(
      refusalOf(
        'routes:\n- name: r\n  paths: [/a]\n  service: order\nplugins:\n- name: correlation-id\n  consumer: bob\n  route: r\n',
        stored,
      ),
    ).toEqual([
      'REFERENCE_UNRESOLVED kong.yaml:4:3: routes[0].service (route “r”): service refers to the GatewayService “order”, which is neither in the files nor in the runtime group. Did you mean “orders”?',
      'REFERENCE_UNRESOLVED kong.yaml:7:3: plugins[0].consumer (plugin “correlation-id”): consumer refers to the Consumer “bob”, which is neither in the files nor in the runtime group.',
    ]);
  });
});

describe('an entity of a file', () => {
  it('is what its id says, even under another name', () => {
    const document = 'services:\n- {id: 0196f2a0-2222-7000-8000-000000000001, name: a, host: a}\n';
    const stored = imported(document);
    expect(changesIn(document.replace('name: a', 'name: b'), stored)).toMatchObject([
      { is: 'replace', fields: { name: 'b' } },
    ]);
  });

  it('is otherwise what its name says, whatever the id there', () => {
    const stored = imported('services:\n- {id: 0196f2a0-2222-7000-8000-000000000001, name: a, host: a}\n');
    const changes = changesIn('services:\n- {name: a, host: b}\n', stored);
    expect(changes).toMatchObject([{ is: 'replace', id: '0196f2a0-2222-7000-8000-000000000001' }]);
  });

  it('can take over the name of one that gets another name', () => {
    const stored = imported('services:\n- {id: 0196f2a0-2222-7000-8000-000000000001, name: a, host: a}\n');
    const changes = changesIn(
      'services:\n- {id: 0196f2a0-2222-7000-8000-000000000001, name: b, host: a}\n- {name: a, host: new}\n',
      stored,
    );
    expect(summary(changes)).toEqual([
      'replace gateway_service services.0',
      'create gateway_service services.1',
    ]);
    expect(applied(stored, changes)).toHaveLength(2);
  });

  it('gets an id of its own where an earlier import gave it to one that has another name now', () => {
    const document = 'services:\n- {name: a, host: a}\n';
    const first = imported(document);
    const renamed = edited(first, only(first, 'gateway_service').id, { name: 'b' });
    const stored = imported(document, renamed);
    expect(stored.map((entity) => entity.document['name']).sort()).toEqual(['a', 'b']);
    expect(changesIn(document, stored)).toEqual([]);
    expect(changesIn('services:\n- {name: b, host: a}\n- {name: a, host: a}\n', stored)).toEqual([]);
  });

  it('without a name is known by what it matches', () => {
    const stored = imported('services:\n- host: a\n  routes:\n  - paths: [/a]\n  - paths: [/b]\n');
    const changes = changesIn(
      'services:\n- host: a\n  retries: 1\n  routes:\n  - paths: [/b]\n    strip_path: false\n  - paths: [/c]\n',
      stored,
    );
    expect(summary(changes)).toEqual([
      'replace gateway_service services.0',
      'replace route services.0.routes.0',
      'create route services.0.routes.1',
    ]);
  });

  it('without a name is the same after somebody changed it', () => {
    const document = 'routes:\n- paths: [/a]\n';
    const first = imported(document);
    const { id } = only(first, 'route');
    expect(changesIn(document, edited(first, id, { paths: ['/z'] }))).toMatchObject([{ is: 'replace', id }]);
  });

  it('without a name is another one after somebody named it', () => {
    const document = 'routes:\n- paths: [/a]\n';
    const first = imported(document);
    const named = edited(first, only(first, 'route').id, { name: 'a' });
    const changes = changesIn(`${document}- {name: a, paths: [/a]}\n`, named);
    expect(summary(changes)).toEqual(['create route routes.0']);
    expect(changesIn(document, imported(document, named))).toEqual([]);
  });

  it('is told from others that match the same by their order', () => {
    const document = 'routes:\n- {paths: [/a], strip_path: true}\n- {paths: [/a], strip_path: false}\n';
    const stored = imported(document);
    expect(stored).toHaveLength(2);
    expect(changesIn(document, stored)).toEqual([]);
  });

  it('is told from others by what it belongs to', () => {
    const document =
      'upstreams:\n- {name: a, targets: [{target: "x:1"}]}\n- {name: b, targets: [{target: "x:1"}]}\nplugins:\n- name: cors\nservices:\n- {name: a, host: a, plugins: [{name: cors}]}\n- {name: b, host: b, plugins: [{name: cors}]}\n';
    expect(imported(document)).toHaveLength(9);
    expect(changesIn(document, imported(document))).toEqual([]);
  });
});

describe('a rendered configuration', () => {
  const collections = kinds.map((kind) => kind.collection);

  it('is imported as what it was, whatever it was', () => {
    fc.assert(
      fc.property(configuration(), (entities) => {
        const text = renderDeclarative(
          collections,
          entities.map(({ id, kind, document }) => ({
            id,
            document,
            collection: kindNamed(kind).collection,
          })),
        );
        const stored = imported(text);
        const content = stored.map(({ id, kind, document }) => ({
          id,
          kind,
          document: canonicalJson(document),
        }));
        const expected = entities.map(({ id, kind, document }) => ({
          id,
          kind,
          document: canonicalJson(document),
        }));
        expect(content).toEqual(expected.sort((a, b) => (a.id < b.id ? -1 : 1)));
        expect(changesIn(text, stored)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

interface Entity {
  readonly id: string;
  readonly kind: string;
  readonly document: JsonObject;
}

/** A configuration that a group may have, with entities of every kind that refer to one another. */
function configuration(): fc.Arbitrary<readonly Entity[]> {
  return fc
    .record({
      services: fc.uniqueArray(service(), { maxLength: 3, selector: (each) => each['name'] ?? each }),
      routes: fc.array(fc.tuple(route(), fc.nat()), { maxLength: 4 }),
      consumers: fc.uniqueArray(word(), { maxLength: 3 }),
      upstreams: fc.uniqueArray(word(), { maxLength: 2 }),
      targets: fc.uniqueArray(fc.integer({ min: 1, max: 65535 }), { maxLength: 3 }),
      plugins: fc.array(fc.tuple(settings(), fc.nat(), fc.nat()), { maxLength: 3 }),
    })
    .map(({ services, routes, consumers, upstreams, targets, plugins }) => {
      const made: Entity[] = [];
      const make = (kind: string, fields: JsonObject): string => {
        const id = `0196f2a0-3333-7000-8000-${String(made.length).padStart(12, '0')}`;
        made.push({ id, kind, document: normalise(kindNamed(kind), fields).document });
        return id;
      };
      const pick = (ids: readonly string[], seed: number): Json => ids[seed % (ids.length + 1)] ?? null;
      const upstreamIds = upstreams.map((name) => make('upstream', { name }));
      for (const [index, port] of targets.entries()) {
        const [upstream] = upstreamIds;
        if (upstream !== undefined)
          make('target', { upstream, target: `10.0.0.${index}:${port}`, weight: index });
      }
      const serviceIds = services.map((fields) => make('gateway_service', fields));
      const consumerIds = consumers.map((username) =>
        make('consumer', { username, custom_id: `${username} ` }),
      );
      const routeIds = routes.map(([fields, seed]) =>
        make('route', { ...fields, service: pick(serviceIds, seed) }),
      );
      for (const [index, [custom_fields_by_lua, a, b]] of plugins.entries()) {
        const scope = {
          route: pick(routeIds, a),
          consumer: pick(consumerIds, b),
          service: pick(serviceIds, a + b),
        };
        const { name, ...config } = logs[index % logs.length] as JsonObject;
        make('plugin', { name: name as string, ...scope, config: { ...config, custom_fields_by_lua } });
      }
      return made;
    });
}

/** Plugins that take any texts, with the settings that they need besides. */
const logs: readonly JsonObject[] = [
  { name: 'udp-log', host: 'logs', port: 5170 },
  { name: 'syslog' },
  { name: 'file-log', path: '/dev/stdout' },
];

/** Text that may stand in a configuration: no control characters, no halves of characters, no name that is refused. */
function content(): fc.Arbitrary<string> {
  const strange = fc.constantFrom(
    'yes',
    '~',
    '1e3',
    '0x1f',
    'a: b',
    '# x',
    '- a',
    '|',
    "it's",
    ' a ',
    'a\nb',
    '${x}',
    '&a',
  );
  return fc
    .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), strange)
    .filter((text) => text !== '__proto__' && !/\p{Cc}(?<![\n\t])|\p{Cs}/u.test(text));
}

function settings(): fc.Arbitrary<JsonObject> {
  return fc.dictionary(content(), content(), { noNullPrototype: true });
}

function word(): fc.Arbitrary<string> {
  return fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
}

function service(): fc.Arbitrary<JsonObject> {
  return fc.record(
    {
      host: word(),
      name: word(),
      port: fc.integer({ min: 0, max: 65535 }),
      retries: fc.integer({ min: 0, max: 32767 }),
      tags: fc.array(word(), { maxLength: 3 }),
      enabled: fc.boolean(),
    },
    { requiredKeys: ['host'], noNullPrototype: true },
  );
}

function route(): fc.Arbitrary<JsonObject> {
  return fc.record(
    {
      paths: fc.array(
        word().map((text) => `/${text}`),
        { minLength: 1, maxLength: 3 },
      ),
      headers: fc.dictionary(word(), fc.array(content(), { minLength: 1, maxLength: 2 }), {
        maxKeys: 2,
        noNullPrototype: true,
      }),
      strip_path: fc.boolean(),
      methods: fc.array(fc.constantFrom('GET', 'POST'), { maxLength: 2 }),
    },
    { requiredKeys: ['paths'], noNullPrototype: true },
  );
}
