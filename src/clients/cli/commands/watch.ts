import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Client } from '../../sdk/client.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  ChangesDocument,
  ConfigChangesDocument,
  SyncStatusDocument,
  type ChangesFilter,
  type ConfigChangesSubscriptionVariables,
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
  readonly tag?: readonly string[];
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
    .option(
      '--kind <kind...>',
      'of that, what is about things of these sorts, as route or access_token; with --group alone, entities of its configuration',
    )
    .option('--tag <tag...>', 'of one group, entities of its configuration that have all of these tags')
    .option(
      '--actor <name|id...>',
      'of that, what these tokens wrote: by their ids, or their names as they were then, letter for letter',
    )
    .option(
      '--label <key[=value]...>',
      'of that, what has all of these labels, or is of a group or service that has',
      parseLabel,
    )
    .option('--from-start', 'begin with the oldest change that is kept');
}

/** Kinds alone may be of the organization, or of the group that is named. */
function isOfAll({ all, service, kind, actor, label, fromStart, group, tag }: Options): boolean {
  const isOne = group !== undefined || tag !== undefined;
  const ofAll = [all, service, actor, label, fromStart, isOne ? undefined : kind];
  return ofAll.some((each) => each !== undefined);
}

async function watchAll(options: Options, context: CliContext): Promise<void> {
  const { terminal, leaving } = context;
  if (options.tag) throw new Error(tagsOfOneGroup);
  const client = await clientOf(options, context);
  const filter = await filterOf(options, client);
  terminal.tell(`Following the changes on ${client.endpoint}. Ctrl-C ends it.`);
  if (options.actor) terminal.tell(actorsCompared(options.actor));
  const { out, paint } = terminal;
  const variables = { filter, from: options.fromStart ? 'START' : 'NOW' } as const;
  const follow = { ...streamOptions(leaving(), terminal.tell), isFeed: true };
  for await (const message of client.stream(ChangesDocument, variables, follow)) {
    if (options.json) out(JSON.stringify(message));
    else feedLines(message, paint).forEach((line) => out(line));
  }
}

const tagsOfOneGroup =
  '--tag is for the configuration of one group. Leave out --all, --service, --actor, --label and --from-start.';

/** Nobody knows all names that there were, so that one that was never there is not refused. */
function actorsCompared(actors: readonly string[]): string {
  const named = actors.map((actor) => `“${actor}”`).join(' or ');
  return `Only what was written by a token with the id ${named}, or with that name when it wrote, letter for letter.`;
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
  const { kind: kinds, tag: tags } = options;
  const asked = { runtimeGroupId: id, ...(kinds && { kinds }), ...(tags && { tags }) };
  const follow = { client, asked, streamOptions: streamOptions(leaving(), terminal.tell) };
  const { out, paint } = terminal;
  const say = (lines: readonly string[]): void =>
    lines.forEach((line) => out(`${timeText(systemClock.now())} ${line}`));
  const changes = followChanges(follow, (message) =>
    options.json ? out(JSON.stringify(message)) : say(changesLines(message, paint)),
  );
  // Who asks for some entities does not ask what instances run.
  if (kinds ?? tags) return changes;
  await Promise.all([
    changes,
    followStatus(follow, (message) =>
      options.json ? out(JSON.stringify(message)) : say(statusLines(message, paint)),
    ),
  ]);
}

interface Follow {
  readonly client: Client;
  readonly asked: ConfigChangesSubscriptionVariables;
  readonly streamOptions: StreamOptions;
}

type Take<Read> = (
  message: Read extends (message: infer Message, ...rest: never[]) => unknown ? Message : never,
) => void;

async function followChanges(
  { client, asked, streamOptions }: Follow,
  take: Take<typeof changesLines>,
): Promise<void> {
  for await (const message of client.stream(ConfigChangesDocument, asked, streamOptions)) take(message);
}

async function followStatus(
  { client, asked: { runtimeGroupId }, streamOptions }: Follow,
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
