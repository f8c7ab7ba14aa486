import { InputType, type ClassType } from 'type-graphql';
import type { Filter } from '../postgres/list-filter.js';
import { addField, generatedClass, oncePerName } from './generated-class.js';

/** A field that a list can be filtered by: what may be asked of it, and what it is. */
export interface FilterField {
  /** `() => StringFilter`, … */
  readonly filter: () => ClassType;
  readonly description: string;
}

/**
 * The class behind `<typeName>Filter`, made at the first call: the fields, and `and`, `or`, `not`. The fields are to have
 * the names of the list's columns. As for all generated classes, the first call is to come before the schema is built.
 */
export const filterInputFor: (typeName: string, fields: Readonly<Record<string, FilterField>>) => ClassType =
  oncePerName(makeFilterInput);

/** What a filter input asks, for the lister. Null and absent parts ask nothing; nothing asked is no filter. */
export function toFilter(input: object | null | undefined): Filter | undefined {
  if (input === null || input === undefined) return undefined;
  const filter = withoutNulls(input) as Filter;
  return Object.keys(filter).length === 0 ? undefined : filter;
}

function makeFilterInput(typeName: string, fields: Readonly<Record<string, FilterField>>): ClassType {
  const name = `${typeName}Filter`;
  const input = generatedClass(name);
  for (const [field, { filter, description }] of Object.entries(fields)) {
    if (field in connectives) throw new Error(`${name} cannot have a field of the name ${field}.`);
    const type = filter();
    addField(input, field, { type: () => type, nullable: true, description });
  }
  for (const [connective, description] of Object.entries(connectives)) {
    const isList = connective !== 'not';
    addField(input, connective, { type: () => input, isList, nullable: true, description });
  }
  const description = `Which items of a list of \`${typeName}\` are meant: those for which everything holds that is given. Null means no condition.`;
  InputType(name, { description })(input);
  return input;
}

const connectives = {
  and: 'All of these hold.',
  or: 'At least one of these holds. None given: nothing is meant.',
  not: 'This does not hold.',
};

/** Values stay as they are; what holds them becomes plain. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null && member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}
