import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Json } from '../../foundation/kernel/json.js';
import { fromSnapshot, type Configuration, type Entity, type EntityState } from './configuration.js';
import { moveDurably, replaceFile, sweepLeftovers } from './durable-file.js';

/**
 * The configuration that an agent keeps on disk, with its cursor, in two files: the one that is in place, and, while one
 * is being put in place, that one. It is written before the driver gets it and takes the place of the other afterwards;
 * so the cursor in place never names something that the driver did not get, and after a crash in between there is
 * enough to finish.
 */
export interface KeptConfiguration {
  /** What was in place, or was being put in place, when the last process ended; nothing for a file that is not whole. */
  load(): Promise<{ readonly current: Configuration | undefined; readonly next: Configuration | undefined }>;
  /** Writes down what is about to be put in place. */
  prepare(configuration: Configuration): Promise<void>;
  /** What was prepared is in place. */
  commit(): Promise<void>;
  /** What was prepared could not be put in place. */
  discard(): Promise<void>;
}

/** The configuration kept in a directory. */
export function keptIn(directory: string): KeptConfiguration {
  const current = join(directory, 'configuration.jsonl');
  const next = join(directory, 'configuration.next.jsonl');
  return {
    load: async () => {
      await sweepLeftovers(next);
      return { current: await readKept(current), next: await readKept(next) };
    },
    prepare: (configuration) => replaceFile(next, textOf(configuration), 0o600),
    commit: () => moveDurably(next, current),
    discard: () => rm(next, { force: true }),
  };
}

/** The first line of the file; the others are one entity each. */
interface Heading {
  readonly format: number;
  readonly cursor: string;
  readonly revision: number;
  readonly stateHash: string;
  readonly collections: readonly string[];
}

const format = 2;

const lines = new WeakMap<Entity, string>();

function textOf({ cursor, revision, stateHash, collections, entities }: Configuration): string {
  const heading: Heading = { format, cursor, revision, stateHash, collections };
  return [`${JSON.stringify(heading)}\n`, ...[...entities.values()].map(lineOf)].join('');
}

/** The text of an entity is kept with it, so that writing a configuration again costs what changed. */
function lineOf(entity: Entity): string {
  const known = lines.get(entity);
  if (known !== undefined) return known;
  const { kind, collection, id, document, secrets } = entity;
  const line = `${JSON.stringify({ kind, collection, id, document, secrets })}\n`;
  lines.set(entity, line);
  return line;
}

/** A file counts only if its entities add up to its hash. */
async function readKept(path: string): Promise<Configuration | undefined> {
  const text = await readFile(path, 'utf8').catch(() => '');
  try {
    const [heading, ...entities] = text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Json);
    return toConfiguration(heading as unknown as Heading, entities as unknown as readonly EntityState[]);
  } catch {
    return undefined;
  }
}

function toConfiguration(heading: Heading, entities: readonly EntityState[]): Configuration | undefined {
  if (heading.format !== format) return undefined;
  const { cursor, revision, collections, stateHash } = heading;
  const configuration = fromSnapshot([{ cursor, revision, entities }], collections);
  return configuration.stateHash === stateHash ? configuration : undefined;
}
