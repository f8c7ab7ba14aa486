import type { Trace, TraceEntry } from '../kit/trace.js';
import { alive } from './alive.js';
import { atomic } from './atomic.js';
import { authorized } from './authorized.js';
import { bookmarkable } from './bookmarkable.js';
import { bounded } from './bounded.js';
import { checkGuarantees, guarantees } from './check-guarantees.js';
import { consistent } from './consistent.js';
import { durable } from './durable.js';
import { exactlyOnce } from './exactly-once.js';
import { fenced } from './fenced.js';
import { filtered } from './filtered.js';
import { assertKept, PromiseBroken, type Committed, type Final, type Guarantee } from './guarantee.js';
import { honest } from './honest.js';
import { lastGood } from './last-good.js';
import { oneHistory } from './one-history.js';
import { ordered } from './ordered.js';
import type { GroupHistory, RecordPromise } from './records.js';
import { reliable } from './reliable.js';
import { resumable } from './resumable.js';
import {
  bookmark,
  closed,
  consumers,
  delta,
  finalAt,
  fold,
  of,
  opened,
  resync,
  seen,
  snapshot,
  tagged,
  traceOf,
} from './traces.js';
import { sparing } from './sparing.js';
import { truthful } from './truthful.js';
import { unique } from './unique.js';

const good: Readonly<Record<string, Trace>> = {
  'a stream that begins with a snapshot': traceOf(
    opened(),
    snapshot(2),
    delta(2, 3),
    bookmark(3),
    delta(3, 5),
  ),
  'a snapshot in parts': traceOf(
    ...[opened(), snapshot(4, { part: 1, parts: 2 }), snapshot(4, { part: 2, parts: 2 }), delta(4, 5)],
  ),
  'an observer that comes back': traceOf(opened(), snapshot(0), delta(0, 2), closed, opened(2), delta(2, 5)),
  'a snapshot that was cut short': traceOf(
    ...[opened(), snapshot(4, { part: 1, parts: 2 }), closed, opened(), snapshot(5)],
  ),
  'a resync': traceOf(opened(9), resync, snapshot(4), delta(4, 5)),
  'an observer that lagged': traceOf(
    opened(),
    snapshot(1),
    closed,
    opened(1),
    fold(1, 4),
    bookmark(4),
    delta(4, 5),
  ),
  'an observer that is told nothing new': traceOf(opened(5), bookmark(5)),
};

describe('a trace that keeps every promise', () => {
  it.each(Object.keys(good))('is accepted: %s', (name) => {
    expect(() => checkGuarantees([good[name] as Trace], finalAt(5))).not.toThrow();
  });
});

