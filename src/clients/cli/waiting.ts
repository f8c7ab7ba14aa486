import { InvalidArgumentError, Option, type Command } from 'commander';
import type { RequiredInstances } from '../sdk/generated.js';
import type { StreamEvent } from '../sdk/stream.js';
import type { Outcome, WaitOptions } from '../sdk/wait-applied.js';
import type { CliContext } from './context.js';
import { progressLine } from './wait-lines.js';

/** How it is waited for a revision, as a person said it. */
export interface WaitingOptions {
  readonly timeout: Timeout;
  readonly required: string;
  readonly allowEmpty?: true;
  readonly keepWaiting?: true;
}

interface Timeout {
  readonly text: string;
  readonly ms: number;
}

/** Gives a command the options that say how it is waited for a revision. */
export function withWaiting(command: Command): Command {
  return command
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
    .option('--keep-waiting', 'go on if an instance refuses it: a later revision may mend that');
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

/** What a command that waited ends with; of several outcomes, the greatest counts. */
export const exitCodes: Readonly<Record<Outcome, number>> = {
  EVERYWHERE: 0,
  EMPTY: 0,
  TIMED_OUT: 2,
  REJECTED: 3,
  LEFT: 130,
};

/** Which instances are meant by `--required`. */
export function requiredOf({ required }: WaitingOptions): RequiredInstances {
  return required.toUpperCase() as RequiredInstances;
}

/** Results go out at the end; on the way there, people are told how far it is. */
export function waitOptions(
  options: WaitingOptions,
  { terminal, leaving }: CliContext,
  prefix = '',
): WaitOptions {
  let last = '';
  const tellOnce = (line: string): void => {
    if (line !== last) terminal.tell(prefix + line);
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
