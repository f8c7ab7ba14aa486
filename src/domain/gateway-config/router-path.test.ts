import { normalPath } from './router-path.js';

it.each([
  ['/', '/'],
  ['/a/b', '/a/b'],
  ['/a/b/', '/a/b/'],
  ['/a/./b', '/a/b'],
  ['/a/../b', '/b'],
  ['/a/..', '/'],
  ['/a/b/.', '/a/b/'],
  ['/../a', '/a'],
  ['/a//b', '/a/b'],
  ['/%61', '/a'],
  ['/%2e%2E/a', '/a'],
  ['/%2f', '/%2F'],
  ['/%20', '/%20'],
  ['/a b', '/a%20b'],
  ['/é', '/%C3%A9'],
  ['/%c3%a9', '/%C3%A9'],
  ['/^{}', '/%5E%7B%7D'],
  ["/!#$&'()*+,:;=?@[]-_.~", "/!#$&'()*+,:;=?@[]-_.~"],
])('the normal form of %s is %s', (path, normal) => {
  expect(normalPath(path)).toBe(normal);
  expect(normalPath(normal)).toBe(normal);
});
