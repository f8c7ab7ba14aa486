import { Command, Option } from 'commander';
import { stringify } from 'yaml';
import { SignalboxError } from '../../sdk/error.js';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { allPages } from '../../sdk/all-pages.js';
import type { Client } from '../../sdk/client.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  HistoryOfRuntimeConfigurationDocument,
  RuntimeConfigurationOfVersionDocument,
  UpdateRuntimeConfigurationDocument,
  type UpdateRuntimeConfigurationInput,
} from '../../sdk/generated.js';
import { clientOf, withGroup, type CliContext, type MakeCommand } from '../context.js';
import { findLive, findService } from '../services/find-service.js';
import { withWrite, writeLifecycle, type WriteOptions } from '../services/lifecycle-write.js';
import { tableText } from '../table.js';
import { agoText } from '../time-text.js';
import { readObject } from '../services/read-object.js';

interface Options extends WriteOptions {
  readonly group?: string;
  readonly number?: string;
  readonly url?: string;
  readonly file?: string;
  readonly history?: true;
}

/** `signalbox runtime` */
export const runtime: MakeCommand = (context) =>
  withWrite(withGroup(new Command('runtime')))
    .description('show what a service runs with in a runtime group, or change it with --url or --file')
    .argument('<service>', 'the service')
    .option('--number <number>', 'which version, where several are live')
    .option('--url <url>', 'where the API is from now on')
    .option(
      '-f, --file <file>',
      'a YAML or JSON file with what changes of hosts, pathPrefix, stripPathPrefix and target',
    )
    .addOption(
      new Option('--history', 'list its changes, the newest first').conflicts([
        'url',
        'file',
        'dryRun',
        'wait',
      ]),
    )
    .action((service: string, options: Options) => showOrChange(service, options, context));

async function showOrChange(name: string, options: Options, context: CliContext): Promise<void> {
  const changes = await changesOf(options, context);
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const live = await findLive(client, service, group, options.number);
  const { serviceVersion } = await client.request(RuntimeConfigurationOfVersionDocument, { id: live.id });
  const configuration = serviceVersion?.runtimeConfiguration;
  if (!configuration) throw gone(service.name, group.name);
  if (options.history) return listHistory(client, configuration.id, { json: options.json, context });
  if (changes === undefined)
    return context.terminal.out(
      options.json ? JSON.stringify(configuration, null, 2) : stringify(configuration).trimEnd(),
    );
  await writeLifecycle({
    ...{ client, options, context },
    send: async (write) => {
      const input = { ...changes, id: configuration.id, ...write };
      const answer = await client.request(UpdateRuntimeConfigurationDocument, { input });
      return answer.updateRuntimeConfiguration;
    },
    done: () => `Changed what “${service.name}” runs with in group “${group.name}”.`,
  });
}

/** The changes of a runtime configuration, each with the names of what became different. */
async function listHistory(
  client: Client,
  id: string,
  { json, context }: { readonly json: true | undefined; readonly context: CliContext },
): Promise<void> {
  const changes = await allPages(async (after) => {
    const { node } = await client.request(HistoryOfRuntimeConfigurationDocument, { id, after });
    return node && 'history' in node ? node.history : noChanges;
  });
  if (json) return context.terminal.out(JSON.stringify(changes, null, 2));
  const now = systemClock.now();
  const rows = changes.map((each) => [
    ...[`${each.actor}, ${agoText(each.at, now)}`, each.change, differentParts(each), each.reason ?? ''],
  ]);
  context.terminal.out(tableText(['BY', 'CHANGE', 'OF', 'REASON'], rows));
}

const noChanges = { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } };

function differentParts({
  before,
  after,
}: {
  readonly before?: object | null;
  readonly after?: object | null;
}) {
  const [was, is] = [before ?? {}, after ?? {}].map((facts) => facts as Readonly<Record<string, unknown>>);
  const names = Object.keys({ ...was, ...is });
  const isDifferent = (name: string): boolean => JSON.stringify(was?.[name]) !== JSON.stringify(is?.[name]);
  return names.filter(isDifferent).join(', ');
}

type Changes = Omit<UpdateRuntimeConfigurationInput, 'id'>;

/** What is to change; nothing if nobody said so. */
async function changesOf({ url, file }: Options, { environment }: CliContext): Promise<Changes | undefined> {
  const read = file === undefined ? undefined : await readObject<Changes>(file, environment);
  return url === undefined ? read : { ...read, target: { address: { url } } };
}

function gone(service: string, group: string): SignalboxError {
  return new SignalboxError({
    code: 'RUNTIME_CONFIGURATION_NOT_FOUND',
    message: `There is nothing that service “${service}” runs with in group “${group}”.`,
    retryable: false,
  });
}
