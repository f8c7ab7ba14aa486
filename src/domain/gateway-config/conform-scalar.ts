import { isId } from '../../foundation/kernel/id.js';
import type { Json } from '../../foundation/kernel/json.js';
import type { Check, EnumType, FieldType, TextType } from './field.js';
import { isObject, reportInvalid, type Conform, type Reading } from './reading.js';
import { isVaultReference } from './secrets.js';

/** Control characters but for those that lay out text, and halves of characters, which no UTF-8 can hold. */
const unprintable = /(?![\t\n\r])\p{Cc}|\p{Cs}/u;

/** What nearly all texts are; asked first, because it is found out much faster. */
const printableAscii = /^[ -~]*$/;

/** Takes text that is as its type says. */
export function conformText(type: Omit<TextType, 'is'>): Conform {
  const fault = faultOf(type);
  return (value, reading) => {
    if (typeof value !== 'string') return reportInvalid(reading, 'be text', value);
    const must = fault(value);
    return must === undefined ? value : reportInvalid(reading, must, value);
  };
}

function faultOf(type: Omit<TextType, 'is'>): Check<string> {
  return (value) =>
    value === '' && type.mayBeEmpty ? undefined : (textFault(value) ?? meaningFault(type, value));
}

/** What is wrong with what a text says, if nothing is wrong with it as a text. */
function meaningFault(
  { check, oneOf, referenceable }: Omit<TextType, 'is'>,
  value: string,
): string | undefined {
  if (referenceable && isVaultReference(value)) return undefined;
  const fault = oneOf && !oneOf.includes(value) ? `be one of ${oneOf.join(', ')}` : check?.(value);
  return fault !== undefined && referenceable ? `${fault}, ${orReference}` : fault;
}

const orReference = 'or a vault reference such as {vault://env/name}';

function textFault(value: string): string | undefined {
  if (value === '') return 'have at least one character';
  return !printableAscii.test(value) && unprintable.test(value) ? 'be free of control characters' : undefined;
}

type NumberType = Extract<FieldType, { is: 'integer' | 'number' }>;

/** Takes whole numbers of a range, or of a few. */
export function conformInteger(type: Extract<FieldType, { is: 'integer' }>): Conform {
  const { oneOf } = type;
  if (oneOf) {
    const must = `be one of ${oneOf.join(', ')}`;
    return (value, reading) =>
      typeof value === 'number' && oneOf.includes(value) ? value : reportInvalid(reading, must, value);
  }
  const conform = conformNumber(type);
  const must = `be a whole number${rangeOf(type)}`;
  return (value, reading) =>
    Number.isInteger(value) ? conform(value, reading) : reportInvalid(reading, must, value);
}

/** Takes numbers of a range. */
export function conformNumber(type: NumberType): Conform {
  const { min, max } = type;
  const above = 'above' in type ? type.above : undefined;
  const range = rangeOf(type);
  return (value, reading) => {
    if (typeof value !== 'number') return reportInvalid(reading, `be a number${range}`, value);
    const isInside = value >= min && value <= max && value !== above;
    return isInside ? value : reportInvalid(reading, `be${range}`, value);
  };
}

/** A range as the end of a sentence. An end that is only the end of what a number can hold goes without saying. */
function rangeOf(type: NumberType): string {
  const { min, max } = type;
  if ('above' in type) return ` greater than ${type.above}`;
  if (max < Number.MAX_SAFE_INTEGER) return ` between ${min} and ${max}`;
  return min > Number.MIN_SAFE_INTEGER ? ` at least ${min}` : ' of a size that can be stored';
}

/** Takes the values of an enumeration. */
export function conformEnum({ values }: EnumType): Conform {
  const allowed = values.map(({ value }) => value);
  const known = new Set<Json>(allowed);
  const must = `be one of ${allowed.join(', ')}`;
  return (value, reading) => (known.has(value) ? value : reportInvalid(reading, must, value));
}

/** Takes an id, or an object that has one, as Kong writes references. Ids in capitals become the ids that are stored. */
export function conformReference(value: Json, reading: Reading): Json | undefined {
  const id = isObject(value) && Object.hasOwn(value, 'id') ? (value['id'] ?? null) : value;
  if (typeof id !== 'string') return reportInvalid(reading, 'be an id, or an object with an id', value);
  const must = textFault(id);
  if (must !== undefined) return reportInvalid(reading, must, id);
  return isId(id) ? id.toLowerCase() : id;
}
