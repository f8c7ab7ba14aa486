import type { Field, Fields, FieldType } from '../field.js';
import { bundledPlugins, nearestPlugin, pluginSchema } from './index.js';

it('finds each plugin by its name, and no other', () => {
  expect(bundledPlugins).toHaveLength(45);
  for (const schema of bundledPlugins) expect(pluginSchema(schema.name)).toBe(schema);
  expect(pluginSchema('toString')).toBeUndefined();
  expect(nearestPlugin('keyauth')).toBe('key-auth');
});

it('gives no two plugins the same place in the order', () => {
  const priorities = bundledPlugins.map(({ priority }) => priority);
  expect(new Set(priorities).size).toBe(priorities.length);
});

describe.each(bundledPlugins.map((schema) => [schema.name, schema] as const))('%s', (_, schema) => {
  it('describes each of its settings in a full sentence', () => {
    const sentences = [
      schema.description,
      schema.config.description,
      ...fieldsIn(schema.config).map(described),
    ];
    for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*[^.]\.$/s);
  });

  it('is for some of the protocols that it allows if nothing is said', () => {
    expect(schema.protocols.allowed).toEqual(expect.arrayContaining([...schema.protocols.default]));
  });

  it('says since when in versions that are supported', () => {
    const versions = [schema.since, ...fieldsIn(schema.config).map(({ since }) => since)];
    for (const version of versions) if (version !== undefined) expect(version).toMatch(/^3\.[5-9](\.\d)?$/);
  });
});

it('marks as secret what nobody may read', () => {
  const secrets = bundledPlugins.flatMap(({ name, config }) =>
    secretPlaces(config.fields).map((place) => `${name} ${place}`),
  );
  expect(secrets).toEqual(
    expect.arrayContaining([
      'rate-limiting redis.password',
      'aws-lambda aws_secret',
      'session secret',
      'ai-proxy auth.header_value',
      'acme storage_config.vault.token',
      'http-log http_endpoint',
      'http-log headers',
      'opentelemetry headers',
    ]),
  );
});

it('keeps secrets in texts of its settings or of their records, or in maps of them', () => {
  for (const { config } of bundledPlugins) {
    const secrets = fieldsIn(config).filter(({ secret }) => secret);
    const texts = secrets.map(({ type }) => (type.is === 'map' ? type.of.is : type.is));
    expect(texts).toEqual(secretPlaces(config.fields).map(() => 'string'));
  }
});

function described({ description }: Field): string {
  return description;
}

function fieldsIn(type: FieldType): Field[] {
  if (type.is === 'list' || type.is === 'map') return fieldsIn(type.of);
  if (type.is !== 'record') return [];
  return Object.values(type.fields).flatMap((field) => [field, ...fieldsIn(field.type)]);
}

function secretPlaces(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([name, { type, secret }]) => {
    if (type.is === 'record') return secretPlaces(type.fields).map((place) => `${name}.${place}`);
    return secret ? [name] : [];
  });
}
