import type { Reader } from './database.js';
import type { Statement } from './statement.js';

/**
 * The rows of a statement, so many at a time: what has not been asked for stays with the server. Only within a transaction,
 * on whose reader nothing else of this name may be under way. Plans on an estimate of few rows do not become slow by many.
 */
export async function* inBatches<Row>(
  reader: Reader,
  { name, text }: Statement,
  { values, size }: { readonly values: readonly unknown[]; readonly size: number },
): AsyncGenerator<readonly Row[], void> {
  for (const setting of settings) await reader.rows(setting);
  const cursor = `"${name}"`;
  await reader.rows({ name: `${name}.open`, text: `declare ${cursor} no scroll cursor for ${text}` }, values);
  const next = { name: `${name}.${size}`, text: `fetch ${size} from ${cursor}` };
  for (;;) {
    const rows = await reader.rows<Row>(next);
    if (rows.length > 0) yield rows;
    if (rows.length < size) break;
  }
  await reader.rows({ name: `${name}.close`, text: `close ${cursor}` });
}

/** All rows will be read; and where statistics are old, loops over what seems to be one row would never end. */
const settings: readonly Statement[] = [
  { name: 'postgres.whole_cursors', text: 'set local cursor_tuple_fraction = 1' },
  { name: 'postgres.no_loops', text: 'set local enable_nestloop = off' },
];
