import type { JsonObject } from '../../../foundation/kernel/json.js';
import { keysOf, normalise, patch, referencesOf } from '../document.js';
import { target } from './target.js';

const valid = { upstream: 'u', target: 'a.example' };

function verdict(input: JsonObject): string[][] {
  return normalise(target, input).problems.map(({ code, path }) => [code, ...path]);
}

it('fills every default', () => {
  expect(normalise(target, valid).document).toEqual({ upstream: 'u', target: 'a.example:8000', weight: 100 });
});

it('demands an upstream and a target', () => {
  expect(verdict({})).toEqual([
    ['FIELD_REQUIRED', 'upstream'],
    ['FIELD_REQUIRED', 'target'],
  ]);
});

it.each([
  ['a.example', 'a.example:8000'],
  ['a.example:80', 'a.example:80'],
  ['a.example:0', 'a.example:0'],
  ['a.example.:80', 'a.example.:80'],
  ['10.0.0.1', '10.0.0.1:8000'],
  ['010.000.000.001:080', '10.0.0.1:80'],
  ['::1', '[0000:0000:0000:0000:0000:0000:0000:0001]:8000'],
  ['[::1]', '[0000:0000:0000:0000:0000:0000:0000:0001]:8000'],
  ['[2001:DB8::a:1]:9000', '[2001:0db8:0000:0000:0000:0000:000a:0001]:9000'],
  ['1:2:3:4:5:6:7:8', '[0001:0002:0003:0004:0005:0006:0007:0008]:8000'],
  ['::', '[0000:0000:0000:0000:0000:0000:0000:0000]:8000'],
])('%s is stored as %s, and stays so', (given, stored) => {
  const { document, problems } = normalise(target, { ...valid, target: given });
  expect(problems).toEqual([]);
  expect(document['target']).toBe(stored);
  expect(normalise(target, document).document).toEqual(document);
});

it.each([
  'a b',
  'a.example:',
  'a.example:65536',
  'a.example:port',
  '10.0.0.256',
  '10.0.0.1:70000',
  '::1::',
  '[::1',
  '[::1]:70000',
  '[::1]80',
  '::ffff:10.0.0.1',
  'http://a.example',
  '-',
  '.',
])('refuses %p as a target', (given) => {
  expect(verdict({ ...valid, target: given })).toEqual([['FIELD_INVALID', 'target']]);
});

it.each([0, 100, 65535])('accepts the weight %d', (weight) => {
  expect(verdict({ ...valid, weight })).toEqual([]);
});

it.each([-1, 65536, 1.5, '100'])('refuses the weight %p', (weight) => {
  expect(verdict({ ...valid, weight })).toEqual([['FIELD_INVALID', 'weight']]);
});

it('is unique in its upstream, however its address is written', () => {
  const keys = ['::1', '[0:0::1]:8000'].map((given) => {
    const { document } = normalise(target, { ...valid, target: given });
    return keysOf(target, document);
  });
  expect(keys[0]).toEqual(keys[1]);
  const { document: elsewhere } = normalise(target, { upstream: 'v', target: '::1' });
  expect(keysOf(target, elsewhere)).not.toEqual(keys[0]);
});

it('goes with its upstream', () => {
  expect(referencesOf(target, valid)).toEqual([{ field: 'upstream', to: 'u' }]);
  expect(target.fields['upstream']?.type).toMatchObject({ is: 'reference', onDelete: 'cascade' });
});

it('gets its port again after a change', () => {
  const { document: current } = normalise(target, { ...valid, target: 'a.example:1' });
  expect(patch(target, current, { target: 'b.example' }).document['target']).toBe('b.example:8000');
});
