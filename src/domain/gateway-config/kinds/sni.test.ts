import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise, referencesOf } from '../document.js';
import { sni } from './sni.js';

const valid = { name: 'example.com', certificate: 'c' };

function verdict(input: JsonObject): string[][] {
  return normalise(sni, { ...valid, ...input }).problems.map(({ code, path }) => [code, ...path]);
}

it.each(['example.com', '*.example.com', 'example.*', 'localhost', 'a_b.example.com'])(
  'accepts the name %s',
  (name) => {
    expect(verdict({ name })).toEqual([]);
  },
);

it.each([
  '192.0.2.1',
  '::1',
  'example.com:443',
  'a.*.example.com',
  '*.example.*',
  'exam ple.com',
  '',
  'a-.com',
])('refuses the name %j', (name) => {
  expect(verdict({ name })).toEqual([['FIELD_INVALID', 'name']]);
});

it('demands a name and a certificate', () => {
  expect(normalise(sni, {}).problems.map(({ path }) => path)).toEqual([['name'], ['certificate']]);
});

it('refers to its certificate, which cannot go while it is used', () => {
  expect(referencesOf(sni, valid)).toEqual([{ field: 'certificate', to: 'c' }]);
  expect(sni.fields['certificate']?.type).toMatchObject({ onDelete: 'restrict' });
});

it('is unique by its name', () => {
  expect(keysOf(sni, valid)).toEqual(['example.com', null]);
});
