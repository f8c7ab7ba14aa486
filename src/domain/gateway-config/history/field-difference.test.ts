import type { JsonObject } from '../../../foundation/kernel/json.js';
import { fieldDifferences, type FieldDifference } from './field-difference.js';

const differences = (before: JsonObject, after: JsonObject): FieldDifference[] =>
  fieldDifferences({ before, after, shownBefore: before, shownAfter: after });

describe('the differences between two documents', () => {
  it('are none where both say the same, in whatever order of fields', () => {
    expect(differences({ a: 1, b: { c: [1] } }, { b: { c: [1] }, a: 1 })).toEqual([]);
  });

  it.each<[string, JsonObject, JsonObject, Partial<FieldDifference>]>([
    [
      'a number that grew',
      { port: 80 },
      { port: 81 },
      { path: 'port', change: 'raised', before: 80, after: 81 },
    ],
    ['a number that shrank', { port: 81 }, { port: 80 }, { path: 'port', change: 'lowered' }],
    ['a switch', { enabled: true }, { enabled: false }, { path: 'enabled', change: 'off' }],
    ['a text', { host: 'a' }, { host: 'b' }, { path: 'host', change: 'changed', before: 'a', after: 'b' }],
    ['what was not there', {}, { path: '/v1' }, { path: 'path', change: 'set', before: null, after: '/v1' }],
    ['what is gone', { path: '/v1' }, {}, { path: 'path', change: 'unset', before: '/v1', after: null }],
    ['the first members of a list', {}, { paths: ['/a', '/b'] }, { change: 'set', after: ['/a', '/b'] }],
    ['the last members of a list', { paths: ['/a'] }, { paths: [] }, { change: 'unset', before: ['/a'] }],
    ['another order', { paths: ['/a', '/b'] }, { paths: ['/b', '/a'] }, { path: 'paths', change: 'changed' }],
    [
      'what lies deep',
      { config: { limits: { a: 1 } } },
      { config: { limits: { a: 2 } } },
      { path: 'config.limits.a' },
    ],
  ])('tell %s', (_, before, after, expected) => {
    expect(differences(before, after)).toEqual([expect.objectContaining(expected)]);
  });

  it('tell the members of a list one by one', () => {
    expect(differences({ paths: ['/a', '/b'] }, { paths: ['/b', '/c'] })).toEqual([
      { path: 'paths', change: 'removed', before: '/a', after: null },
      { path: 'paths', change: 'added', before: null, after: '/c' },
    ]);
  });

  it('tell that a secret differs, and not what it is', () => {
    const shown = { key: '***' };
    const compared = { before: { key: 'a' }, after: { key: 'b' }, shownBefore: shown, shownAfter: shown };
    expect(fieldDifferences(compared)).toEqual([
      { path: 'key', change: 'changed', before: '***', after: '***' },
    ]);
  });
});
