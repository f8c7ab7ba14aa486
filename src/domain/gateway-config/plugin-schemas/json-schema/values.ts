import { isIP } from 'node:net';
import { isId } from '../../../../foundation/kernel/id.js';
import type { Json, JsonObject } from '../../../../foundation/kernel/json.js';
import { isObject } from '../../reading.js';

/** The types that a schema can name, each with how to tell its values. */
export const types: Readonly<Record<string, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: (value) => Array.isArray(value),
  object: (value) => isObject(value),
};

/** The formats that are checked. */
export const formats: Readonly<Record<string, (text: string) => boolean>> = {
  ipv4: (text) => isIP(text) === 4,
  ipv6: (text) => isIP(text) === 6,
  uri: (text) => URL.canParse(text),
  uuid: isId,
  'date-time': (text) =>
    /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/.test(text) &&
    !Number.isNaN(Date.parse(text)),
};

/** A member that an object has itself. */
export function memberOf(object: JsonObject, name: string): Json | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** What a local reference leads to: `#`, `#/$defs/port`. */
export function referredTo(root: JsonObject, reference: string): Json | undefined {
  if (reference === '#') return root;
  if (!reference.startsWith('#/')) return undefined;
  const steps = reference.slice(2).split('/');
  return steps.reduce<Json | undefined>((found, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    return isObject(found) ? memberOf(found, name) : undefined;
  }, root);
}
