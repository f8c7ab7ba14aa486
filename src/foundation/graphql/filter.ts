import { Float, ID, InputType, Int, type ClassType } from 'type-graphql';
import { comparisonInput } from './comparison-input.js';
import { addField, generatedClass, oncePerName } from './generated-class.js';
import { GraphQLDateTimeISO } from './scalars.js';

/** What may be asked of a text field. */
export const StringFilter = comparisonInput({
  name: 'StringFilter',
  of: () => String,
  description: 'Conditions on a text; all that are given must hold. Null means no condition.',
  operators: ['eq', 'ne', 'in', 'contains', 'startsWith', 'isNull'],
});

/** What may be asked of a field that holds whole numbers. */
export const IntegerFilter = comparisonInput({
  name: 'IntegerFilter',
  of: () => Int,
  description: 'Conditions on a whole number; all that are given must hold. Null means no condition.',
  operators: ['eq', 'ne', 'in', 'lt', 'lte', 'gt', 'gte', 'isNull'],
});

/** What may be asked of a field that holds numbers. */
export const NumberFilter = comparisonInput({
  name: 'NumberFilter',
  of: () => Float,
  description: 'Conditions on a number; all that are given must hold. Null means no condition.',
  operators: ['eq', 'ne', 'in', 'lt', 'lte', 'gt', 'gte', 'isNull'],
});

/** What may be asked of a field that is true or false. */
export const BooleanFilter = comparisonInput({
  name: 'BooleanFilter',
  of: () => Boolean,
  description: 'Conditions on what is true or false; all that are given must hold. Null means no condition.',
  operators: ['eq', 'ne', 'isNull'],
});

/** What may be asked of a point in time. */
export const TimestampFilter = comparisonInput({
  name: 'TimestampFilter',
  of: () => GraphQLDateTimeISO,
  description: 'Conditions on a point in time; all that are given must hold. Null means no condition.',
  operators: ['eq', 'ne', 'in', 'lt', 'lte', 'gt', 'gte', 'isNull'],
});

/** What may be asked of an id. */
export const IdFilter = comparisonInput({
  name: 'IdFilter',
  of: () => ID,
  description: 'Conditions on an id; all that are given must hold. Null means no condition.',
  operators: ['eq', 'ne', 'in', 'isNull'],
});

/** What may be asked of a list of texts. */
export const TagsFilter = comparisonInput({
  name: 'TagsFilter',
  of: () => String,
  description: 'Conditions on a list of texts; all that are given must hold. Null means no condition.',
  operators: ['hasAll', 'hasAny', 'isNull'],
});

/** One label to look for. */
export const LabelMatch = labelMatch();

/** What may be asked of labels. */
export const LabelsFilter = comparisonInput({
  name: 'LabelsFilter',
  of: () => LabelMatch,
  description: 'Conditions on labels; all that are given must hold. Null means no condition.',
  operators: ['hasAll', 'hasAny', 'isNull'],
});

/** What may be asked of a field with the values of an enumeration: `<enumName>Filter`, made at the first call. */
export const enumFilter: (enumName: string, values: () => object) => ClassType = oncePerName(
  (enumName, values: () => object) =>
    comparisonInput({
      name: `${enumName}Filter`,
      of: values,
      description: `Conditions on a \`${enumName}\`; all that are given must hold. Null means no condition.`,
      operators: ['eq', 'ne', 'in', 'isNull'],
    }),
);

function labelMatch(): ClassType {
  const input = generatedClass('LabelMatch');
  addField(input, 'key', { type: () => String, description: 'The label.' });
  addField(input, 'value', {
    type: () => String,
    nullable: true,
    description: 'Its value. Any value will do if none is given.',
  });
  InputType('LabelMatch', { description: 'A label to look for.' })(input);
  return input;
}
