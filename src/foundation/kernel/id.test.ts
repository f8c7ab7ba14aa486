import { v5 } from 'uuid';
import { derivedId, isId, newId } from './id.js';

it.each(['www.example.com', '', 'ö€😀', 'x'.repeat(1_000)])('a derived id is the UUIDv5 of %j', (name) => {
  const namespace = newId();
  expect(derivedId(namespace, name)).toBe(v5(name, namespace));
  expect(isId(derivedId(namespace, name))).toBe(true);
});

it('a derived id is the same on every machine', () => {
  const dns = '6ba7b810-9dad-11d1-80b4-00c04fd430c8';
  expect(derivedId(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});
