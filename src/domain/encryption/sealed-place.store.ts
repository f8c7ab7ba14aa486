import type { Json } from '../../foundation/kernel/json.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { composedStatement, statement } from '../../foundation/postgres/statement.js';
import type { SealedPlace, SealedRow } from './sealed-place.js';

/** The next rows with sealed secrets after an id. */
export function readSealedRows(
  reader: Reader,
  { table, column, owner }: SealedPlace,
  after: string,
): Promise<SealedRow[]> {
  const columns = ['id', ...owner].join(', ');
  const text = `select ${columns}, to_jsonb(${column}) as content from ${table}
    where id > $1 and strpos(${column}::text, 'sealed:v1:') > 0 order by id limit 200`;
  return reader.rows<SealedRow>(composedStatement('encryption.sealed', text), [after]);
}

/** Stores a row's content in another form, unless it was written in the meantime; answers how many were stored. */
export async function replaceContent(
  reader: Reader,
  { table, column, type }: SealedPlace,
  { id, content }: SealedRow,
  other: Json,
): Promise<number> {
  const value = type === 'text' ? `$3::jsonb #>> '{}'` : '$3::jsonb';
  const text = `update ${table} set ${column} = ${value}
    where id = $1 and to_jsonb(${column}) = $2::jsonb returning id`;
  const values = [id, JSON.stringify(content), JSON.stringify(other)];
  return (await reader.rows(composedStatement('encryption.replace', text), values)).length;
}

/** How many rows of a place have secrets that are sealed with a data key. */
export async function countRowsWithKey(
  reader: Reader,
  { table, column }: SealedPlace,
  keyId: string,
): Promise<number> {
  const text = `select count(*)::int from ${table} where strpos(${column}::text, 'sealed:v1:' || $1::text) > 0`;
  const [row] = await reader.rows<{ count: number }>(composedStatement('encryption.uses', text), [keyId]);
  return row?.count ?? 0;
}

const events = statement(
  'encryption.events',
  `select count(*)::int from stream_event where strpos(concat(before, after), 'sealed:v1:' || $1::text) > 0`,
);

/** How many events of the history, which is never written anew, have secrets that are sealed with a data key. */
export async function countEventsWithKey(reader: Reader, keyId: string): Promise<number> {
  const [row] = await reader.rows<{ count: number }>(events, [keyId]);
  return row?.count ?? 0;
}
