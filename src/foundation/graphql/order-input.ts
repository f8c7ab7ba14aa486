import { InputType, registerEnumType, type ClassType } from 'type-graphql';
import type { Direction, OrderTerm } from '../postgres/keyset.js';
import { addField, generatedClass, oncePerName } from './generated-class.js';

/** The two directions of an order, as the schema has them. */
export const OrderDirection: Readonly<Record<Direction, Direction>> = { ASC: 'ASC', DESC: 'DESC' };

registerEnumType(OrderDirection, {
  name: 'OrderDirection',
  description: 'A direction of an order. Items without a value come last in both.',
  valuesConfig: {
    ASC: { description: 'From small to great, from early to late, from A to Z.' },
    DESC: { description: 'From great to small, from late to early, from Z to A.' },
  },
});

/**
 * The class behind `<typeName>Order`, made at the first call together with the enumeration `<typeName>OrderField`. Takes
 * descriptions by the names of the list's columns: `createdAt` becomes the value `CREATED_AT`.
 */
export const orderInputFor: (
  typeName: string,
  fields: Readonly<Record<string, string>>,
) => ClassType<OrderTerm> = oncePerName(makeOrderInput);

function makeOrderInput(typeName: string, fields: Readonly<Record<string, string>>): ClassType<OrderTerm> {
  const name = `${typeName}Order`;
  const fieldEnum = makeFieldEnum(typeName, fields);
  const input = generatedClass<OrderTerm>(name);
  addField(input, 'field', { type: () => fieldEnum, description: 'What to order by.' });
  addField(input, 'direction', {
    type: () => OrderDirection,
    defaultValue: 'ASC',
    description: 'In which direction.',
  });
  InputType(name, { description: `An order of a list of \`${typeName}\`.` })(input);
  return input;
}

function makeFieldEnum(typeName: string, fields: Readonly<Record<string, string>>): object {
  const entries = Object.entries(fields).map(
    ([field, description]) => [constantCase(field), field, description] as const,
  );
  const values: Readonly<Record<string, string>> = Object.fromEntries(
    entries.map(([value, field]) => [value, field] as const),
  );
  registerEnumType(values, {
    name: `${typeName}OrderField`,
    description: `What a list of \`${typeName}\` can be ordered by.`,
    valuesConfig: Object.fromEntries(entries.map(([value, , description]) => [value, { description }])),
  });
  return values;
}

function constantCase(name: string): string {
  return name.replace(/[A-Z]/g, '_$&').toUpperCase();
}
