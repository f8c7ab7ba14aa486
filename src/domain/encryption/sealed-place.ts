import type { Json } from '../../foundation/kernel/json.js';
import type { Keyring } from '../../foundation/secrets/keyring.js';

/** A column in which secrets are stored, sealed. */
export interface SealedPlace<Column extends string = string> {
  readonly table: string;
  readonly column: string;
  readonly type: 'jsonb' | 'text';
  /** What rows of it are called, for people: `entities`. */
  readonly plural: string;
  /** The other columns that say whose the secrets are. */
  readonly owner: readonly Column[];
  /** The content with the secrets in it sealed by the newest data key; those that are already, stay as they are. */
  readonly reseal: (secrets: Keyring, row: SealedRow<Column>) => Json;
}

export type SealedRow<Column extends string = string> = Readonly<Record<Column, string>> & {
  readonly id: string;
  readonly content: Json;
};
