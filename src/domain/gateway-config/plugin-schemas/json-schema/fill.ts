import type { Json, JsonObject } from '../../../../foundation/kernel/json.js';
import { isObject } from '../../reading.js';
import { spentOn, spend, type Labour } from './labour.js';
import { memberOf } from './values.js';

/**
 * The value with the defaults of the schema where it has nothing, along `properties` and `items`. What stands under a
 * reference or in a combination of schemas fills nothing. Idempotent. Throws EffortSpent if it
 * takes too long.
 */
export function filled(labour: Labour, schema: Json, value: Json): Json {
  if (!isObject(schema)) return value;
  const { items, properties } = schema;
  const within = spentOn(labour);
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    return items === undefined ? list : list.map((each) => filled(within, items, each));
  }
  return isObject(value) && isObject(properties) ? withMembers(within, properties, value) : value;
}

function withMembers(labour: Labour, properties: JsonObject, value: JsonObject): JsonObject {
  spend(labour, Object.keys(properties).length);
  const members = Object.entries(properties).flatMap(([name, schema]): [string, Json][] => {
    const given = memberOf(value, name) ?? (isObject(schema) ? memberOf(schema, 'default') : undefined);
    return given === undefined ? [] : [[name, filled(labour, schema, given)]];
  });
  return { ...value, ...Object.fromEntries(members) };
}

/** The places of the secrets in values of a schema: those that `properties` alone lead to. */
export function secretPaths(schema: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (!isObject(schema)) return [];
  if (schema['writeOnly'] === true) return [path];
  const { properties } = schema;
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, each]) => secretPaths(each, [...path, name]));
}
