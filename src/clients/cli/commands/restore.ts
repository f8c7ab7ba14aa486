import { Command } from 'commander';
import { fromUserErrors } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import { RestoreRevisionDocument } from '../../sdk/generated.js';
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
import { withKey, writeOnce, type WritingOptions } from '../writing.js';
import { wholeNumber } from './history.js';

interface Options extends ServerOptions, WritingOptions {
  readonly group?: string;
  readonly reason?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `signalbox restore` */
export const restore: MakeCommand = (context) =>
  withKey(withJson(withServer(withGroup(new Command('restore')))))
    .description('give a runtime group the configuration of an earlier revision again, as a new revision')
    .argument('<revision>', 'the revision, as `signalbox history` lists it', wholeNumber)
    .option('--reason <text>', 'why, for those who read the history')
    .option('--dry-run', 'say what would change, and change nothing; ends with 2 if there are differences')
    .action((revision: number, options: Options) => restoreGroup(revision, options, context));

async function restoreGroup(revision: number, options: Options, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { id: runtimeGroupId, name } = await findGroup(client, options.group);
  const { reason, dryRun = false } = options;
  const { restoreRevision: answer } = await writeOnce(options, context, (idempotencyKey) => {
    const input = { runtimeGroupId, revision, reason, dryRun, idempotencyKey };
    return client.request(RestoreRevisionDocument, { input });
  });
  const refusal = fromUserErrors(answer.userErrors, 'Nothing was changed.');
  if (refusal) throw refusal;
  const changes = answer.changes ?? [];
  if (dryRun && changes.length > 0) context.exitWith(2);
  const { out, paint } = context.terminal;
  if (options.json) return out(JSON.stringify({ ...answer, userErrors: undefined }, null, 2));
  if (changes.length === 0)
    return out(`Nothing to change: group “${name}” is as it was at revision ${revision}.`);
  const verdict = dryRun
    ? `Nothing was changed: this is what restoring revision ${revision} of group “${name}” would do.`
    : `Restored revision ${revision} of group “${name}” as revision ${answer.revision}.`;
  out([...changeLines(changes, paint), '', verdict].join('\n'));
}
