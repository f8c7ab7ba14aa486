import { setTimeout as pause } from 'node:timers/promises';
import type { StreamKey } from '../../../foundation/commands/command.js';
import type { Logger } from '../../../foundation/log/log.js';
import type { Reader } from '../../../foundation/postgres/database.js';
import type { Signals } from '../../../foundation/postgres/signals.js';
import { emptyHead } from '../revision.js';
import { follow, type Follow } from './follow.js';
import { StreamHub } from './hub.js';
import { Turns } from './turns.js';

const stream: StreamKey = { topic: 'config', scopeId: '01a1fbc6-342c-766e-a0ad-b084a456ef02' };

/** A log in which nothing happens, and which notes what is read of it. */
class QuietLog implements Reader {
  readonly read: string[] = [];

  async rows<Row>({ name }: { readonly name: string }): Promise<Row[]> {
    this.read.push(name);
    const extent = { floor_revision: '0', hash_at_known: null };
    const { hash } = emptyHead;
    const answers: Readonly<Record<string, object>> = {
      'event_log.extents': { ...extent, stream: `config/${stream.scopeId}`, revision: '0', hash },
      'event_log.news': { ...extent, head_revision: '0', head_hash: hash, revision: null },
    };
    const answer = answers[name];
    return answer ? [answer as Row] : [];
  }
}

const log: Logger = { debug: ignore, info: ignore, warn: ignore, error: ignore } as never;

function ignore(): void {
  // Nobody reads this log.
}

/** A hub over a quiet log, whose hints are given by hand. */
function quietHub(turns?: Turns) {
  const reader = new QuietLog();
  const hub = new StreamHub(reader, log, undefined, turns && { turns });
  let hint: Parameters<Signals['listen']>[0] = ignore;
  hub.start({ send: ignore, listen: (listener) => (hint = listener), close: () => Promise.resolve() });
  /** Makes the hub look at all that is watched; tells what it read. */
  const look = async (): Promise<string[]> => {
    const before = reader.read.length;
    hint(undefined);
    await Promise.resolve();
    return reader.read.slice(before);
  };
  /** Makes the hub have rights looked at anew. */
  const reconsider = async (): Promise<void> => {
    const before = hub.rightsReconsidered;
    hint(['organization/any']);
    while (hub.rightsReconsidered === before) await pause(10);
  };
  return { hub, look, reconsider };
}

function options(hub: StreamHub, more: Partial<Follow<never>> = {}): Follow<never> {
  return {
    ...{ hub, stream, after: null },
    snapshot: () => Promise.resolve({ head: emptyHead, parts: [[]] }),
    hashAt: () => Promise.resolve(emptyHead.hash),
    authorize: () => Promise.resolve(),
    ...more,
  };
}

describe('a watcher that leaves', () => {
  it('leaves at once, even while it waits, and its stream is looked at no more', async () => {
    const { hub, look } = quietHub();
    const messages = follow(options(hub));
    await messages.next();
    const waiting = messages.next();
    expect(await look()).toEqual(['event_log.news']);
    await messages.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await look()).toEqual([]);
    hub.drain();
  });

  it('leaves the stream to the others', async () => {
    const { hub, look } = quietHub();
    const [first, second] = [follow(options(hub)), follow(options(hub))];
    await first.next();
    await second.next();
    await first.return();
    expect(await look()).toEqual(['event_log.news']);
    await second.return();
    expect(await look()).toEqual([]);
    hub.drain();
  });

  it('may do so before it has begun', async () => {
    const { hub, look } = quietHub();
    const messages = follow(options(hub));
    await messages.return();
    expect(await messages.next()).toEqual({ done: true, value: undefined });
    expect(await look()).toEqual([]);
    hub.drain();
  });
});

describe('a watcher that must leave', () => {
  it('is told goodbye when the server stops', async () => {
    const { hub } = quietHub();
    const messages = follow(options(hub));
    await messages.next();
    const waiting = messages.next();
    hub.drain();
    expect(await waiting).toMatchObject({ value: { is: 'goodbye', cause: 'DRAINING' } });
    expect(await messages.next()).toEqual({ done: true, value: undefined });
  });

  it('gets nothing more once it has no right to, and holds no place', async () => {
    const { hub, look } = quietHub();
    const refusal = new Error('no right');
    const messages = follow(options(hub, { authorize: () => Promise.reject(refusal) }));
    await expect(messages.next()).rejects.toBe(refusal);
    expect(await look()).toEqual([]);
    hub.drain();
  });
});

describe('a watcher who was told all', () => {
  /** A watcher who was told last that the database answers again, and how often it was asked for its rights. */
  async function told(hub: StreamHub) {
    const asked = { times: 0 };
    const authorize = (): void => void (asked.times += 1);
    const messages = follow(options(hub, { authorize }));
    expect(await messages.next()).toMatchObject({ value: { is: 'snapshot' } });
    for (const availability of ['silent', 'answers'] as const) {
      hub.heed(availability);
      expect(await messages.next()).toMatchObject({ value: { is: 'bookmark' } });
    }
    return { messages, asked };
  }

  it('needs no rights to be told nothing', async () => {
    const { hub } = quietHub();
    const { messages, asked } = await told(hub);
    const { times } = asked;
    expect(messages.take(ignore)).toBeUndefined();
    expect(asked.times).toBe(times);
    // Woken for another reason, it is asked.
    expect(messages.take(ignore)).toBeUndefined();
    expect(asked.times).toBe(times + 1);
    hub.drain();
  });

  it('needs them again where they were reconsidered while the last message was on its way', async () => {
    const { hub, reconsider } = quietHub();
    const { messages, asked } = await told(hub);
    const { times } = asked;
    await reconsider();
    expect(messages.take(ignore)).toBeUndefined();
    expect(asked.times).toBe(times + 1);
    hub.drain();
  });
});

describe('a watcher whose snapshot is long on its way', () => {
  const inParts = (hub: StreamHub): Follow<never> =>
    options(hub, {
      snapshot: () => Promise.resolve({ head: emptyHead, parts: [[], [], []] }),
      countItems: () => Promise.resolve(0),
    });

  it('is told all of it if nobody waits', async () => {
    const { hub } = quietHub(new Turns(1, undefined, 0));
    const messages = follow(inParts(hub));
    for (const part of [1, 2, 3]) expect(await messages.next()).toMatchObject({ value: { part } });
    await messages.return();
    hub.drain();
  });

  it('gives way to those who wait', async () => {
    const turns = new Turns(1, undefined, 0);
    const { hub } = quietHub(turns);
    const messages = follow(inParts(hub));
    await messages.next();
    const other = turns.ask('something else');
    await expect(messages.next()).rejects.toMatchObject({ code: 'SNAPSHOT_TAKEN_TOO_SLOWLY' });
    expect(await other.granted).toBe(true);
    hub.drain();
  });

  it('is told goodbye when the server stops before its turn has come', async () => {
    const turns = new Turns(1);
    const { hub } = quietHub(turns);
    const other = turns.ask('something else');
    const waiting = follow(inParts(hub)).next();
    while (turns.waitingCount === 0) await Promise.resolve();
    hub.drain();
    expect(await waiting).toMatchObject({ value: { is: 'goodbye' } });
    other.leave();
    expect(turns).toMatchObject({ underWayCount: 0, waitingCount: 0 });
  });
});
