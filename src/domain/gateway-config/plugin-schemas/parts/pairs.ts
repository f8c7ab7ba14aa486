import * as checks from '../../checks.js';
import type { Check } from '../../field.js';

/** A name and what belongs to it, which may be nothing: `name:value`. */
export const pair: Check<string> = (value) =>
  /^[^:]+:/.test(value) ? undefined : 'be of the form name:value';

/** A name and a value. */
export const nameAndValue: Check<string> = (value) =>
  /^[^:]+:+[^:]/.test(value) ? undefined : 'be of the form name:value';

/** The name of a header, which a value may follow. */
export const headerWithValue: Check<string> = (value) => headerFault(nameIn(value));

/** The name of a header and a value, which may be nothing. */
export const headerAndValue: Check<string> = (value) => pair(value) ?? headerFault(nameIn(value));

/** The names of two headers: `old:new`. */
export const twoHeaders: Check<string> = (value) =>
  headerAndValue(value) ?? headerFault(value.replace(/^[^:]+:+/, ''));

function nameIn(value: string): string {
  return value.replace(/:.*$/s, '');
}

function headerFault(name: string): string | undefined {
  const must = name === '' ? 'have one' : checks.headerName(name);
  return must === undefined ? undefined : 'name a header, which consists of letters, digits, “-” and “_”';
}
