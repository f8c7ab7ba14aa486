import type { Problem } from '../../foundation/kernel/refusal.js';
import { labelInvalid } from './runtime-group.refusals.js';

/** What people sort things by: values by keys. */
export type Labels = Readonly<Record<string, string>>;

/** Labels as they are given: a list, in which no key may come twice. */
export type GivenLabels = readonly { readonly key: string; readonly value: string }[];

const labelText = /^[A-Za-z0-9]([A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/;
const maxLabels = 50;

/** What is wrong with labels: keys and values are 1 to 63 letters, digits, and `-._` inside; at most 50, each key once. */
export function labelProblems(given: GivenLabels): Problem[] {
  const bad = given.filter(({ key, value }) => !labelText.test(key) || !labelText.test(value));
  const repeated = new Set(
    given.map(({ key }) => key).filter((key, index, keys) => keys.indexOf(key) < index),
  );
  return [
    ...bad.map(({ key, value }) => labelInvalid.problem({ label: `${key}: ${value}` }, ['labels'])),
    ...[...repeated].map((key) => labelInvalid.problem({ label: key, isRepeated: true }, ['labels'])),
    ...(given.length > maxLabels
      ? [labelInvalid.problem({ label: `${given.length} labels` }, ['labels'])]
      : []),
  ];
}

/** Labels without problems as a map. */
export function labelMap(given: GivenLabels): Labels {
  return Object.fromEntries(given.map(({ key, value }) => [key, value]));
}
