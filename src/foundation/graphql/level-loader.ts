import DataLoader from 'dataloader';
import { canonicalJson, type Json } from '../kernel/json.js';

/** The loaders of each operation, by what its resolvers are handed. Streams of which nothing is loaded have none. */
const loadersOf = new WeakMap<object, Map<string, unknown>>();

/**
 * Gathers what the fields of one level ask for, so that all parents cost one call of `load`, which answers in the order
 * of the ids. There is one loader for each context and key; the `load` of the first call counts. Each id is asked for
 * once. Nothing is kept after a call: what a later level or event asks for is read anew.
 */
export function levelLoader<Page>(
  context: object,
  key: string,
  load: (parentIds: readonly string[]) => Promise<readonly Page[]>,
): DataLoader<string, Page> {
  const loaders = loadersOf.get(context) ?? new Map<string, unknown>();
  const known = loaders.get(key) as DataLoader<string, Page> | undefined;
  if (known) return known;
  const loader = new DataLoader<string, Page>((ids) => {
    loader.clearAll();
    return load(ids);
  });
  loadersOf.set(context, loaders.set(key, loader));
  return loader;
}

/** As `levelLoader`, for things by their own id. `load` answers in any order, without those that there are not: they are null. */
export function byIdLoader<Row extends { readonly id: string }>(
  context: object,
  key: string,
  load: (ids: readonly string[]) => Promise<readonly Row[]>,
): DataLoader<string, Row | null> {
  return levelLoader(context, key, async (ids) => {
    const rows = new Map((await load(ids)).map((row) => [row.id, row]));
    return ids.map((id) => rows.get(id) ?? null);
  });
}

/** The key of an edge with its arguments: equal arguments give equal keys, whatever order they were given in. */
export function levelKey(edge: string, args: object): string {
  // What is only alike as JSON (a date, an absent member) must be made so first.
  return `${edge} ${canonicalJson(JSON.parse(JSON.stringify(args)) as Json)}`;
}
