import { nearest } from './nearest.js';

const names = ['hosts', 'paths', 'strip_path', 'path_handling', 'protocols', 'service'];

it.each([
  ['host', 'hosts'],
  ['hsots', 'hosts'],
  ['stripPath', 'strip_path'],
  ['STRIP-PATH', 'strip_path'],
  ['protocol', 'protocols'],
  ['services', 'service'],
])('%p probably means %p', (given, meant) => {
  expect(nearest(given, names)).toBe(meant);
});

it.each(['', 'x', 'upstream', '__proto__', 'p'.repeat(100_000)])('%.20p means none of them', (given) => {
  expect(nearest(given, names)).toBeUndefined();
});
