import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise } from '../document.js';
import { vault } from './vault.js';

const valid = { name: 'env', prefix: 'my-env' };

function verdict(input: JsonObject): string[][] {
  return normalise(vault, { ...valid, ...input }).problems.map(({ code, path }) => [code, ...path]);
}

it.each(['my-env', 'ab', 'a1', 'env-2', 'a--b', 'environment'])('accepts the prefix %s', (prefix) => {
  expect(verdict({ prefix })).toEqual([]);
});

it.each(['a', '1a', 'My-env', 'my_env', 'my-env-', '-my', 'my env', 'größe'])(
  'refuses the prefix %j for what it consists of',
  (prefix) => {
    expect(verdict({ prefix })).toEqual([['FIELD_INVALID', 'prefix']]);
  },
);

it.each(['env', 'aws', 'gcp', 'hcv', 'azure'])(
  'refuses the prefix %s, which is a sort of vault',
  (prefix) => {
    expect(verdict({ prefix })).toEqual([['FIELD_INVALID', 'prefix']]);
  },
);

it('demands a sort and a prefix', () => {
  expect(normalise(vault, {}).problems.map(({ path }) => path)).toEqual([['prefix'], ['name']]);
});

it('keeps its settings as they are', () => {
  const config = { prefix: 'SECRET_', ttl: null };
  expect(normalise(vault, { ...valid, config }).document['config']).toEqual(config);
  expect(normalise(vault, valid).document['config']).toEqual({});
});

it('is unique by its prefix', () => {
  expect(keysOf(vault, valid)).toEqual(['my-env', null]);
});
