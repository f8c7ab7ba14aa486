import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../../foundation/kernel/id.js';
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
  /** What an identity is asked for under, until it is written: a process that was killed meanwhile asks for the same again. */
  enrolmentKey(): Promise<string>;
  write(identity: Identity): Promise<void>;
  /** Removes it, and the key that it was asked for under. */
  remove(): Promise<void>;
}

/** The file of an identity: readable by its owner only. */
export function identityIn(directory: string): IdentityFile {
  const path = join(directory, 'identity.json');
  const keyPath = join(directory, 'enrolment-key');
  return {
    read: async () => {
      await sweepLeftovers(path);
      const text = await readFile(path, 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parseIdentity(text, path);
    },
    enrolmentKey: async () => {
      const kept = await readFile(keyPath, 'utf8').catch(() => '');
      if (kept !== '') return kept;
      const key = newId();
      await replaceFile(keyPath, key, 0o600);
      return key;
    },
    write: async (identity) => {
      await replaceFile(path, `${JSON.stringify(identity, null, 2)}\n`, 0o600);
      await rm(keyPath, { force: true });
    },
    remove: async () => {
      for (const each of [path, keyPath]) await rm(each, { force: true });
    },
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
