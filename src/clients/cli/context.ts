import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { openClient, type Client } from '../sdk/client.js';
import { endpointOf, standardServer } from '../sdk/endpoint.js';
import { SignalboxError } from '../sdk/error.js';
import type { Environment } from './environment.js';
import type { Terminal } from './terminal.js';

/** What every command is given. */
export interface CliContext {
  readonly environment: Environment;
  readonly terminal: Terminal;
  /** The folder of the project: where the server and the examples are. */
  readonly root: string;
  /** For commands that go on for long: from the first call on, Ctrl-C and SIGTERM ask to leave in good order. */
  readonly leaving: () => AbortSignal;
  /** Sets what the process ends with, if it is not 0. */
  readonly exitWith: (code: number) => void;
}

/** Makes one command of the command line. */
export type MakeCommand = (context: CliContext) => Command;

/** Which server is meant, and who asks. */
export interface ServerOptions {
  readonly server: string;
  readonly token?: string;
}

/** Gives a command the options that say which server is meant, and who asks. */
export function withServer(command: Command): Command {
  return command
    .addOption(new Option('--server <url>', 'the server').default(standardServer))
    .option(
      '--token <token>',
      'who asks; else SIGNALBOX_TOKEN, else the administrator’s token of a server that runs here',
    );
}

/** Gives a command the option that says which group is meant. */
export function withGroup(command: Command): Command {
  return command.option('--group <name|id>', 'the runtime group; without it, the default group');
}

/** Gives a command the option to answer for programs. */
export function withJson(command: Command): Command {
  return command.option('--json', 'answer in JSON');
}

/** Gives a command the option that says what of a group is meant. */
export function withTags(command: Command): Command {
  return command.option(
    '--select-tag <tag>',
    'only what has this tag; give several for what has all of them. Files may say it themselves, in _info.select_tags',
    (given: string, others: readonly string[] | undefined) => [...(others ?? []), ...given.split(',')],
  );
}

/** A client of the server that is meant. Throws if there is no token to ask with. */
export async function clientOf(options: ServerOptions, context: CliContext): Promise<Client> {
  const token = await tokenOf(options, context.environment);
  if (token === undefined) throw noToken(context.environment);
  return openClient({ endpoint: endpointOf(options.server), token });
}

/** The token to ask with: the one given, else the one of the environment, else the administrator's, if it is here. */
export async function tokenOf(options: ServerOptions, environment: Environment): Promise<string | undefined> {
  if (options.token !== undefined) return options.token;
  if (environment.token !== undefined) return environment.token;
  const kept = await readFile(tokenFileOf(environment), 'utf8').catch(() => '');
  return kept.trim() || undefined;
}

function tokenFileOf({ dataDirectory }: Environment): string {
  return join(resolve(dataDirectory), 'admin-token');
}

function noToken(environment: Environment): SignalboxError {
  return new SignalboxError({
    code: 'TOKEN_MISSING',
    message: `There is no token to ask with: neither --token nor SIGNALBOX_TOKEN is given, and ${tokenFileOf(environment)} cannot be read.`,
    retryable: false,
    hint: 'A server writes that file when it first starts; SIGNALBOX_DATA_DIR says where its folder is.',
  });
}
