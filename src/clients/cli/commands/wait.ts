import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { findGroup } from '../../sdk/find-group.js';
import { waitApplied, type Waited } from '../../sdk/wait-applied.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { endingLines, type Title } from '../wait-lines.js';
import { exitCodes, requiredOf, waitOptions, withWaiting, type WaitingOptions } from '../waiting.js';

interface Options extends ServerOptions, WaitingOptions {
  readonly group?: string;
  readonly revision?: number;
  readonly json?: true;
}

/** `signalbox wait` */
export const wait: MakeCommand = (context) =>
  withJson(withWaiting(withServer(withGroup(new Command('wait')))))
    .description('wait until a revision of a runtime group runs on its instances')
    .option('--revision <number>', 'the revision; without it, the newest', parseRevision)
    .addHelpText('after', exitCodesText)
    .action((options: Options) => waitFor(options, context));

const exitCodesText = `
Ends with 0 if it is everywhere, 1 after an error, 2 if the time was up, 3 if an instance refused it, 130 after Ctrl-C.`;

function parseRevision(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a number, as a write answers it.');
  return Number(text);
}

async function waitFor(options: Options, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const group = await findGroup(client, options.group);
  const revision = options.revision ?? group.revision;
  const barrier = { runtimeGroupId: group.id, revision, required: requiredOf(options) };
  const waited = await waitApplied(client, barrier, waitOptions(options, context));
  const title = { group: group.name, revision, timeout: options.timeout.text };
  context.terminal.out(options.json ? jsonOf(waited, title) : textOf(waited, title, context));
  context.exitWith(exitCodes[waited.outcome]);
}

function textOf(waited: Waited, title: Title, { terminal }: CliContext): string {
  const view = { paint: terminal.paint, now: systemClock.now() };
  return endingLines(waited, title, view).join('\n');
}

function jsonOf({ outcome, status }: Waited, { group, revision }: Title): string {
  const { __typename, ...known } = status ?? { __typename: undefined };
  return JSON.stringify({ outcome, group, revision, ...known }, null, 2);
}
