import type { ExecuteOptions } from '../../../foundation/commands/command.js';
import type { GraphqlContext } from '../../../foundation/graphql/context.js';
import { payload, type NameInput } from '../../../foundation/graphql/user-error.js';
import { writeOptions } from '../../../foundation/graphql/write-options.js';
import { sha256 } from '../../../foundation/kernel/id.js';
import { Refusal } from '../../../foundation/kernel/refusal.js';
import { withCollection } from '../../gateway-config/index.js';
import { loadGroup } from '../../runtime-groups/index.js';
import type { NeededApproval } from '../approvals/agreement.js';
import type { LifecycleOptions, LifecycleWrite } from '../lifecycle-command.js';
import { askForApprovals } from './ask-for-approval.js';
import type { LifecycleInput } from './lifecycle.graphql.js';
import { loadConfigurationOf, loadVersion, type VersionNode } from './version.resolver.js';

/** What a lifecycle command answers. */
interface Written {
  readonly versionIds: readonly string[];
  readonly runtimeConfigurationRestored?: boolean;
  readonly changes: readonly { readonly kind: string }[];
  readonly warnings: readonly object[];
  readonly approval: NeededApproval | null;
}

interface GroupAnswer {
  readonly runtimeGroupId: string;
  readonly result: Written;
  readonly revision: number;
  readonly planToken?: string;
}

/** A write to what is live in one group, with its answer. */
export function writeLifecycle<Input>(
  context: GraphqlContext,
  input: LifecycleInput,
  write: {
    readonly command: LifecycleWrite<Input>;
    readonly given: Input;
    /** The group, where the input does not say it: that of this version. */
    readonly of?: string;
    readonly nameInput?: NameInput;
  },
): Promise<object> {
  return payload(async () => {
    const before = write.of === undefined ? null : await loadVersion(context, write.of);
    const options = lifecycleOptions(input);
    const { result, revision, planToken } = await context.execute(
      write.command,
      withOverlaps(write.given, input),
      options,
    );
    const written = result as unknown as Written;
    const runtimeGroupId = before?.runtimeGroupId ?? (await groupIn(context, write.given, written));
    const answer = { runtimeGroupId, revision, result: written, ...(planToken ? { planToken } : {}) };
    const approvalRequests = await requestsFor(context, input, write.command, [answer]);
    return { ...(await answerOf(context, [answer], before)), approvalRequests };
  }, write.nameInput);
}

async function groupIn(context: GraphqlContext, given: unknown, { versionIds }: Written): Promise<string> {
  const { runtimeGroupId } = given as { readonly runtimeGroupId?: string };
  if (runtimeGroupId !== undefined) return runtimeGroupId;
  const version = versionIds[0] === undefined ? null : await loadVersion(context, versionIds[0]);
  return version?.runtimeGroupId ?? '';
}

/**
 * The same write to several groups, each in a transaction of its own. All are tried before the first is done, so that what
 * would be refused anywhere is refused everywhere.
 */
export function writeToGroups<Input>(
  context: GraphqlContext,
  input: LifecycleInput & { readonly runtimeGroupIds: readonly string[] },
  write: {
    readonly command: LifecycleWrite<Input>;
    readonly given: (runtimeGroupId: string) => Input;
    readonly nameInput?: NameInput;
  },
): Promise<object> {
  return payload(async () => {
    const groups = [...new Set(input.runtimeGroupIds.map((id) => id.toLowerCase()))];
    const run = async (index: number, options: ExecuteOptions): Promise<GroupAnswer> => {
      const runtimeGroupId = groups[index] as string;
      const executed = await inGroup(index, () =>
        context.execute(write.command, withOverlaps(write.given(runtimeGroupId), input), options),
      );
      const { result, revision, planToken } = executed;
      return {
        runtimeGroupId,
        revision,
        result: result as unknown as Written,
        ...(planToken ? { planToken } : {}),
      };
    };
    const optionsAt = (index: number): ExecuteOptions =>
      optionsForGroup(lifecycleOptions(input), groups, index);
    const isTrial = optionsAt(0).dryRun === true;
    const answers: GroupAnswer[] = [];
    if (groups.length > 1 || isTrial) {
      for (const index of groups.keys())
        answers.push(await run(index, { ...optionsAt(index), dryRun: true, rehearsal: !isTrial }));
    }
    const approvalRequests = await requestsFor(context, input, write.command, answers);
    if (isTrial) return { ...(await answerOf(context, answers, null)), approvalRequests };
    answers.length = 0;
    const outcome = await payload(async () => {
      for (const index of groups.keys()) answers.push(await run(index, optionsAt(index)));
      return {};
    }, write.nameInput);
    // What was done before a group refused is told with the refusal.
    return answers.length === 0 ? outcome : { ...(await answerOf(context, answers, null)), ...outcome };
  }, write.nameInput);
}

