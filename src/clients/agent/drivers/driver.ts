import type { Edition } from '../../../foundation/declarative/edition.js';
import type { Configuration } from '../configuration.js';

/** What a person chose for a driver. */
export interface DriverSettings {
  /** Where the configuration goes. */
  readonly out: string;
  /** What the gateway is. */
  readonly edition: Edition;
}

/** Puts configurations in place for one gateway. */
export interface Driver {
  /**
   * Puts a configuration in place of the one before. Rejects, with a sentence for the operator, if the gateway does not
   * take it; the one before is then still in place. Applying the same one again changes nothing. Called once at a time.
   */
  apply(configuration: Configuration): Promise<void>;
}

/** A sort of driver. */
export interface DriverKind {
  readonly name: string;
  readonly description: string;
  open(settings: DriverSettings): Promise<Driver>;
}