describe.each<[string, Guarantee, Readonly<Record<string, Trace>>]>([
  [
    'ordered',
    ordered,
    {
      'a revision after a greater one': traceOf(opened(), snapshot(2), delta(2, 4, [seen(4), seen(3)])),
      'a fold of what was before': traceOf(opened(), snapshot(3), fold(2, 5)),
      'a revision before the snapshot': traceOf(opened(), snapshot(3), delta(3, 3, [seen(2)])),
    },
  ],
  [
    'unique',
    unique,
    {
      'a revision twice in one delta': traceOf(opened(), snapshot(2), delta(2, 3, [seen(3), seen(3)])),
      'a revision again after a reconnect': traceOf(
        ...[opened(), snapshot(2), delta(2, 3), closed, opened(3), delta(3, 3, [seen(3)])],
      ),
      'a fold of what was told': traceOf(opened(), snapshot(2), delta(2, 4), fold(3, 5)),
      'a revision that the snapshot held': traceOf(opened(), snapshot(2), delta(2, 2, [seen(2)])),
    },
  ],
  [
    'reliable',
    reliable,
    {
      'a hole between two deltas': traceOf(opened(), snapshot(1), delta(1, 2), delta(3, 5)),
      'a hole within a delta': traceOf(opened(), snapshot(2), delta(2, 5, [seen(3), seen(5)])),
      'a hole before a fold': traceOf(opened(), snapshot(1), fold(2, 5)),
      'an end with a fold before the newest': traceOf(opened(), snapshot(1), fold(1, 4)),
      'an end before the newest': traceOf(opened(), snapshot(2), delta(2, 4)),
      'a delta that skips in silence': traceOf(opened(), snapshot(2), delta(2, 5, [])),
    },
  ],
  [
    'atomic',
    atomic,
    {
      'a revision without some of its changes': traceOf(
        ...[opened(), snapshot(2), delta(2, 3, [{ ...seen(3), changes: [] }])],
      ),
      'a fold that counts other revisions than it is of': traceOf(
        ...[opened(), snapshot(2), { ...fold(2, 5), revisionCount: 2 }],
      ),
      'a fold with something that it did not change': traceOf(
        ...[opened(), snapshot(2), { ...fold(2, 5), changes: fold(1, 5).changes }],
      ),
      'a fold that has something twice': traceOf(
        ...[
          opened(),
          snapshot(2),
          { ...fold(2, 5), changes: [...fold(2, 5).changes, ...fold(2, 3).changes] },
        ],
      ),
      'a fold between two parts': traceOf(
        ...[opened(), snapshot(4, { part: 1, parts: 2 }), fold(4, 5), snapshot(4, { part: 2, parts: 2 })],
      ),
      'a snapshot without its first part': traceOf(opened(), snapshot(2, { part: 2, parts: 2 })),
      'a delta between two parts': traceOf(
        ...[opened(), snapshot(4, { part: 1, parts: 2 }), delta(4, 5), snapshot(4, { part: 2, parts: 2 })],
      ),
      'parts of two snapshots': traceOf(
        ...[opened(), snapshot(4, { part: 1, parts: 2 }), snapshot(5, { part: 2, parts: 2 })],
      ),
    },
  ],
  [
    'resumable',
    resumable,
    {
      'a delta from elsewhere': traceOf(opened(), snapshot(2), delta(3, 4)),
      'a fold from elsewhere': traceOf(opened(), snapshot(2), fold(3, 5)),
      'a reconnect that begins too far on': traceOf(opened(), snapshot(2), closed, opened(2), delta(4, 5)),
      'a delta where a snapshot was due': traceOf(opened(), delta(0, 5)),
    },
  ],
  [
    'bookmarkable',
    bookmarkable,
    {
      'a bookmark ahead of what was delivered': traceOf(opened(), snapshot(2), bookmark(3, 3)),
      'a bookmark between the parts of a snapshot': traceOf(
        ...[opened(), snapshot(4, { part: 1, parts: 2 }), bookmark(4)],
      ),
      'a head that a fold was ahead of': traceOf(opened(), snapshot(2), fold(2, 4), bookmark(4, 3)),
      'a head that went back': traceOf(opened(), snapshot(2), delta(2, 4), bookmark(4, 3)),
    },
  ],
  [
    'one history',
    oneHistory,
    {
      'another hash for a revision': traceOf(
        opened(),
        snapshot(2),
        delta(2, 3, [{ ...seen(3), hash: 'other' }]),
      ),
      'another state for a revision': traceOf(
        ...[opened(), snapshot(2), delta(2, 3, [{ ...seen(3), stateHash: 'other' }])],
      ),
      'a fold to another state': traceOf(opened(), snapshot(2), { ...fold(2, 5), stateHash: 'other' }),
      'a snapshot of another state': traceOf(opened(), { ...snapshot(2), stateHash: 'other' }),
      'a revision that nobody wrote': traceOf(opened(), snapshot(5), delta(5, 6)),
    },
  ],
  [
    'consistent',
    consistent,
    {
      'a snapshot that lacks something': traceOf(opened(), { ...snapshot(5), items: snapshot(4).items }),
      'a snapshot that has something twice': traceOf(
        ...[opened(), { ...snapshot(1), items: [...snapshot(1).items, ...snapshot(1).items] }, delta(1, 5)],
      ),
      'a change that was not told': traceOf(
        ...[opened(), snapshot(4), delta(4, 5, [{ ...seen(5), changes: [] }])],
      ),
      'a change of something else than there was': traceOf(
        ...[
          opened(),
          snapshot(4),
          delta(4, 5, [{ ...seen(5), changes: [{ ...seen(5).changes[0]!, before: {} }] }]),
        ],
      ),
      'a fold that lacks something': traceOf(
        ...[opened(), snapshot(2), { ...fold(2, 5), changes: fold(2, 4).changes }],
      ),
      'an end that is not the end': traceOf(opened(), snapshot(4)),
    },
  ],
  [
    'filtered',
    filtered,
    {
      'a change of another group': traceOf(
        ...[opened(), snapshot(2), delta(2, 3, [{ ...seen(3), changes: seen(4).changes }])],
      ),
      'an entity of a kind that was not asked for': of(consumers, opened(), snapshot(2)),
      'a change of something without the tags': of(tagged, opened(), delta(2, 3)),
      'a fold of something without the tags': of(tagged, opened(), fold(2, 5)),
    },
  ],
  [
    'authorized',
    authorized,
    {
      'a revision that was committed after the right had ended': {
        ...traceOf(opened(), snapshot(2), delta(2, 5)),
        allowedUntil: 2_999,
      },
      'a fold of revisions that were committed after the right had ended': {
        ...traceOf(opened(), snapshot(2), fold(2, 5)),
        allowedUntil: 2_999,
      },
      'a snapshot long after the right had ended': {
        ...traceOf(opened(), snapshot(2)),
        ...{ times: [0, 5_000], allowedUntil: 1_000 },
      },
    },
  ],
  [
    'honest',
    honest,
    {
      'a reconnect from which something is missing': traceOf(opened(2), delta(2, 5, [seen(4), seen(5)])),
      'a reconnect with a fold from which something is missing': traceOf(opened(2), fold(3, 5)),
      'a snapshot for a cursor, in silence': traceOf(opened(2), snapshot(5)),
    },
  ],
  [
    'sparing',
    sparing,
    {
      'a snapshot in the midst of a stream': traceOf(opened(), snapshot(2), delta(2, 3), snapshot(3)),
      'a snapshot for one who has a cursor': traceOf(opened(2), snapshot(3)),
    },
  ],
])('%s', (_name, guarantee, bad) => {
  it.each(Object.keys(bad))('catches %s', (name) => {
    const check = (): void => assertKept(guarantee, bad[name] as Trace, finalAt(5));
    expect(check).toThrow(PromiseBroken);
    expect(check).toThrow(guarantee.promise);
  });
});