/** A group's refusal says which of the groups it is about, unless it says what of the input. */
async function inGroup<Result>(index: number, run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const [first, ...rest] = error.problems.map((problem) =>
      problem.path[0] === 'runtimeGroupId' || problem.path.length === 0
        ? { ...problem, path: ['runtimeGroupIds', String(index)] }
        : problem,
    );
    throw new Refusal(error.kind, [first as (typeof error.problems)[0], ...rest], error.facts);
  }
}

function withOverlaps<Given>(given: Given, { allowOverlaps }: LifecycleInput): Given & LifecycleOptions {
  return { ...given, allowOverlaps: allowOverlaps === true };
}

/** What others are asked to agree to is planned only; asking again is harmless by itself. */
function lifecycleOptions(input: LifecycleInput): ExecuteOptions {
  const options = { ...writeOptions(input), planToken: input.planToken ?? undefined };
  return asksOthers(input) ? { ...options, dryRun: true, idempotencyKey: undefined } : options;
}

function asksOthers({ requestApproval, dryRun }: LifecycleInput): boolean {
  return requestApproval === true && dryRun !== true;
}

async function requestsFor(
  context: GraphqlContext,
  input: LifecycleInput,
  command: { readonly name: string },
  answers: readonly GroupAnswer[],
): Promise<object[]> {
  if (!asksOthers(input)) return [];
  return askForApprovals(context, answers, { command: command.name, reason: input.reason ?? undefined });
}

/** Each group has a key and a plan of its own; they are made of the ones given, so that a retry finds them again. */
function optionsForGroup(options: ExecuteOptions, groups: readonly string[], index: number): ExecuteOptions {
  if (groups.length === 1) return options;
  const { idempotencyKey: key, planToken } = options;
  return {
    ...options,
    idempotencyKey: key === undefined ? undefined : sha256(`${key}/${groups[index]}`).toString('hex'),
    planToken: planToken === undefined ? undefined : (planToken.split('.')[index] ?? ''),
  };
}

async function answerOf(
  context: GraphqlContext,
  answers: readonly GroupAnswer[],
  before: VersionNode | null,
): Promise<object> {
  const ids = answers.flatMap(({ result }) => result.versionIds);
  const versions = (await Promise.all(ids.map((id) => loadVersion(context, id)))).flatMap(
    (each) => each ?? [],
  );
  const shown = versions.length === 0 && before ? [before] : versions;
  const [first] = shown;
  const tokens = answers.flatMap(({ planToken }) => planToken ?? []);
  return {
    serviceVersion: first ?? null,
    serviceVersions: shown,
    runtimeConfiguration: first ? await loadConfigurationOf(context, first.id) : null,
    runtimeConfigurationRestored: answers[0]?.result.runtimeConfigurationRestored ?? null,
    revision: answers[0]?.revision ?? null,
    plan: {
      token: tokens.length === 0 ? null : tokens.join('.'),
      groups: await Promise.all(answers.map((answer) => groupPlan(context, answer))),
    },
  };
}

async function groupPlan(
  context: GraphqlContext,
  { runtimeGroupId, revision, result, planToken }: GroupAnswer,
): Promise<object> {
  const runtimeGroup = await loadGroup(context, runtimeGroupId);
  const changes = result.changes.map(withCollection);
  const approvalsRequired = result.approval?.required ?? 0;
  return {
    runtimeGroup,
    revision,
    changes,
    warnings: result.warnings,
    planToken: planToken ?? null,
    approvalsRequired,
  };
}
