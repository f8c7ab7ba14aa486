import type { Json } from '../../../../foundation/kernel/json.js';

/** A value that stands somewhere in a text, and the offset behind it. */
export interface Found<Value> {
  readonly value: Value;
  readonly end: number;
}

/**
 * What text without quotes stands for, by the core schema of YAML 1.2: null, a boolean, a number, or itself. Nothing if
 * only a full reader of YAML can tell.
 */
export function plainValue(text: string): Json | undefined {
  if (number.test(text)) return Number(text);
  if (rare.test(text)) return undefined;
  const word = words.get(text);
  return word === undefined ? text : word;
}

/** The quoted text that begins at this offset. Nothing if it goes on beyond the line, or is escaped in a rare way. */
export function quotedAt(text: string, at: number): Found<string> | undefined {
  const pattern = text.startsWith("'", at) ? singleQuoted : doubleQuoted;
  pattern.lastIndex = at;
  const [token] = pattern.exec(text) ?? [];
  if (token === undefined) return undefined;
  const value = token.startsWith("'") ? token.slice(1, -1).replaceAll("''", "'") : unescaped(token);
  return value === undefined ? undefined : { value, end: at + token.length };
}

const number = /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/;

/** Numbers in other notations, and what begins or goes on like something that is not plain text. */
const rare =
  /^[-+]?\.(?:inf|nan)$|^0[ox]|^(?:[-?:](?:\s|$)|[,[\]{}#&*!|>'"%@`])|:(?:\s|$)|\s#|[\t\ufeff]|^(?:---|\.\.\.)/i;

const words = new Map<string, Json>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, false] as const),
]);

// Repetitions have an end, because regular expressions run on a stack that has one.
const singleQuoted = /'[^'\n]*(?:''[^'\n]*){0,99999}'/y;
const doubleQuoted = /"[^"\\\n]*(?:\\.[^"\\\n]*){0,99999}"/y;

/** The escapes of JSON mean the same in YAML, which has more. */
function unescaped(token: string): string | undefined {
  if (!token.includes('\\')) return token.includes('\t') ? undefined : token.slice(1, -1);
  if (!jsonText.test(token)) return undefined;
  return JSON.parse(token) as string;
}

const jsonText = /^"[^"\\\p{Cc}]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\p{Cc}]*){0,99999}"$/u;
