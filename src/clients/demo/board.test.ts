import type { InstanceStatusFragment } from '../sdk/generated.js';
import { Board } from './board.js';

const at = new Date('2026-01-01T00:00:00.000Z');

function later(ms: number): Date {
  return new Date(at.getTime() + ms);
}

function committed(revision: number): Parameters<Board['takeConfig']>[0] {
  return {
    __typename: 'ConfigDelta',
    ...{ fromCursor: `c${revision - 1}`, cursor: `c${revision}`, stateHash: null },
    revisions: [{ revision, at: at.toISOString(), actor: 'a', command: 'c', changes: [] }],
  };
}

function applied(...revisions: readonly (number | null)[]): Parameters<Board['takeStatus']>[0] {
  const instances = revisions.map((appliedRevision, index): InstanceStatusFragment => ({
    ...{ runtimeInstanceId: `${index}`, hostname: `gateway-${index}`, removed: false, changedAt: null },
    ...{ connection: 'CONNECTED', syncStatus: 'IN_SYNC', syncReason: 'APPLIED', syncMessage: '' },
    ...{ targetRevision: 0, appliedRevision },
  }));
  return { __typename: 'SyncStatusSnapshot', cursor: 'c', part: 1, parts: 1, instances };
}

describe('a board', () => {
  it('counts a revision as everywhere when the last instance runs it, or a newer one', () => {
    const board = new Board(2);
    board.takeConfig(committed(1));
    board.takeConfig(committed(2));
    expect(board.takeStatus(applied(2, 0), later(10))).toEqual([]);
    expect(board.takeStatus(applied(2, 1), later(20))).toEqual([{ revision: 1, tookMs: 20 }]);
    expect(board.takeStatus(applied(3, 3), later(30))).toEqual([{ revision: 2, tookMs: 30 }]);
    expect(board.takeStatus(applied(3, 3), later(40))).toEqual([]);
  });

  it('waits for all instances to be there', () => {
    const board = new Board(3);
    board.takeConfig(committed(1));
    expect(board.takeStatus(applied(1, 1), later(10))).toEqual([]);
    expect(board.takeStatus(applied(1, 1, 1), later(20))).toHaveLength(1);
  });
});
