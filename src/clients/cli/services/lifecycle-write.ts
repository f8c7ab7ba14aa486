import { Option, type Command } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Client } from '../../sdk/client.js';
import { fromUserErrors } from '../../sdk/error.js';
import type { LifecycleWrittenFragment } from '../../sdk/generated.js';
import { waitApplied, type Waited } from '../../sdk/wait-applied.js';
import { withJson, withServer, type CliContext, type ServerOptions } from '../context.js';
import { endingLines } from '../wait-lines.js';
import { exitCodes, requiredOf, waitOptions, withWaiting, type WaitingOptions } from '../waiting.js';
import { withKey, writeOnce, type WritingOptions } from '../writing.js';
import { requestText } from './approval-text.js';
import { planText } from './plan-text.js';

/** The options of every write to what is live. */
export interface WriteOptions extends ServerOptions, WaitingOptions, WritingOptions {
  readonly reason?: string;
  readonly allowOverlaps?: true;
  readonly dryRun?: true;
  readonly plan?: string;
  readonly requestApproval?: true;
  readonly wait?: true;
  readonly json?: true;
}

/** Gives a command the options of every write to what is live. */
export function withWrite(command: Command): Command {
  command
    .option('--reason <text>', 'why, for those who read the history')
    .option('--allow-overlaps', 'do it although routes get in the way of others in the group')
    .addOption(
      new Option('--dry-run', 'print the plan and its token, and change nothing').conflicts(['wait', 'plan']),
    )
    .option('--plan <token>', 'do it only if it does exactly what the plan of this token says')
    .addOption(
      new Option(
        '--request-approval',
        'change nothing, and ask others to agree to what it would do, in groups that ask for approvals',
      ).conflicts(['wait', 'plan', 'dryRun']),
    )
    .option('--wait', 'wait until it runs on the instances of every group');
  return withWaiting(withKey(withServer(withJson(command)))).addHelpText('after', exitCodesText);
}

const exitCodesText = `
With --wait, ends with 0 if it is everywhere, 1 after an error, 2 if the time was up, 3 if an instance refused it, 130 after Ctrl-C.
With --dry-run, ends with 0 if no gateway entity would change, 1 after an error, 2 if one would.`;

/** What the input of every write to what is live carries. */
export interface WriteInput {
  readonly reason: string | null;
  readonly dryRun: boolean;
  readonly requestApproval: boolean;
  readonly planToken: string | null;
  readonly allowOverlaps: boolean;
  readonly idempotencyKey: string;
}

/** A write to what is live: how it is sent, and what is said when it is done. */
export interface LifecycleWrite {
  readonly client: Client;
  readonly options: WriteOptions;
  readonly context: CliContext;
  readonly send: (input: WriteInput) => Promise<LifecycleWrittenFragment>;
  readonly done: (answer: LifecycleWrittenFragment) => string;
}

/** Does a write, or tells its plan; then waits for it, if that is asked for. */
export async function writeLifecycle(write: LifecycleWrite): Promise<void> {
  const { options, context } = write;
  const answer = await writeOnce(options, context, (idempotencyKey) =>
    write.send({ ...inputOf(options), idempotencyKey }),
  );
  const refusal = fromUserErrors(answer.userErrors, doneAllTheSame(answer));
  if (refusal) throw refusal;
  const { out, tell } = context.terminal;
  if (!options.json) {
    for (const { message } of warningsOf(answer)) tell(`warning: ${message}`);
    out(doneText(write, answer));
  }
  const waits = options.wait ? await waitForAll(write, answer) : [];
  if (options.json) out(jsonText(answer, waits));
  if (options.dryRun && changesSomething(answer)) context.exitWith(2);
}

function doneText({ options, context, done }: LifecycleWrite, answer: LifecycleWrittenFragment): string {
  if (options.requestApproval) return answer.approvalRequests.map(requestText).join('\n');
  return options.dryRun ? planText(answer, context.terminal.paint) : done(answer);
}

function inputOf({ reason, dryRun, plan, ...options }: WriteOptions): Omit<WriteInput, 'idempotencyKey'> {
  const { allowOverlaps, requestApproval } = options;
  return {
    requestApproval: requestApproval ?? false,
    ...{ reason: reason ?? null, dryRun: dryRun ?? false, planToken: plan ?? null },
    allowOverlaps: allowOverlaps ?? false,
  };
}

/** Of several groups, some may have been written to before one refused. */
function doneAllTheSame(answer: LifecycleWrittenFragment): string {
  const groups = groupsOf(answer).map(
    ({ runtimeGroup: { name }, revision }) => `group “${name}” (revision ${revision})`,
  );
  if (groups.length === 0) return 'Nothing was changed.';
  return `It is done in ${groups.join(', ')}, and was not tried in the groups after the one that refused it.`;
}

type GroupPlan = NonNullable<LifecycleWrittenFragment['plan']>['groups'][number];

function groupsOf({ plan }: LifecycleWrittenFragment): readonly GroupPlan[] {
  return plan?.groups ?? [];
}

function warningsOf(answer: LifecycleWrittenFragment): readonly { readonly message: string }[] {
  const all = groupsOf(answer).flatMap(({ runtimeGroup, warnings }) =>
    warnings.map(({ message }) => ({ message: `group “${runtimeGroup.name}”: ${message}` })),
  );
  return all;
}

function changesSomething(answer: LifecycleWrittenFragment): boolean {
  return groupsOf(answer).some(({ changes }) => changes.length > 0);
}

interface GroupWaited extends Waited {
  readonly group: string;
  readonly revision: number;
}

/** Waits for all groups at once, each for the revision that the write made there. */
async function waitForAll(
  write: LifecycleWrite,
  answer: LifecycleWrittenFragment,
): Promise<readonly GroupWaited[]> {
  const waits = await Promise.all(groupsOf(answer).map((plan) => waitForGroup(write, plan)));
  write.context.exitWith(Math.max(0, ...waits.map(({ outcome }) => exitCodes[outcome])));
  return waits;
}

async function waitForGroup(
  { client, options, context }: LifecycleWrite,
  { runtimeGroup: { id, name }, revision }: GroupPlan,
): Promise<GroupWaited> {
  const barrier = { runtimeGroupId: id, revision, required: requiredOf(options) };
  const waited = await waitApplied(client, barrier, waitOptions(options, context, `group “${name}”: `));
  const { out, paint } = context.terminal;
  const title = { group: name, revision, timeout: options.timeout.text };
  if (!options.json) out(endingLines(waited, title, { paint, now: systemClock.now() }).join('\n'));
  return { ...waited, group: name, revision };
}

function jsonText(answer: LifecycleWrittenFragment, waits: readonly GroupWaited[]): string {
  const { userErrors, ...told } = answer;
  return JSON.stringify({ ...told, ...(waits.length > 0 && { waits }) }, null, 2);
}
