import type { AppliedStatus } from '../sdk/wait-applied.js';
import type { Paint } from './terminal.js';
import { endingLines, progressLine } from './wait-lines.js';

const plain: Paint = (_color, text) => text;
const title = { group: 'default', revision: 12, timeout: '120s' };
const view = { paint: plain, now: new Date('2026-01-01T00:03:00Z') };

function statusWith(missingCount: number, change: Partial<AppliedStatus> = {}): AppliedStatus {
  const missing = Array.from({ length: Math.min(missingCount, 200) }, (_, index) => ({
    ...{ runtimeInstanceId: `id-${index}`, hostname: `gw-${index}`, appliedRevision: 11 },
    ...{ syncReason: 'LAGGING' as const, syncMessage: 'It is late.', since: '2026-01-01T00:00:00Z' },
  }));
  return {
    ...{ __typename: 'AppliedStatus', revision: 12, required: 'PRESENT', everywhere: missingCount === 0 },
    ...{ committedAt: '2026-01-01T00:00:00Z', everywhereSince: null },
    ...{ totalCount: missingCount + 1, appliedCount: 1, missingCount, missing },
    missingByReason: [{ syncReason: 'LAGGING', count: missingCount }],
    ...change,
  };
}

describe('a line of progress', () => {
  it('names who is missing, and why', () => {
    expect(progressLine(statusWith(2), plain)).toBe(
      '1 of 3 instances run revision 12; missing: gw-0 LAGGING, gw-1 LAGGING',
    );
  });

  it('names five, and counts the others', () => {
    expect(progressLine(statusWith(7), plain)).toMatch(/: gw-0 LAGGING, .*gw-4 LAGGING, 2 more$/);
  });

  it('says so if nobody counts yet', () => {
    expect(progressLine(statusWith(0, { totalCount: 0 }), plain)).toBe(
      'waiting for the first instance that runs revision 12',
    );
  });
});

describe('the ending', () => {
  it('says how long it took to be everywhere', () => {
    const status = statusWith(0, { everywhereSince: '2026-01-01T00:00:02Z' });
    expect(endingLines({ outcome: 'EVERYWHERE', status }, title, view)).toEqual([
      'Revision 12 of group “default” is everywhere. 1 of 1 instances run revision 12, within 2 s of its commit.',
    ]);
  });

  it('lists the missing with why and for how long, and counts those that the server does not name', () => {
    const lines = endingLines({ outcome: 'TIMED_OUT', status: statusWith(203) }, title, view);
    expect(lines).toHaveLength(202);
    expect(lines.slice(0, 2)).toEqual([
      'Revision 12 of group “default” is not everywhere after 120s. 1 of 204 instances run revision 12.',
      '  gw-0 LAGGING for 3 min: It is late.',
    ]);
    expect(lines.at(-1)).toBe('  and 3 more');
  });

  it('says what it can if the server was never heard of', () => {
    expect(endingLines({ outcome: 'TIMED_OUT', status: undefined }, title, view)).toEqual([
      'Revision 12 of group “default” is not everywhere after 120s.',
    ]);
  });
});
