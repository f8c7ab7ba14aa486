import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { StartupError } from '../../kernel/startup-error.js';

/**
 * Makes a folder and those above it, and returns its path. Every account can pass through what is made, whatever the
 * umask, but only its owner can list it; what was there stays as it is. Throws a StartupError if it cannot be made or
 * written.
 */
export function makeDirectory(path: string): string {
  try {
    const first = mkdirSync(path, { recursive: true });
    for (let made = path; first !== undefined && made.length >= first.length; made = dirname(made)) {
      chmodSync(made, 0o711);
    }
    accessSync(path, constants.W_OK);
    return path;
  } catch (error) {
    throw new StartupError(
      `The folder ${path}, which the embedded PostgreSQL needs, cannot be made or written: ${(error as Error).message}.`,
      'Choose a data folder that this account may write, or set DATABASE_URL to a PostgreSQL that is running.',
      error,
    );
  }
}
