import { normalise } from '../document.js';
import { referenceIn, type Field, type Fields, type FieldType } from '../field.js';
import { fieldsOf, type Document, type Kind } from '../kind.js';
import { kindNamed, kindOfCollection, kinds } from './index.js';

it('lists each kind after those that it refers to', () => {
  const names = kinds.map(({ name }) => name);
  for (const kind of kinds) {
    const referred = Object.values(kind.fields).map(({ type }) => referenceIn(type)?.to);
    for (const name of referred.filter((to) => to !== undefined))
      expect(names.slice(0, names.indexOf(kind.name))).toContain(name);
  }
});

it('finds kinds by name and by collection', () => {
  for (const kind of kinds) {
    expect(kindNamed(kind.name)).toBe(kind);
    expect(kindOfCollection(kind.collection)).toBe(kind);
  }
  expect(kindOfCollection('constructor')).toBeUndefined();
  expect(() => kindNamed('sandwich')).toThrow('of the kind “sandwich”, which this one does not know');
});

it('restricts the deletion of a gateway service that has routes', () => {
  expect(kindNamed('route').fields['service']?.type).toEqual({
    is: 'reference',
    to: 'gateway_service',
    onDelete: 'restrict',
  });
});

describe.each(kinds.map((kind): [string, Kind] => [kind.name, kind]))('%s', (_, kind) => {
  it('has tags', () => {
    const problems = (tags: string[]): string[] =>
      normalise(kind, { tags }).problems.flatMap(({ path }) => (path[0] === 'tags' ? [path.join('.')] : []));
    expect(problems(['team a', 'größe', 'x-1.2_~'])).toEqual([]);
    expect(problems(['a', 'a,b', 'a/b', ''])).toEqual(['tags.1', 'tags.2', 'tags.3']);
    expect(normalise(kind, { tags: ['a', 'b', 'a'] }).document['tags']).toEqual(['a', 'b']);
  });

  it('describes every field, type and value in a full sentence', () => {
    const sentences = [kind.description, ...describedIn(fieldsOf(kind))];
    sentences.push(...Object.values(kind.shorthands ?? {}).map(({ description }) => description));
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[^.]\.$/s);
  });

  it('stands under a name with “_” in files only if it is not for gateways', () => {
    expect(kind.collection.startsWith('_')).toBe(kind.notForGateways === true);
  });

  it('names in its keys only fields that it has', () => {
    for (const { fields, whenPresent = [] } of kind.unique)
      expect(Object.keys(kind.fields)).toEqual(expect.arrayContaining([...fields, ...whenPresent]));
    expect(kind.unique.length).toBeLessThanOrEqual(2);
  });

  it('unlinks only what it can be without', () => {
    const unlinked = Object.values(kind.fields).filter(
      ({ type }) => referenceIn(type)?.onDelete === 'unlink',
    );
    for (const { required, type } of unlinked) {
      expect(required ?? false).toBe(false);
      expect(type).not.toMatchObject({ is: 'list', min: 1 });
    }
  });

  it('keeps secrets in texts of its own or of its records, and generates only what must be there', () => {
    const secrets = Object.values(kind.fields).flatMap(({ type, secret }) => {
      const inside = type.is === 'record' ? Object.values(type.fields).filter((field) => field.secret) : [];
      return [...(secret ? [type] : []), ...inside.map((field) => field.type)];
    });
    const all = [...Object.values(kind.fields), ...recordFieldsIn(kind.fields)].filter(
      ({ secret }) => secret,
    );
    expect(secrets.map(({ is }) => is)).toEqual(all.map(() => 'string'));
    for (const name of Object.keys(kind.generate ?? {})) expect(kind.fields[name]?.required).toBe(true);
  });

  it('has rules that look at nothing but what they declare', () => {
    const { document } = normalise(kind, {});
    for (const { reads, check } of kind.rules) check(watched(document, reads));
  });
});

it('never uses one name for two types', () => {
  const named = kinds.flatMap((kind) => typesIn(fieldsOf(kind))).filter((type) => 'name' in type);
  for (const type of named) expect(named.find(({ name }) => name === type.name)).toBe(type);
});

function watched(document: Document, reads: readonly string[]): Document {
  return new Proxy(document, {
    get: (target, field) => {
      expect(reads).toContain(field);
      return target[String(field)];
    },
  });
}

function recordFieldsIn(fields: Fields): Field[] {
  return typesIn(fields).flatMap((type) => (type.is === 'record' ? Object.values(type.fields) : []));
}

function typesIn(fields: Fields): FieldType[] {
  const inside = (type: FieldType): FieldType[] => {
    if (type.is === 'list' || type.is === 'map') return inside(type.of);
    return type.is === 'record' ? [type, ...typesIn(type.fields)] : [type];
  };
  return Object.values(fields).flatMap(({ type }) => inside(type));
}

function describedIn(fields: Fields): string[] {
  return [
    ...Object.values(fields).map(({ description }) => description),
    ...typesIn(fields).flatMap((type) => {
      if (type.is === 'record')
        return [type.description, ...Object.values(type.fields).map((field) => field.description)];
      return type.is === 'enum'
        ? [type.description, ...type.values.map(({ description }) => description)]
        : [];
    }),
  ];
}
