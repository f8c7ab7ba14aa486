import type { Problem } from '../../../foundation/kernel/refusal.js';
import type { Origin } from '../draft.js';
import type { Document, Kind } from '../kind.js';
import type { Warning } from '../warning.js';

/** One text to import, with what to call it in messages. */
export interface NamedDocument {
  readonly name: string;
  readonly content: string;
}

/** What declarative files ask for together, as far as the files alone can tell. */
export interface Declaration {
  /** In the order of the files; what is nested comes after what it is nested in. */
  readonly entities: readonly FileEntity[];
  /** The tags of everything that the files are about; without any, they are about the whole group. */
  readonly selectTags: readonly string[];
  /** By which tags entities of others are known that the files may refer to, by kind. */
  readonly lookupTags: ReadonlyMap<Kind, readonly string[]>;
  /** What was read over. */
  readonly warnings: readonly Warning[];
  /** What is wrong with the files by themselves. With problems, the entities are there in part. */
  readonly problems: readonly Problem[];
  /** Where the part at this path stands, or the innermost part around it if there is no such. */
  readonly placeOf: (path: readonly string[]) => Place;
}

/** One entity of a file, wherever in the file it stood. */
export interface FileEntity {
  readonly kind: Kind;
  /** In lower case; absent where the file leaves it to us. */
  readonly id?: string | undefined;
  /** Where it stands in the input: the root of its file, `services`, `3`, `routes`, `0`. */
  readonly origin: Origin;
  /** What it is to be, in its one form, but for its references. */
  readonly document: Document;
  /** True where neither a hidden secret nor something to be generated is open in it. */
  readonly isClosed: boolean;
  readonly links: readonly Link[];
}

/** A reference: to another entity of the files, or to the id or name of one that must be in the group. */
export interface Link {
  readonly field: string;
  readonly to: FileEntity | string;
}

/** A place in one of the files, as editors count: lines and columns from 1. */
export interface Place {
  /** Which of the files it is, from 0. */
  readonly file: number;
  readonly fileName: string;
  readonly line: number;
  readonly column: number;
}

/** The input of the import that holds the files. */
export const documentsInput = 'documents';

const rootSteps = 3;

/** Where the text of a file stands in the input: every path into the file begins so. */
export function rootOf(file: number): Origin {
  return [documentsInput, String(file), 'content'];
}

/** Which file a path leads into; nothing if it leads elsewhere. */
export function fileOf(path: readonly string[]): number | undefined {
  return path[0] === documentsInput && path.length >= rootSteps ? Number(path[1]) : undefined;
}

/** The part of a path that is within its file. */
export function withinFile(path: readonly string[]): readonly string[] {
  return path.slice(rootSteps);
}
