import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { findGroup } from '../../sdk/find-group.js';
import type { RequiredInstances } from '../../sdk/generated.js';
import type { StreamEvent } from '../../sdk/stream.js';
import { waitApplied, type Outcome, type Waited, type WaitOptions } from '../../sdk/wait-applied.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { endingLines, progressLine, type Title } from '../wait-lines.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly revision?: number;
  readonly timeout: Timeout;
  readonly required: string;
  readonly allowEmpty?: true;
  readonly keepWaiting?: true;
  readonly json?: true;
}

/** `signalbox wait` */
export const wait: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('wait'))))
    .description('wait until a revision of a runtime group runs on its instances')
    .option('--revision <number>', 'the revision; without it, the newest', parseRevision)
    .addOption(
      new Option('--timeout <time>', 'how long to wait at most, as 90s, 5m or 1h')
        .argParser(parseTimeout)
        .default(parseTimeout('120s'), '120s'),
    )
    .addOption(
      new Option('--required <which>', 'the instances that have to run it (docs/barrier.md)')
        .choices(['connected', 'present', 'all'])
        .default('present'),
    )
    .option('--allow-empty', 'it is well if there is no instance that has to run it')
    .option('--keep-waiting', 'go on if an instance refuses it: a later revision may mend that')
    .addHelpText('after', exitCodesText)
    .action((options: Options) => waitFor(options, context));

const exitCodes: Readonly<Record<Outcome, number>> = {
  EVERYWHERE: 0,
  EMPTY: 0,
  TIMED_OUT: 2,
  REJECTED: 3,
  LEFT: 130,
};

const exitCodesText = `
Ends with 0 if it is everywhere, 1 after an error, 2 if the time was up, 3 if an instance refused it, 130 after Ctrl-C.`;

interface Timeout {
  readonly text: string;
  readonly ms: number;
}

const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const longestMs = 24 * 3_600_000;

function parseTimeout(text: string): Timeout {
  const [, amount, unit = ''] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
  const ms = Number(amount) * (unitMs[unit] ?? 0);
  if (amount === undefined || ms > longestMs)
    throw new InvalidArgumentError('Write 90s, 5m or 1h; 24h at most.');
  return { text, ms };
}

function parseRevision(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('It is a number, as a write answers it.');
  return Number(text);
}

async function waitFor(options: Options, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const group = await findGroup(client, options.group);
  const revision = options.revision ?? group.revision;
  const required = options.required.toUpperCase() as RequiredInstances;
  const barrier = { runtimeGroupId: group.id, revision, required };
  const waited = await waitApplied(client, barrier, waitOptions(options, context));
  const title = { group: group.name, revision, timeout: options.timeout.text };
  context.terminal.out(options.json ? jsonOf(waited, title) : textOf(waited, title, context));
  context.exitWith(exitCodes[waited.outcome]);
}

/** Results go out at the end; on the way there, people are told how far it is. */
function waitOptions(options: Options, { terminal, leaving }: CliContext): WaitOptions {
  let last = '';
  const tellOnce = (line: string): void => {
    if (line !== last) terminal.tell(line);
    last = line;
  };
  return {
    ...{ timeoutMs: options.timeout.ms, signal: leaving() },
    ...{ allowEmpty: options.allowEmpty ?? false, keepWaiting: options.keepWaiting ?? false },
    onStatus: (status) => {
      if (!status.everywhere) tellOnce(progressLine(status, terminal.paint));
    },
    onEvent: (event: StreamEvent) => {
      if (event.is === 'disconnected') tellOnce(`${event.message} Connecting again.`);
    },
  };
}

function textOf(waited: Waited, title: Title, { terminal }: CliContext): string {
  const view = { paint: terminal.paint, now: systemClock.now() };
  return endingLines(waited, title, view).join('\n');
}

function jsonOf({ outcome, status }: Waited, { group, revision }: Title): string {
  const { __typename, ...known } = status ?? { __typename: undefined };
  return JSON.stringify({ outcome, group, revision, ...known }, null, 2);
}
