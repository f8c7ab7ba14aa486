import type { Variables } from '../kit/client.js';
import type { Entity } from '../kit/seed.js';

/** What tests that are the same for every kind of entity know of one. */
export interface KindCase {
  readonly typeName: string;
  /** The field of a payload that holds it. */
  readonly field: string;
  /** The list of a runtime group that it is in. */
  readonly list: string;
  /** The least that it can be made of. */
  minimal(given: Given): Variables;
  /** What it is then, without what was given: the defaults. */
  readonly defaults: Variables;
  /** All that can be set, with other values than the defaults. */
  full(given: Given): Variables;
  /** What of it is never shown. */
  readonly secrets?: readonly string[];
  /** How to ask for all of that. */
  readonly selection: string;
  /** A change, and what must be there after it. */
  readonly change: Variables;
}

/** What was made before, for references. */
export interface Given {
  readonly service: Entity;
  readonly route: Entity;
  readonly upstream: Entity;
  readonly consumer: Entity;
  readonly consumerGroup: Entity;
  readonly certificate: Entity;
  readonly caCertificate: Entity;
  readonly keySet: Entity;
}
