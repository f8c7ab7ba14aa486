import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SignalboxError } from '../sdk/error.js';
import { replaceFile, sweepLeftovers } from './durable-file.js';

/** Who an agent is to the server. It holds a secret. */
export interface Identity {
  readonly runtimeInstanceId: string;
  readonly token: string;
  /** The group as it was named at the enrolment. */
  readonly group: string;
}

/** The identity that is kept in a directory. */
export interface IdentityFile {
  read(): Promise<Identity | undefined>;
  write(identity: Identity): Promise<void>;
  remove(): Promise<void>;
}

/** The file of an identity: readable by its owner only. */
export function identityIn(directory: string): IdentityFile {
  const path = join(directory, 'identity.json');
  return {
    read: async () => {
      await sweepLeftovers(path);
      const text = await readFile(path, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parseIdentity(text, path);
    },
    write: (identity) => replaceFile(path, `${JSON.stringify(identity, null, 2)}\n`, 0o600),
    remove: () => rm(path, { force: true }),
  };
}

function parseIdentity(text: string, path: string): Identity {
  try {
    const identity = JSON.parse(text) as Identity;
    if (identity.runtimeInstanceId && identity.token) return identity;
  } catch {
    // Said below, like any other content that is not an identity.
  }
  throw new SignalboxError({
    code: 'IDENTITY_UNREADABLE',
    message: `${path} is not the identity of an instance.`,
    retryable: false,
    hint: 'Remove the file to enrol this agent anew.',
  });
}
