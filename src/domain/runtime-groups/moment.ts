import { asOfInvalid, revisionCompacted, revisionInFuture } from './runtime-group.refusals.js';

/** A place in the history of a group's configuration, as a caller names it. Neither of the two: now. */
export interface Point {
  readonly runtimeGroupId: string;
  readonly revision: number | null;
  readonly time: Date | null;
}

/** A place in the history of a group's configuration that is there: what is read of it never changes. */
export interface Moment {
  readonly runtimeGroupId: string;
  readonly revision: number;
  /** The hash of the configuration at the revision, in hex. */
  readonly configHash: string;
  /** The time that was asked for, or when the revision was written, in ISO form; null for the beginning. */
  readonly at: string | null;
}

/** What the log says about a point. */
export interface Located {
  readonly head: number;
  readonly floor: number;
  /** When the oldest kept revision was written. */
  readonly floorAt: Date | null;
  readonly isFuture: boolean;
  /** The revision that is meant, if the log has it. */
  readonly found: { readonly revision: number; readonly configHash: string; readonly at: Date } | null;
}

/** Before the first revision, nothing was there. */
const beginning = { revision: 0, configHash: '00'.repeat(32), at: null };

/** The moment that a point means. Refuses one that is to come, and one that is not kept any more. */
export function momentAt(point: Point, located: Located, path: readonly string[]): Moment {
  const at = [...path, fieldOf(point)];
  const { head, floor, isFuture } = located;
  const found = located.found ?? beginning;
  const asked = point.revision ?? 0;
  if (asked < 0 || isTwofold(point)) throw asOfInvalid({}, at);
  if (isFuture || asked > head) throw revisionInFuture({ asked: shown(point), head }, at);
  if (found.revision < floor) throw revisionCompacted(compactedFacts(point, located), at);
  return {
    runtimeGroupId: point.runtimeGroupId.toLowerCase(),
    revision: found.revision,
    configHash: found.configHash,
    at: timeText(point.time ?? found.at),
  };
}

function isTwofold({ revision, time }: Point): boolean {
  return revision !== null && time !== null;
}

function timeText(time: Date | null): string | null {
  return time?.toISOString() ?? null;
}

function fieldOf({ time }: Point): string {
  return time ? 'time' : 'revision';
}

function compactedFacts(point: Point, { floor, floorAt }: Located) {
  const oldestAt = floorAt?.toISOString() ?? 'an unknown time';
  return { asked: shown(point), oldest: floor, oldestAt };
}

function shown({ revision, time }: Point): string {
  return time ? time.toISOString() : `revision ${revision}`;
}
