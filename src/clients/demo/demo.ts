import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { systemClock } from '../../foundation/kernel/clock.js';
import type { Terminal } from '../cli/terminal.js';
import { timeText } from '../cli/time-text.js';
import { openClient, type Client } from '../sdk/client.js';
import { endpointOf } from '../sdk/endpoint.js';
import { fromUserErrors } from '../sdk/error.js';
import { findGroup } from '../sdk/find-group.js';
import { ConfigChangesDocument, ImportConfigurationDocument, SyncStatusDocument } from '../sdk/generated.js';
import { Board } from './board.js';
import { boardText, summaryText } from './board-text.js';
import { afternoon } from './changes.js';
import { startFleet, type Fleet } from './fleet.js';
import { openScreen, type Screen } from './screen.js';

export interface DemoOptions {
  /** The folder of the project. */
  readonly root: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly terminal: Terminal;
  /** How many changes to make, one a second. */
  readonly changes: number;
  /** Goes on, without changes, until the signal. */
  readonly keep: boolean;
  readonly signal: AbortSignal;
}

const agents = ['gateway-a', 'gateway-b', 'gateway-c'];
const example = 'examples/petstore-platform.yaml';

/** Shows the whole of it: a server and three agents, a platform that is imported, and changes that come to all of them. */
export async function runDemo(options: DemoOptions): Promise<void> {
  try {
    await perform(options);
  } catch (error) {
    // Whoever wanted to leave knows that it did not come to its end.
    if (!options.signal.aborted) throw error;
  }
}

async function perform(options: DemoOptions): Promise<void> {
  const { out } = options.terminal;
  out('Starting a control plane with a database of its own …');
  const fleet = await startFleet(options);
  try {
    out(`It is at ${fleet.server}, with GraphiQL at ${fleet.server}/graphiql.`);
    await play(fleet, options);
  } finally {
    out('Stopping everything …');
    await fleet.stop();
  }
}

/** What all parts of the play have in hand. */
interface Stage {
  readonly client: Client;
  readonly groupId: string;
  readonly board: Board;
  readonly screen: Screen;
}

async function play(fleet: Fleet, options: DemoOptions): Promise<void> {
  const client = openClient({ endpoint: endpointOf(fleet.server), token: fleet.token });
  const { id: groupId } = await findGroup(client, undefined);
  const screen = openScreen(options.terminal);
  const stage: Stage = { client, groupId, screen, board: new Board(agents.length) };
  const over = new AbortController();
  const following = followAll(stage, options, AbortSignal.any([options.signal, over.signal]));
  try {
    await beginning(stage, fleet, options);
    const { revision: first } = stage.board;
    await changing(stage, options);
    const passages = stage.board.passages.filter(({ revision }) => revision > first);
    await ending(screen, summaryText(passages, agents.length), fleet, options);
  } finally {
    over.abort();
    await following;
    screen.close();
  }
}

async function beginning(stage: Stage, fleet: Fleet, { root, signal }: DemoOptions): Promise<void> {
  await importExample(stage, root);
  agents.forEach((name) => {
    fleet.startAgent(name);
  });
  await settled(stage.board, signal);
}

async function changing({ client, groupId, board, screen }: Stage, options: DemoOptions): Promise<void> {
  const changes = afternoon(client, groupId);
  for (let made = 0; made < options.changes; made += 1) {
    const change = (await changes.next()).value;
    if (!change) return;
    const revision = await change.run();
    say(screen, `revision ${revision}: ${change.sentence}`);
    await wait(1_000, undefined, { signal: options.signal });
  }
  await settled(board, options.signal);
}

async function importExample({ client, groupId, screen }: Stage, root: string): Promise<void> {
  const content = await readFile(join(root, example), 'utf8');
  const input = { runtimeGroupId: groupId, documents: [{ name: example, content }] };
  const { importConfiguration } = await client.request(ImportConfigurationDocument, { input });
  const refusal = fromUserErrors(importConfiguration.userErrors);
  if (refusal) throw refusal;
  const { revision, summary } = importConfiguration;
  say(screen, `revision ${revision ?? 0}: imported ${example} (${summary?.created ?? 0} entities)`);
}

/** Resolves when all agents run the newest revision. */
async function settled(board: Board, signal: AbortSignal): Promise<void> {
  const isSettled = (): boolean =>
    board.instances.length === agents.length &&
    board.instances.every(({ appliedRevision }) => appliedRevision === board.revision);
  while (!isSettled()) await wait(50, undefined, { signal });
}

async function ending(screen: Screen, summary: string, fleet: Fleet, options: DemoOptions): Promise<void> {
  if (!options.keep) {
    screen.close();
    options.terminal.out(summary);
    return;
  }
  say(screen, summary);
  say(screen, `It goes on until Ctrl-C. GraphiQL: ${fleet.server}/graphiql. The files: ${fleet.directory}.`);
  await wait(2 ** 31 - 1, undefined, { signal: options.signal });
}

/** Both streams of the group, until the signal. */
async function followAll(stage: Stage, { terminal }: DemoOptions, signal: AbortSignal): Promise<void> {
  const { client, groupId: runtimeGroupId, board, screen } = stage;
  const show = (): void => {
    screen.show(boardText(board, terminal.paint));
  };
  const changes = async (): Promise<void> => {
    for await (const message of client.stream(ConfigChangesDocument, { runtimeGroupId }, { signal })) {
      board.takeConfig(message);
      show();
    }
  };
  const statuses = async (): Promise<void> => {
    for await (const message of client.stream(SyncStatusDocument, { runtimeGroupId }, { signal })) {
      for (const { revision, tookMs } of board.takeStatus(message, systemClock.now())) {
        say(
          screen,
          `revision ${revision} runs on all ${agents.length} instances, ${tookMs} ms after its commit`,
        );
      }
      show();
    }
  };
  await Promise.all([changes(), statuses()]);
}

function say(screen: Screen, sentence: string): void {
  screen.say(`${timeText(systemClock.now())} ${sentence}`);
}
