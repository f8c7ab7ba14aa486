import type { StreamHead, StreamKey } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { emptyHead, findHashAt, findHead, readExtents, streamName } from '../event-log/index.js';

/** Where to begin without a cursor: with the oldest change that is kept, or with the next one. */
export type Beginning = 'START' | 'NOW';

/** The place in an order to begin at: what comes after it is told. */
export async function beginningOf(reader: Reader, stream: StreamKey, from: Beginning): Promise<StreamHead> {
  if (from === 'NOW') return (await findHead(reader, stream)) ?? emptyHead;
  const extent = (await readExtents(reader, [{ stream, known: 0 }])).get(streamName(stream));
  const revision = extent?.floor ?? 0;
  const hash = (await findHashAt(reader, stream, revision)) ?? emptyHead.hash;
  return { ...emptyHead, revision, hash };
}
