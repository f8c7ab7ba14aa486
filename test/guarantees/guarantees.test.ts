import type { Trace } from '../kit/trace.js';
import { atomic } from './atomic.js';
import { bookmarkable } from './bookmarkable.js';
import { checkGuarantees, guarantees } from './check-guarantees.js';
import { consistent } from './consistent.js';
import { assertKept, PromiseBroken, type Committed, type Final, type Guarantee } from './guarantee.js';
import { oneHistory } from './one-history.js';
import { ordered } from './ordered.js';
import { reliable } from './reliable.js';
import { resumable } from './resumable.js';
import { bookmark, closed, delta, finalAt, opened, resync, seen, snapshot, traceOf } from './traces.js';
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
      'a revision that the snapshot held': traceOf(opened(), snapshot(2), delta(2, 2, [seen(2)])),
    },
  ],
  [
    'reliable',
    reliable,
    {
      'a hole between two deltas': traceOf(opened(), snapshot(1), delta(1, 2), delta(3, 5)),
      'a hole within a delta': traceOf(opened(), snapshot(2), delta(2, 5, [seen(3), seen(5)])),
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
      'an end that is not the end': traceOf(opened(), snapshot(4)),
    },
  ],
])('%s', (_name, guarantee, bad) => {
  it.each(Object.keys(bad))('catches %s', (name) => {
    const check = (): void => assertKept(guarantee, bad[name] as Trace, finalAt(5));
    expect(check).toThrow(PromiseBroken);
    expect(check).toThrow(guarantee.promise);
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
