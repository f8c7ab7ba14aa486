import fc from 'fast-check';
import type { Json, JsonObject } from '../../foundation/kernel/json.js';
import { keysOf, normalise, patch, referencesOf } from './document.js';
import { boolean, integer, json, list, map, oneOf, record, reference, set, text } from './field.js';
import type { Kind } from './kind.js';
import { kindNamed } from './kinds/index.js';

const inner = record('Inner', 'A part.', {
  size: { type: integer(0, 10), default: 1, description: 'The size.' },
  label: { type: text(), description: 'The label.' },
});

/** A kind with a field of every type. */
const thing: Kind = {
  name: 'thing',
  typeName: 'Thing',
  collection: 'things',
  listField: 'things',
  description: 'A thing for tests.',
  fields: {
    name: { type: text(), required: true, description: 'The name.' },
    port: { type: integer(0, 65535), default: 80, description: 'The port.' },
    color: {
      type: oneOf('Color', 'A color.', { red: 'It is red.', blue: 'It is blue.' }),
      description: 'The color.',
    },
    is_open: { type: boolean(), default: false, description: 'Whether it is open.' },
    parts: { type: list(inner), description: 'The parts.' },
    words: { type: set(text()), default: ['a'], description: 'The words.' },
    places: { type: set(inner), description: 'The places.' },
    notes: { type: map(list(text())), description: 'The notes.' },
    core: { type: inner, default: {}, description: 'The core.' },
    config: { type: json(), default: {}, description: 'The settings.' },
    owner: { type: reference('thing', 'cascade'), description: 'The owner.' },
    twin: { type: reference('thing', 'restrict'), description: 'The twin.' },
  },
  unique: [{ fields: ['name'] }, { fields: ['color', 'owner'], absentCounts: true }],
  rules: [],
};

const bare = { name: 'n', port: 80, is_open: false, words: ['a'], core: { size: 1 }, config: {} };

function documentOf(input: JsonObject): JsonObject {
  const { document, problems } = normalise(thing, input);
  expect(problems).toEqual([]);
  return document;
}

function messages(input: JsonObject): string[] {
  return normalise(thing, input).problems.map(({ message }) => message);
}

function parsed(text: string): JsonObject {
  return JSON.parse(text) as JsonObject;
}

describe('a normalised document', () => {
  it('has defaults at every depth, and nothing for what is absent', () => {
    expect(documentOf({ name: 'n' })).toEqual(bare);
    expect(documentOf({ name: 'n', core: { label: 'l' }, parts: [{}] })).toEqual({
      ...bare,
      core: { size: 1, label: 'l' },
      parts: [{ size: 1 }],
    });
  });

  it('treats null as absence', () => {
    expect(documentOf({ name: 'n', port: null, color: null, core: { label: null }, tags: null })).toEqual(
      bare,
    );
  });

  it('treats an empty list or map as absence where there is no default', () => {
    expect(documentOf({ name: 'n', parts: [], notes: {}, tags: [] })).toEqual(bare);
    expect(documentOf({ name: 'n', words: [] })).toEqual({ ...bare, words: [] });
  });

  it('drops repetitions from sets, and keeps them in lists', () => {
    const document = documentOf({
      name: 'n',
      words: ['b', 'a', 'b'],
      places: [{}, { size: 1 }],
      parts: [{}, {}],
    });
    expect(document).toMatchObject({
      words: ['b', 'a'],
      places: [{ size: 1 }],
      parts: [{ size: 1 }, { size: 1 }],
    });
  });

  it('has fields in the order of their kind', () => {
    const keys = Object.keys(documentOf({ tags: ['t'], port: 1, name: 'n', core: {} }));
    expect(keys).toEqual(['name', 'port', 'is_open', 'words', 'core', 'config', 'tags']);
  });

  it('does not share with others what can be changed', () => {
    const core = documentOf({ name: 'n' })['core'] as { size: number };
    expect(() => (core.size = 2)).toThrow(TypeError);
  });

  it('holds references as ids', () => {
    expect(documentOf({ name: 'n', owner: 'a', twin: { id: 'b' } })).toEqual({
      ...bare,
      owner: 'a',
      twin: 'b',
    });
  });
});

