import { parse } from 'yaml';
import { SignalboxError } from '../../sdk/error.js';
import type { Environment } from '../environment.js';
import { readFiles } from '../files/read-files.js';

/**
 * What a YAML or JSON file says, or the standard input for `-`. That it is an object is checked here, and by the server
 * what is in it.
 */
export async function readObject<Input extends object>(
  file: string,
  environment: Environment,
): Promise<Input> {
  const [document] = await readFiles([file], environment);
  const value = parsed(file, document?.content ?? '');
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Input;
  throw unusable(`${file} has to be an object with fields as the GraphQL schema names them.`);
}

function parsed(file: string, content: string): unknown {
  try {
    return parse(content);
  } catch (error) {
    throw unusable(`${file} is neither YAML nor JSON: ${(error as Error).message.trim()}`);
  }
}

function unusable(message: string): SignalboxError {
  return new SignalboxError({ code: 'FILE_UNUSABLE', message, retryable: false });
}
