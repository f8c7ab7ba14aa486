import { forEdition, type Edition } from '../../../foundation/declarative/edition.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import type { Reader } from '../../../foundation/postgres/database.js';
import type { EntityDraft } from '../config-entity.js';
import type { Document } from '../kind.js';
import { kindNamed } from '../kinds/index.js';
import { readFlat, readNested, type Placed, type Selection } from './export.store.js';
import { treeContent } from './nested.js';
import type { Entry, Form } from './notation.js';

/** How entities become entries. */
export interface Rendering {
  readonly form: Form;
  /** What the gateway is that a flat file is for; people keep everything. */
  readonly edition: Edition;
  /** What the one who asks sees of an entity. */
  readonly seen: (entity: EntityDraft) => Promise<Document>;
  readonly item: (content: JsonObject) => string;
}

type Batches<Item> = AsyncGenerator<readonly Item[], void>;

/** The entries of a file in their order, in batches, so that no more than one is in memory; of equals, all are. */
export function entriesOf(reader: Reader, selection: Selection, rendering: Rendering): Batches<Entry> {
  const read = rendering.form === 'FLAT' ? flatEntries : nestedEntries;
  return read(reader, selection, rendering);
}

async function* flatEntries(
  reader: Reader,
  selection: Selection,
  { edition, seen, item }: Rendering,
): Batches<Entry> {
  for await (const entities of readFlat(reader, selection)) {
    const shown = await Promise.all(
      entities.map(async (entity) => {
        const { collection } = kindNamed(entity.kind);
        return forEdition(edition, { collection, id: entity.id, document: await seen(entity) });
      }),
    );
    yield shown
      .filter((entity) => entity !== undefined)
      .map(({ collection, id, document }) => ({ collection, text: item({ ...document, id }) }));
  }
}

/**
 * Nothing in the text depends on ids, so that the same configuration gives the same bytes in every group: what is called the
 * same comes in the order of its text. Only what is referred to, has no name, and cannot hold what refers to it, keeps its id.
 */
async function* nestedEntries(reader: Reader, selection: Selection, rendering: Rendering): Batches<Entry> {
  const trees = runsOf(seenBatches(reader, selection, rendering), (a, b) => a.root === b.root);
  const entries = treeEntries(trees, rendering);
  const areEqual = (a: TitledEntry, b: TitledEntry): boolean =>
    a.collection === b.collection && a.title === b.title;
  for await (const equals of runsOf(entries, areEqual)) yield equals.flatMap(byText);
}

async function* seenBatches(reader: Reader, selection: Selection, { seen }: Rendering): Batches<Placed> {
  for await (const batch of readNested(reader, selection)) {
    yield await Promise.all(
      batch.map(async (placed) => ({
        ...placed,
        entity: { ...placed.entity, document: await seen(placed.entity) },
      })),
    );
  }
}

interface TitledEntry extends Entry {
  readonly title: string;
}

async function* treeEntries(batches: Batches<readonly Placed[]>, { item }: Rendering): Batches<TitledEntry> {
  for await (const trees of batches) {
    yield trees.map((tree) => {
      const { root, content } = treeContent(tree);
      return {
        collection: kindNamed(root.entity.kind).collection,
        title: root.title,
        text: item(content),
      };
    });
  }
}

/** What comes one after the other and belongs together, each run whole. */
async function* runsOf<Item>(
  batches: AsyncIterable<readonly Item[]>,
  areTogether: (a: Item, b: Item) => boolean,
): Batches<readonly Item[]> {
  let run: Item[] = [];
  for await (const batch of batches) {
    const whole: (readonly Item[])[] = [];
    for (const item of batch) {
      const [first] = run;
      if (first !== undefined && !areTogether(first, item)) {
        whole.push(run);
        run = [];
      }
      run.push(item);
    }
    yield whole;
  }
  yield run.length === 0 ? [] : [run];
}

function byText(entries: readonly Entry[]): readonly Entry[] {
  return entries.toSorted((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0));
}
