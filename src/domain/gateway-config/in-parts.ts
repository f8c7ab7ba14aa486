import type { ConfigEntity } from './config-entity.js';

/** How much one part of a snapshot carries. */
export interface PartLimits {
  readonly items: number;
  /** The sum of their sizes. */
  readonly size: number;
}

const usual: PartLimits = { items: 500, size: 1024 * 1024 };

/**
 * Items in parts, in their order: as many in each as the limits allow, and one that is too large for any by itself. At least
 * one part, even if it is empty.
 */
export function inParts<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  limits = usual,
): (readonly Item[])[] {
  let part: Item[] = [];
  let size = 0;
  const parts = [part];
  for (const item of items) {
    const own = sizeOf(item);
    const isFull = part.length === limits.items || size + own > limits.size;
    if (isFull && part.length > 0) {
      part = [];
      size = 0;
      parts.push(part);
    }
    part.push(item);
    size += own;
  }
  return parts;
}

/** The parts in which a configuration is told. */
export function configurationParts(entities: readonly ConfigEntity[]): (readonly ConfigEntity[])[] {
  return inParts(entities, ({ document }) => JSON.stringify(document).length);
}
