import { Command } from 'commander';
import type { Client } from '../../sdk/client.js';
import { findGroup, type FoundGroup } from '../../sdk/find-group.js';
import {
  PromoteVersionDocument,
  PublishVersionDocument,
  RollBackServiceDocument,
  type LifecycleWrittenFragment,
} from '../../sdk/generated.js';
import { clientOf, withGroup, type CliContext, type MakeCommand } from '../context.js';
import { findLive, findService } from '../services/find-service.js';
import { withWrite, writeLifecycle, type WriteOptions } from '../services/lifecycle-write.js';
import { runtimeOf, withRuntime, type RuntimeOptions } from '../services/runtime-options.js';

interface PublishOptions extends WriteOptions, RuntimeOptions {
  readonly to: readonly string[];
  readonly notes?: string;
}

interface PromoteOptions extends WriteOptions, RuntimeOptions {
  readonly from: string;
  readonly to: readonly string[];
  readonly number?: string;
}

interface RollbackOptions extends WriteOptions {
  readonly group?: string;
  readonly to: string;
  readonly restoreRuntime?: true;
  readonly allowNeverLive?: true;
}

/** `signalbox publish` */
export const publish: MakeCommand = (context) =>
  withWrite(withRuntime(withGroups(new Command('publish'))))
    .description('publish the template of a service under a number, to one runtime group or several')
    .argument('<service>', 'the service')
    .argument('<number>', 'the number of the version, which stands for this content for ever')
    .option('--notes <text>', 'what is new in it')
    .action((service: string, number: string, options: PublishOptions) =>
      publishVersion({ service, number }, options, context),
    );

/** `signalbox promote` */
export const promote: MakeCommand = (context) =>
  withWrite(withRuntime(withGroups(new Command('promote'))))
    .description('bring what is live in one runtime group to others')
    .argument('<service>', 'the service')
    .requiredOption('--from <name|id>', 'the runtime group in which it is live')
    .option('--number <number>', 'which version, where several are live')
    .action((service: string, options: PromoteOptions) => promoteVersion(service, options, context));

/** `signalbox rollback` */
export const rollback: MakeCommand = (context) =>
  withWrite(withGroup(new Command('rollback')))
    .description('take a service back to a version, as a new revision of the runtime group')
    .argument('<service>', 'the service')
    .requiredOption('--to <number>', 'the number to go back to, as `signalbox versions` lists it')
    .option('--restore-runtime', 'also go back to what the version ran with when it was last live')
    .option('--allow-never-live', 'also to a version that was live in another runtime group only')
    .action((service: string, options: RollbackOptions) => rollBack(service, options, context));

function withGroups(command: Command): Command {
  return command.requiredOption('--to <groups>', 'the runtime groups, with commas between them', (text) =>
    text.split(',').map((each) => each.trim()),
  );
}

/** The groups one after the other, as their names were given. */
async function findGroups(client: Client, names: readonly string[]): Promise<readonly FoundGroup[]> {
  return Promise.all(names.map((name) => findGroup(client, name)));
}

async function publishVersion(
  { service: name, number }: { readonly service: string; readonly number: string },
  options: PublishOptions,
  context: CliContext,
): Promise<void> {
  const runtimeConfiguration = await runtimeOf(options, context);
  const client = await clientOf(options, context);
  const [service, groups] = await Promise.all([findService(client, name), findGroups(client, options.to)]);
  const publications = [
    { serviceId: service.id, number, notes: options.notes ?? null, runtimeConfiguration },
  ];
  const runtimeGroupIds = groups.map(({ id }) => id);
  await writeLifecycle({
    ...{ client, options, context },
    send: async (write) => {
      const input = { publications, runtimeGroupIds, ...write };
      return (await client.request(PublishVersionDocument, { input })).publishServiceVersion;
    },
    done: (answer) => liveText(`Published “${service.name}” ${number}`, answer),
  });
}

async function promoteVersion(name: string, options: PromoteOptions, context: CliContext): Promise<void> {
  const runtimeConfiguration = await runtimeOf(options, context);
  const client = await clientOf(options, context);
  const [service, from] = await Promise.all([findService(client, name), findGroup(client, options.from)]);
  const groups = await findGroups(client, options.to);
  const { id, number } = await findLive(client, service, from, options.number);
  const runtimeGroupIds = groups.map((group) => group.id);
  await writeLifecycle({
    ...{ client, options, context },
    send: async (write) => {
      const input = { serviceVersionId: id, runtimeGroupIds, runtimeConfiguration, ...write };
      return (await client.request(PromoteVersionDocument, { input })).promoteServiceVersion;
    },
    done: (answer) => liveText(`Promoted “${service.name}” ${number} from group “${from.name}”`, answer),
  });
}

async function rollBack(name: string, options: RollbackOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const { to: number, restoreRuntime = false, allowNeverLive = false } = options;
  const asked = { serviceId: service.id, runtimeGroupId: group.id, number, allowNeverLive };
  await writeLifecycle({
    ...{ client, options, context },
    send: async (write) => {
      const input = { ...asked, restoreRuntimeConfiguration: restoreRuntime, ...write };
      return (await client.request(RollBackServiceDocument, { input })).rollbackService;
    },
    done: (answer) =>
      `${liveText(`Took “${service.name}” back to ${number}`, answer)}\n${runtimeText(answer)}`,
  });
}

function liveText(head: string, { plan }: LifecycleWrittenFragment): string {
  const groups = (plan?.groups ?? []).map(({ runtimeGroup: { name }, revision, changes }) =>
    changes.length === 0
      ? `group “${name}” (no gateway entity changed; revision ${revision})`
      : `group “${name}” (revision ${revision})`,
  );
  return `${head}: it is live in ${groups.join(', ')}.`;
}

function runtimeText({ runtimeConfigurationRestored }: LifecycleWrittenFragment): string {
  return runtimeConfigurationRestored
    ? 'It runs with what it ran with when it was last live.'
    : 'It runs with what the service runs with now.';
}
