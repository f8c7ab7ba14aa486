import type { Json } from '../../foundation/kernel/json.js';
import { statusSelection, type StatusFilter } from './status-filter.js';

const status = { connection: 'CONNECTED', syncStatus: 'OUT_OF_SYNC', syncReason: 'REJECTED' } as Json;

describe('a filter of instances', () => {
  it.each<[string, StatusFilter, boolean]>([
    ['one of its values', { syncReasons: ['LAGGING', 'REJECTED'] }, true],
    ['one value of each list', { connections: ['CONNECTED'], syncStatuses: ['OUT_OF_SYNC'] }, true],
    ['a value of one list of two', { connections: ['DISCONNECTED'], syncStatuses: ['OUT_OF_SYNC'] }, false],
    ['none of its values', { syncStatuses: ['IN_SYNC'] }, false],
    ['nothing of an empty list', { syncReasons: [] }, false],
  ])('means a status with %s, or does not', (_what, filter, isMeant) => {
    expect(statusSelection(filter)?.has('runtime_instance', status)).toBe(isMeant);
  });

  it.each<[string, StatusFilter]>([
    ['it says nothing', {}],
    ['its lists are null', { connections: null, syncStatuses: null, syncReasons: null }],
  ])('is none where %s', (_what, filter) => {
    expect(statusSelection(filter)).toBeUndefined();
  });

  it('is the same for all that mean the same', () => {
    const [one, other, another] = [
      statusSelection({ syncReasons: ['LAGGING', 'REJECTED'] }),
      statusSelection({ syncReasons: ['REJECTED', 'LAGGING', 'REJECTED'], connections: null }),
      statusSelection({ syncReasons: [] }),
    ];
    expect(one?.key).toBe(other?.key);
    expect(one?.key).not.toBe(another?.key);
  });
});