describe('a stream of some of a configuration', () => {
  /** Nothing of the log is meant. */
  const passing = (...entries: Trace['entries']): Trace => of(consumers, opened(), ...entries);
  const nothing = { ...snapshot(2), items: [], stateHash: null };
  const passedOver = (from: number, to: number): TraceEntry => ({
    ...bookmark(to),
    fromCursor: bookmark(from).cursor,
  });

  it('passes over what was not asked for with bookmarks, and need not tell the hash of all', () => {
    const check = (): void => checkGuarantees([passing(nothing, passedOver(2, 5))], finalAt(5));
    expect(check).not.toThrow();
  });

  it('goes on where the message before it ended', () => {
    const trace = passing(nothing, passedOver(3, 5));
    for (const guarantee of [bookmarkable, resumable])
      expect(() => assertKept(guarantee, trace, finalAt(5))).toThrow(guarantee.promise);
  });

  it('passes over nothing that was asked for', () => {
    const trace = of({ kinds: ['route'], tags: [] }, opened(), snapshot(2), passedOver(2, 5));
    expect(() => checkGuarantees([trace], finalAt(5))).toThrow(reliable.promise);
  });
});

describe('a stream that is a part of a log', () => {
  const partOf = (...entries: Trace['entries']): Trace => ({ ...traceOf(...entries), of: 'versions' });
  /** The log, of which these revisions have nothing for the stream. */
  const without = (...silent: readonly number[]): Final => {
    const final = finalAt(5);
    const history = [...final.history].map(([number, committed]) => [
      number,
      silent.includes(number) ? { ...committed, changes: [] } : committed,
    ]);
    return { ...final, history: new Map(history as [number, Committed][]) };
  };

  it('may skip revisions that have nothing for it, at the end too, and move on in silence', () => {
    const skipping = partOf(opened(), snapshot(1), delta(1, 4, [seen(2), seen(4)]), delta(4, 5, []));
    expect(() => assertKept(reliable, skipping, without(3, 5))).not.toThrow();
  });

  it.each([
    ['a revision between', partOf(opened(), snapshot(1), delta(1, 5, [seen(2), seen(4)])), [5]],
    ['the last one', partOf(opened(), snapshot(1), delta(1, 4, [seen(2), seen(4)])), [3]],
  ])('may not skip %s that has something for it', (_which, trace, silent) => {
    expect(() => assertKept(reliable, trace, without(...silent))).toThrow(reliable.promise);
  });
});

describe('a history that is gone', () => {
  const other = { ...seen(4), hash: 'another history' };
  const diverged: TraceEntry = { is: 'resync', reason: 'DIVERGED' };
  const trace = traceOf(opened(), snapshot(3), delta(3, 4, [other]), diverged, snapshot(5));

  it('may have been told where it was committed', () => {
    const lost = [new Map([[4, { ...finalAt(5).history.get(4)!, hash: other.hash }]])];
    expect(() => assertKept(oneHistory, trace, { ...finalAt(5), lost })).not.toThrow();
  });

  it('may not have been told where it never was', () => {
    expect(() => assertKept(oneHistory, trace, { ...finalAt(5), lost: [] })).toThrow(oneHistory.promise);
  });
});

