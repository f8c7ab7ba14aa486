import { kindNamed } from '../kinds/index.js';

/** Something about an entity, with the array of declarative files that entities of its kind stand in. */
export function withCollection<About extends { readonly kind: string }>(
  about: About,
): About & { readonly collection: string } {
  return { ...about, collection: kindNamed(about.kind).collection };
}
