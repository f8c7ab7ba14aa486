import type { CommandContext, Entry, NewEvent, Outcome } from '../../../foundation/commands/command.js';
import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Transaction } from '../../../foundation/postgres/database.js';
import type { Change } from '../../gateway-config/index.js';
import { holdApprovalPolicy } from '../../runtime-groups/index.js';
import { entryOf } from '../service-events.js';
import { needsApproval, type LifecycleName } from './approval-needs.js';
import type { PlannedTransition } from './approval.js';
import { spendApprovals } from './spend-approvals.js';

/** What a write that needs approvals answers, for whoever asks others for them. */
export interface NeededApproval {
  readonly required: number;
  readonly transitions: readonly PlannedTransition[];
  /** All that it is about. */
  readonly subjects: readonly string[];
  /** The revisions that it was planned at. */
  readonly configRevision: number;
  readonly servicesRevision: number;
}

/** A write to what is live, as it is about to be kept. */
interface Written {
  readonly name: LifecycleName;
  readonly changes: readonly Change[];
  readonly events: readonly NewEvent[];
  readonly story: readonly NewEvent[];
}

interface Agreement extends Pick<Outcome<Json>, 'confirm'> {
  readonly approval: NeededApproval | null;
}

/** Whether others are to agree to a write in a group, and what takes their approvals when it is kept. */
export async function agreementTo(
  tx: Transaction,
  written: Written,
  context: CommandContext & { readonly groupId: string },
): Promise<Agreement> {
  const { name, events, story } = written;
  const { actor, groupId: runtimeGroupId, journalHead } = context;
  const does = { changesLive: events.length > 0, tells: story.length > 0 };
  if (!needsApproval(name, does)) return { approval: null };
  const { required } = await holdApprovalPolicy(tx, runtimeGroupId);
  if (required === 0) return { approval: null };
  const confirm = async (planToken: string): Promise<Entry> => {
    const spent = await spendApprovals(tx, { runtimeGroupId, planToken, required }, actor);
    return entryOf(journalHead, [...story, spent]);
  };
  return { approval: neededApproval(required, written, context), confirm };
}

function neededApproval(
  required: number,
  { changes, story }: Written,
  { head, journalHead }: CommandContext,
): NeededApproval {
  const entities = changes.flatMap(({ id, owner }) => [id ?? [], owner?.id ?? []].flat());
  const subjects = [...new Set([...entities, ...story.map(({ subjectId }) => subjectId)])];
  const revisions = { configRevision: head.revision, servicesRevision: journalHead.revision };
  return { required, transitions: story.map(transitionOf), subjects, ...revisions };
}

function transitionOf({ kind, type, before, after }: NewEvent): PlannedTransition {
  const facts = (after ?? before) as JsonObject;
  return {
    subject: kind as PlannedTransition['subject'],
    transition: type.slice(kind.length + 1),
    serviceId: facts['service'] as string,
    number: (facts['number'] as string | undefined) ?? null,
  };
}