describe('a promise about records', () => {
  const { history } = finalAt(5);
  const histories: readonly GroupHistory[] = [{ groupId: 'group', history, lost: [] }];
  const breaches = <Record>(promise: RecordPromise<Record>, ...records: readonly Record[]): number =>
    promise.breaches(records, histories).length;
  const write = { key: 'key-3', groupId: 'group', outcome: 'done', revision: 3 } as const;
  const twice = [{ ...histories[0]!, history: new Map([...history, [6, history.get(3)!]]) }];
  const report = { instanceId: 'i', session: 2, newestSession: 2, revision: 4, accepted: true };
  const ran = [{ instanceId: 'i', groupId: 'group', revision: 4, stateHash: 'state' }];
  const shown = { instanceId: 'i', syncStatus: 'IN_SYNC', appliedRevision: 4 };
  const served = { gateway: 'g', groupId: 'group', stateHash: history.get(4)!.stateHash };
  const memory = { replica: 'r', bytes: 300_000_000, hintsPerSecond: 50 };

  it('exactly-once catches a write that happened twice, and one that was refused and happened', () => {
    expect(breaches(exactlyOnce, write, { ...write, key: 'key-9', outcome: 'unknown' })).toBe(0);
    expect(exactlyOnce.breaches([write], twice)).toEqual(['key-3 happened 2 times']);
    expect(breaches(exactlyOnce, { ...write, outcome: 'refused', revision: null })).toBe(1);
  });

  it('durable catches an acknowledged write that is not there, or elsewhere', () => {
    expect(breaches(durable, write)).toBe(0);
    expect(breaches(durable, { ...write, revision: 4 })).toBe(1);
    expect(breaches(durable, { ...write, key: 'key-9', revision: 9 })).toBe(1);
    expect(breaches(durable, { ...write, revision: null })).toBe(0);
    expect(breaches(durable, { ...write, key: 'key-9', revision: null })).toBe(1);
    const lost = [new Map([[9, { ...history.get(5)!, key: 'key-9' }]])];
    const excepted = { ...write, key: 'key-9', revision: 9 };
    expect(durable.breaches([excepted], [{ ...histories[0]!, lost }])).toEqual([]);
  });

  it('fenced catches a report that was accepted of an older session', () => {
    expect(breaches(fenced, report, { ...report, session: 1, accepted: false })).toBe(0);
    expect(breaches(fenced, { ...report, session: 1 })).toBe(1);
  });

  it('truthful catches an instance that is shown in sync with what it never ran', () => {
    expect(breaches(truthful, { ran, shown: [shown] })).toBe(0);
    expect(breaches(truthful, { ran, shown: [{ ...shown, appliedRevision: 5 }] })).toBe(1);
  });

  it('last-good catches half a revision, and nothing where there was something', () => {
    expect(breaches(lastGood, { ...served, stateHash: null }, served)).toBe(0);
    expect(breaches(lastGood, { ...served, stateHash: 'half' })).toBe(1);
    expect(breaches(lastGood, served, { ...served, stateHash: null })).toBe(1);
  });

  it('bounded catches a replica that grows, and one that floods the others with hints', () => {
    expect(breaches(bounded, memory)).toBe(0);
    expect(breaches(bounded, { ...memory, bytes: 2_000_000_000 })).toBe(1);
    expect(breaches(bounded, { ...memory, hintsPerSecond: 200 })).toBe(1);
  });

  it('alive catches a run in which too little has happened', () => {
    expect(breaches(alive, { what: 'events', happened: 10, atLeast: 10 })).toBe(0);
    expect(breaches(alive, { what: 'events', happened: 9, atLeast: 10 })).toBe(1);
  });
});

describe('the check of all guarantees', () => {
  it('names the promise, the observer, and where it was broken', () => {
    const trace = { ...traceOf(opened(), snapshot(2), delta(3, 5)), observer: 'agent 7' };
    const final: Final = finalAt(5);
    expect(() => checkGuarantees([good['a resync'] as Trace, trace], final)).toThrow(
      `${reliable.promise}\nagent 7, entry 2: revision 4 came after 2`,
    );
  });

  it('knows every promise by a sentence of its own', () => {
    expect(new Set(guarantees.map(({ promise }) => promise)).size).toBe(guarantees.length);
  });
});
