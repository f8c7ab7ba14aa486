import { InputType, type ClassType } from 'type-graphql';
import type { Comparison } from '../postgres/list-operators.js';
import { addField, generatedClass } from './generated-class.js';

type OperatorName = keyof Comparison;

/** An input type with conditions on one field. */
export interface ComparisonInput {
  readonly name: string;
  /** The type of the values that the field is compared with. */
  readonly of: () => object;
  readonly description: string;
  readonly operators: readonly OperatorName[];
}

/** Makes the class behind an input type, with one field for each operator that it has. */
export function comparisonInput({ name, of, description, operators }: ComparisonInput): ClassType {
  const input = generatedClass(name);
  for (const operator of operators) {
    addField(input, operator, {
      type: operator === 'isNull' ? () => Boolean : of,
      isList: listOperators.has(operator),
      nullable: true,
      description: operatorDescriptions[operator],
    });
  }
  InputType(name, { description })(input);
  return input;
}

const listOperators: ReadonlySet<OperatorName> = new Set<OperatorName>(['in', 'hasAll', 'hasAny']);

const operatorDescriptions: Readonly<Record<OperatorName, string>> = {
  eq: 'Is equal to this.',
  ne: 'Is not equal to this; also holds where there is no value.',
  in: 'Is equal to one of these.',
  contains: 'Contains this, in capital or small letters.',
  startsWith: 'Begins with this, in capital or small letters.',
  lt: 'Is less than this, or earlier.',
  lte: 'Is this, or less, or earlier.',
  gt: 'Is greater than this, or later.',
  gte: 'Is this, or greater, or later.',
  isNull: 'True: has no value. False: has one.',
  hasAll: 'Has every one of these, and perhaps others.',
  hasAny: 'Has at least one of these.',
};
