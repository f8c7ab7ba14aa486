import type { Origin } from '../draft.js';
import type { Document, Kind } from '../kind.js';

/** What a declarative file asks for: entities that are right as far as the file alone can tell. */
export interface DeclarativeFile {
  /** What to call the file in messages. */
  readonly name: string;
  /** In the order of the file; what is nested comes after what it is nested in. */
  readonly entities: readonly FileEntity[];
  /** What was read over, in sentences for people. */
  readonly warnings: readonly string[];
  /** Where in the text the part at this path stands, or the innermost part around it if there is no such. */
  readonly placeOf: (path: readonly string[]) => Place;
}

/** One entity of a file, wherever in the file it stood. */
export interface FileEntity {
  readonly kind: Kind;
  /** In lower case; absent where the file leaves it to us. */
  readonly id?: string | undefined;
  /** Where it stands in the input: `document`, `services`, `3`, `routes`, `0`. */
  readonly origin: Origin;
  /** What it is to be, in its one form, but for its references. */
  readonly document: Document;
  readonly links: readonly Link[];
}

/** A reference: to another entity of the file, or to the id or name of one that must be in the group. */
export interface Link {
  readonly field: string;
  readonly to: FileEntity | string;
}

/** A place in a text, as editors count: both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** The input of the import that holds the file: the first step of every path into it. */
export const documentInput = 'document';
