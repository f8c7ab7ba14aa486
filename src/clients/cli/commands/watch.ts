import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Client } from '../../sdk/client.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  ChangesDocument,
  ConfigChangesDocument,
  SyncStatusDocument,
  type ChangesFilter,
} from '../../sdk/generated.js';
import type { StreamEvent, StreamOptions } from '../../sdk/stream.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { timeText } from '../time-text.js';
import { findService } from '../services/find-service.js';
import { changesLines, feedLines, statusLines } from '../watch-lines.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly all?: true;
  readonly service?: string;
  readonly kind?: readonly string[];
  readonly actor?: readonly string[];
  readonly label?: readonly Label[];
  readonly fromStart?: true;
  readonly json?: true;
}

/** `signalbox watch` */
export const watch: MakeCommand = (context) =>
  withFeed(withJson(withServer(withGroup(new Command('watch')))))
    .description('follow what changes in a runtime group, and what its instances run, until Ctrl-C')
    .action((options: Options) =>
      isOfAll(options) ? watchAll(options, context) : watchGroup(options, context),
    );

function withFeed(command: Command): Command {
  return command
    .option('--all', 'everything that happens in the organization; with --group, in that group')
    .option('--service <name|id>', 'of that, what is about this service')
    .option('--kind <kind...>', 'of that, what is about things of these sorts, as route or access_token')
    .option('--actor <name|id...>', 'of that, what these tokens wrote')
    .option(
      '--label <key[=value]...>',
      'of that, what has all of these labels, or is of a group or service that has',
      parseLabel,
    )
    .option('--from-start', 'begin with the oldest change that is kept');
}

function isOfAll({ all, service, kind, actor, label, fromStart }: Options): boolean {
  return [all, service, kind, actor, label, fromStart].some((each) => each !== undefined);
}

async function watchAll(options: Options, context: CliContext): Promise<void> {
  const { terminal, leaving } = context;
  const client = await clientOf(options, context);
  const filter = await filterOf(options, client);
  terminal.tell(`Following the changes on ${client.endpoint}. Ctrl-C ends it.`);
  const { out, paint } = terminal;
  const variables = { filter, from: options.fromStart ? 'START' : 'NOW' } as const;
  const follow = { ...streamOptions(leaving(), terminal.tell), isFeed: true };
  for await (const message of client.stream(ChangesDocument, variables, follow)) {
    if (options.json) out(JSON.stringify(message));
    else feedLines(message, paint).forEach((line) => out(line));
  }
}

async function filterOf(options: Options, client: Client): Promise<ChangesFilter> {
  const { group, service, kind, actor, label } = options;
  return {
    ...(group !== undefined && { runtimeGroupIds: [(await findGroup(client, group)).id] }),
    ...(service !== undefined && { serviceIds: [(await findService(client, service)).id] }),
    ...(kind && { kinds: [...kind] }),
    ...(actor && { actors: [...actor] }),
    ...(label && { labels: [...label] }),
  };
}

interface Label {
  readonly key: string;
  /** Null: any. */
  readonly value: string | null;
}

function parseLabel(text: string, others: readonly Label[] | undefined): readonly Label[] {
  const [key = '', value = null] = text.split('=');
  if (key === '') throw new InvalidArgumentError('Write it as key=value, or as key for any value.');
  return [...(others ?? []), { key, value }];
}

async function watchGroup(options: Options, context: CliContext): Promise<void> {
  const { terminal, leaving } = context;
  const client = await clientOf(options, context);
  const { id, name } = await findGroup(client, options.group);
  terminal.tell(`Following group “${name}” on ${client.endpoint}. Ctrl-C ends it.`);
  const follow = { client, runtimeGroupId: id, streamOptions: streamOptions(leaving(), terminal.tell) };
  const { out, paint } = terminal;
  const say = (lines: readonly string[]): void =>
    lines.forEach((line) => out(`${timeText(systemClock.now())} ${line}`));
  await Promise.all([
    followChanges(follow, (message) =>
      options.json ? out(JSON.stringify(message)) : say(changesLines(message, paint)),
    ),
    followStatus(follow, (message) =>
      options.json ? out(JSON.stringify(message)) : say(statusLines(message, paint)),
    ),
  ]);
}

interface Follow {
  readonly client: Client;
  readonly runtimeGroupId: string;
  readonly streamOptions: StreamOptions;
}

type Take<Read> = (
  message: Read extends (message: infer Message, ...rest: never[]) => unknown ? Message : never,
) => void;

async function followChanges(
  { client, runtimeGroupId, streamOptions }: Follow,
  take: Take<typeof changesLines>,
): Promise<void> {
  for await (const message of client.stream(ConfigChangesDocument, { runtimeGroupId }, streamOptions))
    take(message);
}

async function followStatus(
  { client, runtimeGroupId, streamOptions }: Follow,
  take: Take<typeof statusLines>,
): Promise<void> {
  for await (const message of client.stream(SyncStatusDocument, { runtimeGroupId }, streamOptions))
    take(message);
}

function streamOptions(signal: AbortSignal, tell: (text: string) => void): StreamOptions {
  let last = '';
  return {
    signal,
    // Both streams lose the same server at the same moment: that is said once.
    onEvent: (event: StreamEvent) => {
      const sentence = event.is === 'connected' ? '' : `${event.message} Connecting again.`;
      if (sentence && sentence !== last) tell(sentence);
      last = sentence;
    },
  };
}
