import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Client } from '../../sdk/client.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  DiffConfigurationsDocument,
  ListRevisionsDocument,
  type ListRevisionsQuery,
} from '../../sdk/generated.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { diffLines } from '../diff-lines.js';
import { tableText } from '../table.js';
import { agoText } from '../time-text.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly limit: number;
  readonly json?: true;
}

/** `signalbox history`, and `signalbox history diff` */
export const history: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('history'))))
    .description('list who changed what in a runtime group, the newest first')
    .option('--limit <count>', 'how many revisions, 200 at most', wholeNumber, 20)
    .action((options: Options) => listRevisions(options, context))
    .addCommand(diff(context));

async function listRevisions(options: Options, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { id: runtimeGroupId, name } = await findGroup(client, options.group);
  const answer = await client.request(ListRevisionsDocument, { runtimeGroupId, first: options.limit });
  const { terminal } = context;
  if (options.json) return terminal.out(JSON.stringify(answer.runtimeGroup, null, 2));
  const { nodes = [], totalCount = 0 } = answer.runtimeGroup?.revisions ?? {};
  if (nodes.length === 0) return terminal.tell(`Group “${name}” was never written to.`);
  terminal.out(tableText(['REVISION', 'WHEN', 'WHO', 'WHAT', 'WHY'], nodes.map(rowOf)));
  const rest = totalCount - nodes.length;
  if (rest > 0) terminal.tell(`${rest} more are kept: --limit shows them.`);
}

type Revision = NonNullable<ListRevisionsQuery['runtimeGroup']>['revisions']['nodes'][number];

function rowOf({ revision, at, actor, summary, reason }: Revision): (string | number)[] {
  return [revision, agoText(at, systemClock.now()), actor.name, summary, reason ?? ''];
}

interface DiffOptions extends ServerOptions {
  readonly group?: string;
  readonly toGroup?: string;
  readonly json?: true;
}

const diff: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('diff'))))
    .description(
      'show what differs between two revisions of a runtime group, or of two groups, and what that can break',
    )
    .argument('[from]', 'a revision; without it, the newest', wholeNumber)
    .argument('[to]', 'a revision; without it, the newest', wholeNumber)
    .option('--to-group <name|id>', 'compare with another runtime group')
    .action((from: number | undefined, to: number | undefined, options: DiffOptions) =>
      showDiff({ from, to }, options, context),
    );

async function showDiff(
  { from, to }: { readonly from: number | undefined; readonly to: number | undefined },
  options: DiffOptions,
  context: CliContext,
): Promise<void> {
  const client = await clientOf(options, context);
  const group = await findGroup(client, options.group);
  const other = await otherGroup(client, options.toGroup, group);
  const { configDiff } = await client.request(DiffConfigurationsDocument, {
    from: { runtimeGroupId: group.id, revision: from },
    to: { runtimeGroupId: other.id, revision: to },
  });
  const { out, paint } = context.terminal;
  if (options.json) return out(JSON.stringify(configDiff, null, 2));
  const names = { from: group.name, to: other.name };
  out(diffLines(configDiff, names, paint).join('\n'));
}

function otherGroup<Group>(client: Client, named: string | undefined, group: Group) {
  return named === undefined ? group : findGroup(client, named);
}

/** Reads a number of the command line. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
}
