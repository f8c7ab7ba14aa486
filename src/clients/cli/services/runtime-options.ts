import { Option, type Command } from 'commander';
import type { RuntimeConfigurationInput } from '../../sdk/generated.js';
import type { CliContext } from '../context.js';
import { readObject } from './read-object.js';

/** What a version is to run with, as a person says it. */
export interface RuntimeOptions {
  readonly url?: string;
  readonly runtime?: string;
}

/** Gives a command the options that say what a version is to run with. */
export function withRuntime(command: Command, whereTo = whereToOrKept): Command {
  return command
    .option('--url <url>', whereTo)
    .addOption(
      new Option(
        '--runtime <file>',
        'a YAML or JSON file with hosts, pathPrefix, stripPathPrefix and target; - is the standard input',
      ).conflicts('url'),
    );
}

const whereToOrKept = 'where the API is; without it, what the service runs with already is kept';

/** What a version is to run with; nothing if nobody said so. */
export async function runtimeOf(
  { url, runtime }: RuntimeOptions,
  { environment }: CliContext,
): Promise<RuntimeConfigurationInput | null> {
  if (url !== undefined) return { target: { address: { url } } };
  return runtime === undefined ? null : readObject<RuntimeConfigurationInput>(runtime, environment);
}
