import type { Json } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import type { Origin } from '../draft.js';
import { environmentUnresolved } from './import.refusals.js';

/** The texts in which something of the sender's environment is still to be filled in, as decK has it. */
export function findEnvironment(text: string, value: Json, root: Origin): readonly Problem[] {
  return text.includes('${{') ? expressionsIn(value, root) : [];
}

const expression = /\$\{\{\s*env\b[^}]*\}\}/;

function expressionsIn(value: Json, path: readonly string[]): readonly Problem[] {
  if (typeof value === 'string') {
    const [found] = expression.exec(value) ?? [];
    return found === undefined ? [] : [environmentUnresolved.problem({ expression: found }, path)];
  }
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, part]) => expressionsIn(part, [...path, key]));
}
