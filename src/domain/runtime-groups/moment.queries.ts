import type { Actor, Query, Visibility } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { momentAt, type Moment, type Point } from './moment.js';
import { locatePoints, readGroupsThen, type GroupThen } from './moment.store.js';
import { organizationWide } from './runtime-group.queries.js';
import { groupNotFound } from './runtime-group.refusals.js';
import { findGroups } from './runtime-group.store.js';
import { noApprovals, type RuntimeGroup } from './runtime-group.js';

/** Points in the history of groups, and where in the input they stand. */
export interface PointsAsked {
  readonly points: readonly Point[];
  readonly paths: readonly (readonly string[])[];
}

/** The moments that points mean, by one statement. Refuses groups that the actor does not see, the future, and what is not kept. */
export const momentsOf: Query<PointsAsked, Moment[]> = {
  name: 'runtime-groups.moments',
  action: 'group:read',
  scope: organizationWide,
  run: (reader, asked, { visibility }) => findMoments(reader, visibility, asked),
};

async function findMoments(
  reader: Reader,
  visibility: Visibility,
  { points, paths }: PointsAsked,
): Promise<Moment[]> {
  const located = await locatePoints(reader, visibility, points);
  return points.map((point, index) => {
    const path = paths[index] ?? [];
    const found = located[index];
    if (!found) throw groupNotFound({ id: point.runtimeGroupId }, [...path, 'runtimeGroupId']);
    return momentAt(point, found, path);
  });
}

/** The moment that a point means, for a command; refuses as `momentsOf` does. */
export async function getMoment(reader: Reader, actor: Actor, point: Point): Promise<Moment> {
  const { organizationId, runtimeGroupId } = actor;
  const [moment] = await findMoments(
    reader,
    { organizationId, runtimeGroupId },
    { points: [point], paths: [[]] },
  );
  return moment as Moment;
}

/** Groups as they were at moments, one answer for each; nothing where there was none, or none that the actor may see. */
export const groupsAt: Query<readonly Moment[], (RuntimeGroup | undefined)[]> = {
  name: 'runtime-groups.at',
  action: 'group:read',
  scope: organizationWide,
  run: async (reader, moments, { visibility }) => {
    const ids = moments.map((moment) => moment.runtimeGroupId);
    const found = new Map((await findGroups(reader, visibility, ids)).map((group) => [group.id, group]));
    const then = await readGroupsThen(reader, visibility.organizationId, moments);
    return moments.map((moment, index) => {
      const group = found.get(moment.runtimeGroupId);
      return group && then[index] && groupThen(group, moment, then[index]);
    });
  },
};

function groupThen(group: RuntimeGroup, moment: Moment, then: GroupThen): RuntimeGroup | undefined {
  if (then.isUnmade) return undefined;
  const { name, description, labels } = then.before ?? group;
  const { approvalPolicy = noApprovals } = then.before ?? group;
  return {
    ...group,
    ...{ name, description, labels, approvalPolicy },
    version: group.version - then.changes,
    updatedAt: then.lastChangedAt ?? group.createdAt,
    revision: moment.revision,
    configHash: moment.configHash,
  };
}
