import { memberDigest } from '../../foundation/kernel/set-hash.js';
import type { Document } from './kind.js';
import { kindNamed } from './kinds/index.js';
import { redacted } from './secrets.js';

/** Something outside of the configuration that has made entities of it, and alone changes them. */
export interface Owner {
  readonly id: string;
  /** For people: `version 2.1.0 of service payments`. */
  readonly name: string;
}

/** One entity of a group's configuration, as it is stored. */
export interface ConfigEntity {
  readonly id: string;
  readonly runtimeGroupId: string;
  /** The name of its kind: `route`. */
  readonly kind: string;
  readonly document: Document;
  /** Whose it is, where it was not made by itself. */
  readonly owner: Owner | null;
  /** What it adds to the hash of the group's state. */
  readonly digest: Buffer;
  /** The revision that made it, and the one that last changed it. */
  readonly createdRevision: number;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** An entity as it is to be: what a change makes of it, before it is stored. */
export interface EntityDraft {
  readonly id: string;
  readonly kind: string;
  readonly document: Document;
}

/**
 * What one entity adds to its group's state hash: it depends on the kind, the id, and the content as it is
 * shown, and on nothing else. Whoever has the canonical text of the document may give it.
 */
export function digestOf({ id, kind, document }: EntityDraft, text?: string): Buffer {
  const shown = redacted(kindNamed(kind), document);
  return memberDigest(kind, id, shown, shown === document ? text : undefined);
}
