import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { allPages } from '../../sdk/all-pages.js';
import type { Client } from '../../sdk/client.js';
import { fromUserErrors, SignalboxError } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  ApproveDocument,
  ListApprovalsDocument,
  RejectDocument,
  RequireApprovalsDocument,
  ShowApprovalDocument,
  type ApprovalShownFragment,
} from '../../sdk/generated.js';
import { changeLines } from '../change-lines.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { countOf } from '../count-text.js';
import { aboutText, countText, decisionLines } from '../services/approval-text.js';
import { tableText } from '../table.js';
import { agoText } from '../time-text.js';
import { withKey, writeOnce, type WritingOptions } from '../writing.js';

interface Options extends ServerOptions {
  readonly json?: true;
}

interface ListOptions extends Options {
  readonly group?: string;
  readonly all?: true;
}

interface DecideOptions extends Options, WritingOptions {
  readonly comment?: string;
}

interface RequireOptions extends Options, WritingOptions {
  readonly group?: string;
  readonly expiresAfter?: number;
}

/** `signalbox approvals` */
export const approvals: MakeCommand = (context) =>
  new Command('approvals')
    .description('what others are to agree to before it goes live, and what they say')
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(approve(context))
    .addCommand(reject(context))
    .addCommand(demand(context));

const list: MakeCommand = (context) =>
  withJson(withServer(new Command('list')))
    .description('list the requests that are open')
    .option('--group <name|id>', 'those of this runtime group')
    .option('--all', 'also those that are rejected, spent, expired or stale')
    .action((options: ListOptions) => listRequests(options, context));

const show: MakeCommand = (context) =>
  withJson(withServer(new Command('show')))
    .description('show what a request is about, and what was said to it')
    .argument('<id>', 'the id of the request')
    .action((id: string, options: Options) => showRequest(id, options, context));

const approve: MakeCommand = (context) =>
  withKey(withJson(withServer(new Command('approve'))))
    .description('agree to a request of somebody else')
    .argument('<id>', 'the id of the request')
    .option('--comment <text>', 'what else is to be said')
    .action((id: string, options: DecideOptions) =>
      decide(options, context, async (client, idempotencyKey) => {
        const input = { id, comment: options.comment ?? null, idempotencyKey };
        return (await client.request(ApproveDocument, { input })).approveRequest;
      }),
    );

const reject: MakeCommand = (context) =>
  withKey(withJson(withServer(new Command('reject'))))
    .description('say no to a request, or take back your own')
    .argument('<id>', 'the id of the request')
    .option('--comment <text>', 'what else is to be said')
    .action((id: string, options: DecideOptions) =>
      decide(options, context, async (client, idempotencyKey) => {
        const input = { id, comment: options.comment ?? null, idempotencyKey };
        return (await client.request(RejectDocument, { input })).rejectRequest;
      }),
    );

const demand: MakeCommand = (context) =>
  withKey(withJson(withServer(withGroup(new Command('require')))))
    .description('say how many others are to approve what goes live in a runtime group')
    .argument('<count>', 'how many; 0: nobody', parseCount)
    .option('--expires-after <seconds>', 'how long a request is good; without it, a day', parseCount)
    .action((count: number, options: RequireOptions) => requireApprovals(count, options, context));

function parseCount(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number.');
}

async function listRequests(options: ListOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const group = options.group === undefined ? null : await findGroup(client, options.group);
  const filter = {
    ...(group && { runtimeGroupId: { eq: group.id } }),
    ...(options.all !== true && { state: { in: ['PENDING', 'APPROVED'] as const } }),
  };
  const requests = await allPages(
    async (after) => (await client.request(ListApprovalsDocument, { after, filter })).approvalRequests,
  );
  if (options.json) return context.terminal.out(JSON.stringify(requests, null, 2));
  const now = systemClock.now();
  const rows = requests.map((request) => [
    ...[request.id, request.state, countText(request), request.runtimeGroup.name, aboutText(request)],
    `${request.requestedBy}, ${agoText(request.createdAt, now)}`,
  ]);
  context.terminal.out(tableText(['ID', 'STATE', 'APPROVALS', 'GROUP', 'WHAT', 'ASKED BY'], rows));
}

async function showRequest(id: string, options: Options, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { approvalRequest: request } = await client.request(ShowApprovalDocument, { id });
  if (!request) throw noRequest(id);
  const { out, paint } = context.terminal;
  if (options.json) return out(JSON.stringify(request, null, 2));
  const head = `${aboutText(request)} in group “${request.runtimeGroup.name}”: ${request.state}, ${countText(request)} approvals`;
  const changes = changeLines(request.changes, paint).map((line) => `  ${line}`);
  const warnings = request.warnings.map(({ message }) => `  warning: ${message}`);
  out([head, ...decisionLines(request, systemClock.now()), ...changes, ...warnings].join('\n'));
}

function noRequest(id: string): SignalboxError {
  const message = `There is no request for approvals with the id ${id}.`;
  const hint = '`signalbox approvals list --all` lists those that you may see.';
  return new SignalboxError({ code: 'APPROVAL_REQUEST_NOT_FOUND', message, retryable: false, hint });
}

type Send = (
  client: Client,
  idempotencyKey: string,
) => Promise<{
  readonly approvalRequest?: ApprovalShownFragment | null;
  readonly userErrors: Parameters<typeof fromUserErrors>[0];
}>;

async function decide(options: DecideOptions, context: CliContext, send: Send): Promise<void> {
  const client = await clientOf(options, context);
  const answer = await writeOnce(options, context, (key) => send(client, key));
  const { approvalRequest: request, userErrors } = answer;
  const refusal = fromUserErrors(userErrors, 'Nothing was changed.');
  if (refusal) throw refusal;
  if (!request) return;
  if (options.json) return context.terminal.out(JSON.stringify(request, null, 2));
  context.terminal.out(
    `${aboutText(request)} in group “${request.runtimeGroup.name}” is ${request.state}, with ${countText(request)} approvals.`,
  );
}

async function requireApprovals(
  required: number,
  options: RequireOptions,
  context: CliContext,
): Promise<void> {
  const client = await clientOf(options, context);
  const { id } = await findGroup(client, options.group);
  const approvalPolicy = { required, expiresAfterSeconds: options.expiresAfter ?? null };
  const { updateRuntimeGroup: answer } = await writeOnce(options, context, (idempotencyKey) =>
    client.request(RequireApprovalsDocument, { input: { id, approvalPolicy, idempotencyKey } }),
  );
  const refusal = fromUserErrors(answer.userErrors, 'Nothing was changed.');
  if (refusal) throw refusal;
  const { runtimeGroup: group } = answer;
  if (!group) return;
  if (options.json) return context.terminal.out(JSON.stringify(group, null, 2));
  const { approvalPolicy: policy } = group;
  context.terminal.out(
    policy.required === 0
      ? `Group “${group.name}” asks for no approvals.`
      : `Group “${group.name}” asks for ${countOf(policy.required, 'approval')} by others; a request is good for ${policy.expiresAfterSeconds} seconds.`,
  );
}