describe('problems', () => {
  it.each<[JsonObject, string]>([
    [{ port: 70000 }, 'port must be between 0 and 65535, not 70000.'],
    [{ port: '80' }, 'port must be a whole number between 0 and 65535, not “80”.'],
    [{ port: NaN }, 'port must be a whole number between 0 and 65535, not NaN.'],
    [{ color: 'green' }, 'color must be one of red, blue, not “green”.'],
    [{ is_open: 'yes' }, 'is_open must be true or false, not “yes”.'],
    [{ words: 'a' }, 'words must be a list, not “a”.'],
    [{ words: ['a', null] }, 'words[1] must be text, not null.'],
    [{ words: [''] }, 'words[0] must have at least one character, not “”.'],
    [{ name: 'a\u0007' }, 'name must be free of control characters, not “a\u0007”.'],
    [{ parts: [{}, { size: 11 }] }, 'parts[1].size must be between 0 and 10, not 11.'],
    [{ core: [] }, 'core must be an object, not an empty list.'],
    [{ notes: { 'a b': [1] } }, 'notes["a b"][0] must be text, not 1.'],
    [{ notes: [1] }, 'notes must be an object, not a list.'],
    [{ config: true }, 'config must be an object, not true.'],
    [{ owner: { name: 'a' } }, 'owner must be an id, or an object with an id, not an object.'],
    [{ name: null }, 'name is required.'],
    [{ nmae: 'a' }, 'Thing has no field nmae. Did you mean name?'],
    [{ isOpen: true }, 'Thing has no field isOpen. Did you mean is_open?'],
    [{ core: { sise: 1 } }, 'Inner has no field core.sise. Did you mean size?'],
    [{ zebra: 1 }, 'Thing has no field zebra.'],
  ])('of %j: %s', (input, message) => {
    expect(messages({ name: 'n', ...input })).toEqual([message]);
  });

  it('are all told at once, each with its place', () => {
    const { problems } = normalise(thing, {
      port: -1,
      core: { size: -1, x: 0 },
      words: ['', 1],
      tags: ['a,b'],
      y: 1,
    });
    expect(problems.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['FIELD_REQUIRED', 'name'],
      ['FIELD_INVALID', 'port'],
      ['FIELD_INVALID', 'words.0'],
      ['FIELD_INVALID', 'words.1'],
      ['FIELD_INVALID', 'core.size'],
      ['UNKNOWN_FIELD', 'core.x'],
      ['FIELD_INVALID', 'tags.0'],
      ['UNKNOWN_FIELD', 'y'],
    ]);
  });

  it('leave out what is wrong and keep the rest', () => {
    expect(normalise(thing, { name: 'n', port: -1, words: [1], y: 1 }).document).toEqual({
      name: 'n',
      is_open: false,
      core: { size: 1 },
      config: {},
    });
  });

  it('show no more than the beginning of what was received', () => {
    const [message = ''] = messages({ name: 'n', color: 'x'.repeat(10_000) });
    expect(message.length).toBeLessThan(200);
  });

  it('of one entity are told up to a hundred', () => {
    const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`field${index}`, 1]));
    expect(messages({ name: 'n', ...unknown })).toHaveLength(100);
  });

  it('in one field do not silence rules about others', () => {
    const route = kindNamed('route');
    const { problems } = normalise(route, { regex_priority: 'high', protocols: ['tcp'], hosts: ['a'] });
    expect(problems.map(({ code }) => code)).toEqual([
      'FIELD_INVALID',
      'ROUTE_WITHOUT_MATCH',
      'FIELDS_CONFLICT',
    ]);
  });
});

