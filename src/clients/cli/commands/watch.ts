import { Command } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import type { Client } from '../../sdk/client.js';
import { findGroup } from '../../sdk/find-group.js';
import { ConfigChangesDocument, SyncStatusDocument } from '../../sdk/generated.js';
import type { StreamEvent, StreamOptions } from '../../sdk/stream.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { timeText } from '../time-text.js';
import { changesLines, statusLines } from '../watch-lines.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly json?: true;
}

/** `signalbox watch` */
export const watch: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('watch'))))
    .description('follow what changes in a runtime group, and what its instances run, until Ctrl-C')
    .action(async (options: Options) => {
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
    });

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
