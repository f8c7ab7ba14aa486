import type { Json } from '../../../foundation/kernel/json.js';
import * as checks from '../checks.js';
import { boolean, integer, list, map, numberAbove, text } from '../field.js';
import type { Field, FieldType, RecordType, TextType } from '../field.js';

export { referenceable } from '../field.js';

/** A setting that must be given. */
export function required(type: FieldType, description: string): Field {
  return { type, required: true, description };
}

/** A setting that may be absent. */
export function optional(type: FieldType, description: string): Field {
  return { type, description };
}

/** A setting that has a value unless another is given. */
export function preset(type: FieldType, value: Json, description: string): Field {
  return { type, default: value, description };
}

/** A setting that is on or off. */
export function flag(value: boolean, description: string): Field {
  return preset(boolean(), value, description);
}

/** A group of settings that is always there. */
export function group(type: RecordType): Field {
  return { type, default: {}, description: type.description };
}

/** A setting that gateways know from a version on. */
export function since(version: string, field: Field): Field {
  return { ...field, since: version };
}

/** A setting that can be written but not read. */
export function secret(field: Field): Field {
  return { ...field, secret: true };
}

export const positive = numberAbove(0);
export const positiveInteger = integer(1);
export const anyInteger = integer(Number.MIN_SAFE_INTEGER);
export const port = integer(0, 65535);
export const milliseconds = integer(0, 2 ** 31 - 2);
export const host = text(checks.host);
export const serverName = text(checks.hostname);
export const headerName = text(checks.headerName);
export const texts = list(text());

/** A URL with a scheme and a host. */
export const url = text((value) =>
  /^[a-z][a-z\d+.-]*:\/\/[^\s/?#]+/i.test(value) ? undefined : 'be a URL such as https://example.com/path',
);

/** Text that has no more than so many characters. */
export function shortText(longest: number): TextType {
  return text((value) => ([...value].length <= longest ? undefined : `have at most ${longest} characters`));
}

/** Settings that plugins which write logs have in common: further fields, each computed by a piece of Lua. */
export const customFields = optional(
  map(text()),
  'Further fields of the log, or changes to its own, each with the Lua code that computes it.',
);
