import type { Actor, Query, Resource } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { getGroup, revisionInFuture } from '../runtime-groups/index.js';
import type { AppliedQuestion, AppliedStatus } from './applied.js';
import { findRevisionFacts, tallyInstances } from './applied.store.js';
import { revisionNegative } from './instance.refusals.js';

/** How far a revision of a group has come. */
export const applied: Query<AppliedQuestion, AppliedStatus> = {
  name: 'instances.applied',
  action: 'instance:read',
  scope: groupAsked,
  run: readApplied,
};

/** The group that a question is about; refuses one that is not there for the actor. */
export async function groupAsked(
  reader: Reader,
  { runtimeGroupId }: AppliedQuestion,
  actor: Actor,
): Promise<Resource> {
  const { id, organizationId } = await getGroup(reader, runtimeGroupId, actor);
  return { organizationId, runtimeGroupId: id };
}

/** The answer as of now. Refuses a revision that there is not yet, and says what the newest is. */
export async function readApplied(reader: Reader, question: AppliedQuestion): Promise<AppliedStatus> {
  const { runtimeGroupId, revision } = question;
  if (revision < 0) throw revisionNegative({ revision }, ['revision']);
  const {
    head = 0,
    committedAt = null,
    committedBy = null,
  } = (await findRevisionFacts(reader, runtimeGroupId, revision)) ?? {};
  if (revision > head) throw revisionInFuture({ asked: `revision ${revision}`, head }, ['revision']);
  const { lastAppliedAt, ...tally } = await tallyInstances(reader, question, committedBy);
  const missingCount = tally.missingByReason.reduce((sum, { count }) => sum + count, 0);
  const everywhere = tally.appliedCount > 0 && missingCount === 0;
  return {
    ...question,
    ...tally,
    committedAt,
    missingCount,
    totalCount: tally.appliedCount + missingCount,
    everywhere,
    everywhereSince: everywhere ? lastAppliedAt : null,
  };
}
