import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { SignalboxError } from '../../sdk/error.js';
import type { Environment } from '../environment.js';
import { substituteEnvironment } from './substitute.js';

/** One declarative file, as it is sent. */
export interface NamedDocument {
  readonly name: string;
  readonly content: string;
}

/** What stands for the standard input among files. */
const standardInput = '-';

/**
 * Reads files, all YAML and JSON in folders, and the standard input, and fills in what they ask the environment for.
 * Refuses with everything that is in the way.
 */
export async function readFiles(
  places: readonly string[],
  { variables }: Environment,
): Promise<readonly NamedDocument[]> {
  if (new Set(places).size < places.length) throw failure('The same file is named twice. Name it once.');
  const files = (await Promise.all(places.map(filesAt))).flat();
  const read = await Promise.all(
    files.map(async (file) => ({
      name: file === standardInput ? 'stdin' : file,
      content: await readText(file),
    })),
  );
  const filled = read.map(({ name, content }) => ({
    name,
    ...substituteEnvironment(content, name, variables),
  }));
  const [first, ...rest] = filled.flatMap(({ problems }) => problems);
  if (first !== undefined) throw failure(first, rest);
  return filled.map(({ name, content }) => ({ name, content }));
}

async function filesAt(place: string): Promise<readonly string[]> {
  if (place === standardInput || !(await isFolder(place))) return [place];
  const entries = await readdir(place, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && /\.(?:ya?ml|json)$/i.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  if (names.length === 0) throw failure(`There is no .yaml, .yml or .json file in the folder ${place}.`);
  return names.sort();
}

async function isFolder(place: string): Promise<boolean> {
  return (await stat(place).catch((error: unknown) => unreadable(place, error))).isDirectory();
}

async function readText(name: string): Promise<string> {
  if (name === standardInput) return text(process.stdin);
  return readFile(name, 'utf8').catch((error: unknown) => unreadable(name, error));
}

function unreadable(name: string, error: unknown): never {
  const why =
    (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
  throw failure(`Cannot read ${name}: ${why}.`);
}

function failure(message: string, others: readonly string[] = []): SignalboxError {
  const code = 'FILE_UNREADABLE';
  const problems = [message, ...others].map((each) => ({ code, message: each, path: [] }));
  return new SignalboxError({ code, message, retryable: false, problems });
}
