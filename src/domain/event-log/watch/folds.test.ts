import type { StreamKey } from '../../../foundation/commands/command.js';
import { AtMost } from '../../../foundation/kernel/at-most.js';
import type { Reader } from '../../../foundation/postgres/database.js';
import { shortHash } from '../cursor.js';
import { Folds } from './folds.js';
import type { Position } from './step.js';

const stream: StreamKey = { topic: 'config', scopeId: '01a1fbc6-342c-766e-a0ad-b084a456ef02' };
const hash = Buffer.alloc(32, 7);

/** A log of ten revisions that come to nothing, and which notes what is read of it. */
class EmptyLog implements Reader {
  readonly read: string[] = [];

  async rows<Row>({ name }: { readonly name: string }): Promise<Row[]> {
    this.read.push(name);
    const none = { change_count: 0, documents: 0, changes: [] };
    return [{ ...none, hash, state_hash: hash, revisions: 10, events: 10 } as Row];
  }
}

function at(revision: number, of = hash): Position {
  return { revision, history: 0, hash: shortHash(of), cursor: `c${revision}` };
}

function foldsOf(reader: Reader, revisions: number): Folds {
  return new Folds(stream, { reader, limits: { revisions, changes: 30 }, atOnce: new AtMost(1) });
}

describe('the folds of a stream', () => {
  it('are made once for all who stand at the same place', async () => {
    const log = new EmptyLog();
    const folds = foldsOf(log, 5);
    const [one, other] = await Promise.all([folds.between(at(0), at(10)), folds.between(at(0), at(10))]);
    expect(one?.step?.message).toMatchObject({ is: 'fold', fromRevision: 0, revision: 10 });
    expect(other?.step?.message).toBe(one?.step?.message);
    expect(log.read).toEqual(['event_log.fold']);
  });

  it('are not made of what is little', async () => {
    const log = new EmptyLog();
    expect(await foldsOf(log, 10).between(at(0), at(10))).toBeUndefined();
    expect(log.read).toEqual(['event_log.range_size']);
  });

  it('are not told of another history, or where some of it is gone', async () => {
    const folds = foldsOf(new EmptyLog(), 5);
    expect(await folds.between(at(0), at(10, Buffer.alloc(32, 8)))).toBeUndefined();
    expect(await folds.between(at(0), at(11))).toBeUndefined();
  });
});
