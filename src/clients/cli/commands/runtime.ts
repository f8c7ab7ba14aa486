import { Command } from 'commander';
import { stringify } from 'yaml';
import { SignalboxError } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  RuntimeConfigurationOfVersionDocument,
  UpdateRuntimeConfigurationDocument,
  type UpdateRuntimeConfigurationInput,
} from '../../sdk/generated.js';
import { clientOf, withGroup, type CliContext, type MakeCommand } from '../context.js';
import { findLive, findService } from '../services/find-service.js';
import { withWrite, writeLifecycle, type WriteOptions } from '../services/lifecycle-write.js';
import { readObject } from '../services/read-object.js';

interface Options extends WriteOptions {
  readonly group?: string;
  readonly number?: string;
  readonly url?: string;
  readonly file?: string;
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
    .action((service: string, options: Options) => showOrChange(service, options, context));

async function showOrChange(name: string, options: Options, context: CliContext): Promise<void> {
  const changes = await changesOf(options, context);
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const live = await findLive(client, service, group, options.number);
  const { serviceVersion } = await client.request(RuntimeConfigurationOfVersionDocument, { id: live.id });
  const configuration = serviceVersion?.runtimeConfiguration;
  if (!configuration) throw gone(service.name, group.name);
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