describe('keys with a meaning in JavaScript', () => {
  it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'])(
    '%s is an unknown field',
    (key) => {
      const input = parsed(`{"name":"n","${key}":{"polluted":1},"core":{"${key}":1}}`);
      const { document, problems } = normalise(thing, input);
      expect(problems.map(({ code, path }) => [code, ...path])).toEqual([
        ['UNKNOWN_FIELD', 'core', key],
        ['UNKNOWN_FIELD', key],
      ]);
      expect(Object.getPrototypeOf(document)).toBe(Object.prototype);
      expect({}).not.toHaveProperty('polluted');
    },
  );

  it.each(['__proto__', 'constructor'])('%s in changes is an unknown field', (key) => {
    const { problems } = patch(
      thing,
      bare,
      parsed(`{"${key}":{"polluted":1},"core":{"${key}":{"polluted":1}}}`),
    );
    expect(problems.map(({ path }) => path.join('.'))).toEqual([`core.${key}`, key]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('a field is not taken from a prototype', () => {
    const input = Object.create({ port: 1 }, { name: { value: 'n', enumerable: true } }) as JsonObject;
    expect(documentOf(input)).toEqual(bare);
  });

  it('are keys like others in maps and free JSON', () => {
    const input = parsed(
      '{"name":"n","notes":{"__proto__":["a"]},"config":{"__proto__":{"a":1},"constructor":1}}',
    );
    const document = documentOf(input);
    expect(JSON.stringify(document['notes'])).toBe('{"__proto__":["a"]}');
    expect(JSON.stringify(document['config'])).toBe('{"__proto__":{"a":1},"constructor":1}');
    expect(Object.getPrototypeOf(document['notes'])).toBe(Object.prototype);
  });
});

describe('free JSON', () => {
  it('keeps nulls, empty lists and the order of keys', () => {
    const config = { z: null, a: [], b: {}, c: [null] };
    expect(JSON.stringify(documentOf({ name: 'n', config })['config'])).toBe(JSON.stringify(config));
  });

  it.each<[string, Json, string]>([
    ['a zero byte in text', { a: ['x\u0000'] }, 'config.a.0'],
    ['a zero byte in a key', { 'x\u0000': 1 }, 'config.x\u0000'],
    ['half a character', { a: '\ud83d' }, 'config.a'],
    ['a number that JSON cannot hold', { a: Infinity }, 'config.a'],
  ])('refuses %s, which cannot be stored', (_, config, path) => {
    expect(normalise(thing, { name: 'n', config }).problems.map((problem) => problem.path.join('.'))).toEqual(
      [path],
    );
  });

  it('refuses what is nested too deep, and does not fall over it', () => {
    const nested = (depth: number): JsonObject => parsed(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    expect(messages({ name: 'n', config: nested(64) })).toEqual([]);
    for (const depth of [65, 5000]) {
      expect(messages({ name: 'n', config: nested(depth) })).toEqual([
        expect.stringContaining('must be nested at most 64 levels deep'),
      ]);
    }
  });
});

describe('a change', () => {
  const current = documentOf({
    name: 'n',
    port: 1,
    color: 'red',
    core: { size: 5, label: 'l' },
    notes: { a: ['b'] },
  });
  const changed = (changes: JsonObject): JsonObject => {
    const { document, problems } = patch(thing, current, changes);
    expect(problems).toEqual([]);
    return document;
  };

  it('leaves alone what it does not name, and what it changes from', () => {
    const before = structuredClone(current);
    expect(changed({ port: 2 })).toEqual({ ...current, port: 2 });
    expect(changed({})).toEqual(current);
    expect(current).toEqual(before);
  });

  it('takes a field back to its default or away with null, at every depth', () => {
    const { color, ...rest } = current;
    expect(color).toBe('red');
    expect(changed({ port: null, color: null })).toEqual({ ...rest, port: 80 });
    expect(changed({ core: { size: null, label: null } })).toEqual({ ...current, core: { size: 1 } });
    expect(changed({ core: null })).toEqual({ ...current, core: { size: 1 } });
  });

  it('goes into records, and replaces everything else', () => {
    expect(changed({ core: { size: 6 } })).toEqual({ ...current, core: { size: 6, label: 'l' } });
    expect(changed({ notes: { c: ['d'] } })).toEqual({ ...current, notes: { c: ['d'] } });
  });

  it.each<[string, JsonObject, string[]]>([
    ['an unknown field, even with null', { nmae: null, core: { sise: null } }, ['core.sise', 'nmae']],
    ['the loss of a required field', { name: null }, ['name']],
    ['a record that is none', { core: 1 }, ['core']],
  ])('is refused for %s', (_, changes, paths) => {
    expect(patch(thing, current, changes).problems.map(({ path }) => path.join('.'))).toEqual(paths);
  });
});

describe('keys and references', () => {
  it('have a key for each rule, absent where a field is, unless absence counts', () => {
    expect(keysOf(thing, { name: 'n', color: 'red', owner: 'o' })).toEqual(['n', 'red\u001fo']);
    expect(keysOf(thing, {})).toEqual([null, '\u001f']);
    expect(keysOf({ ...thing, unique: [] }, bare)).toEqual([null, null]);
    expect(keysOf({ ...thing, unique: [{ fields: ['port'] }] }, bare)).toEqual(['80', null]);
  });

  it('cannot be confused by what a text holds, since none holds the separator', () => {
    expect(messages({ name: 'a\u001fb' })).toHaveLength(1);
    expect(messages({ name: 'n', owner: 'a\u001fb' })).toHaveLength(1);
  });

  it('name what a document refers to, in the order of its fields', () => {
    expect(referencesOf(thing, { twin: 'b', owner: 'a' })).toEqual([
      { field: 'owner', to: 'a' },
      { field: 'twin', to: 'b' },
    ]);
    expect(referencesOf(thing, {})).toEqual([]);
  });
});

describe('for any input', () => {
  const anything = fc.dictionary(
    fc.constantFrom(...Object.keys(thing.fields), 'tags', '__proto__'),
    fc.jsonValue({ maxDepth: 3 }),
  );

  it('problems are found without a defect, and what is left of it is without problems', () => {
    fc.assert(
      fc.property(anything, anything, (input, changes) => {
        const { document } = normalise(thing, { ...input, name: 'n' });
        const whole = documentOf(document);
        expect(documentOf(whole)).toEqual(whole);
        expect(patch(thing, whole, {}).document).toEqual(whole);
        patch(thing, whole, changes as JsonObject);
      }),
    );
  });

  const telling = fc.constantFrom<Json>(
    ...[
      null,
      true,
      1,
      '',
      'http',
      'grpcs',
      'ip',
      'header',
      'latency',
      'round-robin',
      '/a',
      '~/a',
      'a.example',
    ],
    ...[[], ['tcp'], ['grpc'], ['https'], ['/a'], ['GET'], [{ port: 1 }], {}, { id: 'a' }, { a: ['b'] }],
    ...['tcp://a', 'https://a/b'],
  );
  const valid: [string, JsonObject][] = [
    ['gateway_service', { host: 'a' }],
    ['route', { hosts: ['a'] }],
    ['plugin', { name: 'a' }],
    ['consumer', { username: 'a' }],
    ['upstream', { name: 'a', hash_on_header: 'b' }],
    ['target', { upstream: 'a', target: 'a' }],
  ];

  it.each(valid)('a %s without problems is in its final form', (name, start) => {
    const kind = kindNamed(name);
    const names = fc.constantFrom(...Object.keys(kind.fields), ...Object.keys(kind.shorthands ?? {}));
    fc.assert(
      fc.property(fc.dictionary(names, telling, { maxKeys: 4 }), (input) => {
        const { document, problems } = normalise(kind, { ...start, ...input });
        if (problems.length > 0) return;
        expect(normalise(kind, document)).toEqual({ document, problems: [] });
        expect(patch(kind, document, {})).toEqual({ document, problems: [] });
      }),
      { numRuns: 500 },
    );
  });
});

it('refuses a descriptor whose default its own type refuses', () => {
  const broken: Kind = {
    ...thing,
    fields: { port: { type: integer(0, 1), default: 2, description: 'The port.' } },
  };
  expect(() => normalise(broken, {})).toThrow('port must be between 0 and 1, not 2');
});
