import { once } from 'node:events';
import type { Duplex } from 'node:stream';

/** What a row has in a column. JSON is given as its text. */
export type Cell = string | number | Buffer | null;

/** What the driver hands to a query of ours: the protocol's side of a connection. */
interface CopyConnection {
  readonly stream: Duplex;
  query(text: string): void;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(message: string): void;
}

/**
 * A `COPY … FROM STDIN`, as the driver's client takes it in the place of a query. Rows are taken from their source as the
 * server takes them, so that both work at the same time, and no more than a part of them is in memory as text.
 */
export class CopyIn {
  /** Settles with the statement. */
  readonly done: Promise<void>;
  private settle!: (error?: Error) => void;
  private isOver = false;
  /** What the source of the rows threw, which is why the statement failed. */
  private cause: Error | undefined;

  constructor(
    private readonly text: string,
    private readonly rows: Iterable<readonly Cell[]>,
  ) {
    this.done = new Promise((resolve, reject) => {
      this.settle = (error) => {
        this.isOver = true;
        if (error) reject(error);
        else resolve();
      };
    });
  }

  submit(connection: CopyConnection): void {
    connection.query(this.text);
  }

  handleCopyInResponse(connection: CopyConnection): void {
    void this.send(connection);
  }

  handleCommandComplete(): void {
    // The end is when the connection is ready for the next query.
  }

  handleError(error: Error): void {
    this.settle(this.cause ?? error);
  }

  handleReadyForQuery(): void {
    this.settle();
  }

  private async send(connection: CopyConnection): Promise<void> {
    try {
      for (const chunk of chunksOf(this.rows)) {
        connection.sendCopyFromChunk(chunk);
        await this.taken(connection.stream);
        if (this.isOver) return;
      }
      connection.endCopyFrom();
    } catch (error) {
      this.cause = error as Error;
      connection.sendCopyFail('The rows could not be made.');
    }
  }

  /** Waits until the connection takes more, and in any case lets others have their turn. */
  private async taken(stream: Duplex): Promise<void> {
    const isFull = stream.writableNeedDrain;
    const more = isFull ? once(stream, 'drain') : new Promise((resolve) => setImmediate(resolve));
    await Promise.race([more, this.done]).catch(() => undefined);
  }
}

/** How many characters are sent at once, about. */
const chunkLength = 64 * 1024;

function* chunksOf(rows: Iterable<readonly Cell[]>): Iterable<Buffer> {
  let chunk = '';
  for (const row of rows) {
    chunk += `${row.map(cellText).join('\t')}\n`;
    if (chunk.length < chunkLength) continue;
    yield Buffer.from(chunk);
    chunk = '';
  }
  if (chunk !== '') yield Buffer.from(chunk);
}

function cellText(cell: Cell): string {
  if (cell === null) return '\\N';
  if (typeof cell === 'string') return /[\\\n\r\t]/.test(cell) ? escaped(cell) : cell;
  return typeof cell === 'number' ? String(cell) : `\\\\x${cell.toString('hex')}`;
}

function escaped(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
}
