import { tableText } from '../cli/table.js';
import type { Paint } from '../cli/terminal.js';
import type { Board, Passage } from './board.js';

/** The fleet as a table, as it is now. */
export function boardText(board: Board, paint: Paint): string {
  const head = ['INSTANCE', 'CONNECTION', 'STATUS', 'WHY', 'RUNS', 'SHOULD RUN', 'BEHIND'];
  const rows = board.instances.map((status) => [
    status.hostname,
    status.connection,
    paint(status.syncStatus === 'IN_SYNC' ? 'green' : 'yellow', status.syncStatus),
    status.syncReason,
    status.appliedRevision ?? '-',
    Math.max(board.revision, status.targetRevision),
    Math.max(board.revision, status.targetRevision) - (status.appliedRevision ?? 0),
  ]);
  return tableText(head, rows);
}

/** What it came to. */
export function summaryText(passages: readonly Passage[], instances: number): string {
  const times = passages.map(({ tookMs }) => tookMs).sort((a, b) => a - b);
  const p50 = times[Math.floor((times.length - 1) / 2)];
  if (p50 === undefined) return 'No change has come to all instances.';
  return `${times.length} revisions came to all ${instances} instances. From commit to IN_SYNC everywhere: half of them within ${p50} ms, all within ${times.at(-1) ?? p50} ms.`;
}
