import { stringify } from 'yaml';
import type { Json } from '../../../foundation/kernel/json.js';
import type { ServiceDoesFragment, ServiceImplementationInput } from '../../sdk/generated.js';
import type { CliContext } from '../context.js';
import { readObject } from './read-object.js';

/** What stands in files that say what a service does. */
export const fileOfImplementation =
  'a YAML or JSON file with settings, routes and plugins; - is the standard input';

/** Reads what a service is to do. */
export function readImplementation(
  file: string,
  { environment }: CliContext,
): Promise<ServiceImplementationInput> {
  return readObject<ServiceImplementationInput>(file, environment);
}

/** What a service does, as a file that can be given back: without what is left open. */
export function implementationText(implementation: ServiceDoesFragment): string {
  return stringify(withoutNulls(implementation)).trimEnd();
}

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const known = Object.entries(value).filter(([, each]) => each !== null);
  return Object.fromEntries(known.map(([name, each]) => [name, withoutNulls(each)]));
}
