import type { AppliedStatus, Outcome, Waited } from '../sdk/wait-applied.js';
import type { Color, Paint } from './terminal.js';
import { spanText } from './time-text.js';

type Missing = AppliedStatus['missing'][number];

/** So many of the missing are named while they are waited for. */
const named = 5;

/** How far a revision has come, in a line: who is missing, and why. */
export function progressLine(status: AppliedStatus, paint: Paint): string {
  if (status.totalCount === 0) return `waiting for the first instance that runs revision ${status.revision}`;
  const missing = status.missing
    .slice(0, named)
    .map(({ hostname, syncReason }) => `${hostname} ${paint('yellow', syncReason)}`);
  const others = status.missingCount - missing.length;
  const list = [...missing, ...(others > 0 ? [`${others} more`] : [])].join(', ');
  return `${countText(status)}${list && `; missing: ${list}`}`;
}

/** What was waited for, in people's words. */
export interface Title {
  readonly group: string;
  readonly revision: number;
  /** How long it was waited at most, as it was asked for. */
  readonly timeout: string;
}

/** How the waiting ended; if it did not end well, with everybody who is missing, why, and for how long. */
export function endingLines({ outcome, status }: Waited, title: Title, view: View): readonly string[] {
  const ending = endings[outcome];
  const head = `${view.paint(ending.color, ending.sentence(title))}${status ? ` ${resultText(status)}` : ''}`;
  return [head, ...(status ? missingLines(status, view) : [])];
}

interface View {
  readonly paint: Paint;
  readonly now: Date;
}

interface Ending {
  readonly color: Color;
  readonly sentence: (title: Title) => string;
}

const endings: Readonly<Record<Outcome, Ending>> = {
  EVERYWHERE: { color: 'green', sentence: (title) => `${nameOf(title)} is everywhere.` },
  EMPTY: { color: 'green', sentence: (title) => `${nameOf(title)} has nobody to run it.` },
  REJECTED: { color: 'red', sentence: (title) => `${nameOf(title)} was refused.` },
  TIMED_OUT: {
    color: 'red',
    sentence: (title) => `${nameOf(title)} is not everywhere after ${title.timeout}.`,
  },
  LEFT: { color: 'yellow', sentence: (title) => `${nameOf(title)} is not waited for any more.` },
};

function nameOf({ group, revision }: Title): string {
  return `Revision ${revision} of group “${group}”`;
}

function resultText(status: AppliedStatus): string {
  const { totalCount, committedAt, everywhereSince } = status;
  if (totalCount === 0) return 'No instance counts (--required says which do).';
  if (committedAt === null || everywhereSince === null) return `${countText(status)}.`;
  return `${countText(status)}, within ${spanText(committedAt, new Date(everywhereSince))} of its commit.`;
}

function countText({ appliedCount, totalCount, revision }: AppliedStatus): string {
  return `${appliedCount} of ${totalCount} instances run revision ${revision}`;
}

function missingLines({ missing, missingCount }: AppliedStatus, { paint, now }: View): readonly string[] {
  const lines = missing.map(
    ({ hostname, syncReason, syncMessage, since }: Missing) =>
      `  ${paint('bold', hostname)} ${paint('yellow', syncReason)} for ${spanText(since, now)}: ${syncMessage}`,
  );
  const others = missingCount - missing.length;
  return others > 0 ? [...lines, `  and ${others} more`] : lines;
}
