import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's directory; every path of the build is relative to it. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** All files below a directory, sorted, relative to the project; none if there is no such directory. */
export function filesBelow(directory) {
  return entriesOf(directory)
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort();
}

/** All directories below a directory, the deepest first. */
export function directoriesBelow(directory) {
  return entriesOf(directory)
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length))
    .sort()
    .reverse();
}

function entriesOf(directory) {
  try {
    return readdirSync(join(root, directory), { recursive: true, withFileTypes: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
    return [];
  }
}
