import { referenceIn, type FieldType } from './field.js';

/** The name that a field has in GraphQL: Kong's name in camel case; references are the ids of what they refer to. */
export function schemaName(name: string, type: FieldType): string {
  const camel = camelCase(name);
  if (!referenceIn(type)) return camel;
  return type.is === 'list' ? `${camel.replace(/s$/, '')}Ids` : `${camel}Id`;
}

/** `connect_timeout` as `connectTimeout`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
