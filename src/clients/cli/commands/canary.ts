import { Command, InvalidArgumentError, Option } from 'commander';
import type { Client } from '../../sdk/client.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  AbortCanaryDocument,
  PromoteCanaryDocument,
  ShiftCanaryDocument,
  StartCanaryDocument,
  type CanaryConditionInput,
  type CanarySource,
  type LifecycleWrittenFragment,
  type ServiceTargetInput,
} from '../../sdk/generated.js';
import { clientOf, withGroup, type CliContext, type MakeCommand } from '../context.js';
import { findLive, findService } from '../services/find-service.js';
import {
  withWrite,
  writeLifecycle,
  type WriteInput,
  type WriteOptions,
} from '../services/lifecycle-write.js';
import { readObject } from '../services/read-object.js';

interface Options extends WriteOptions {
  readonly group?: string;
  readonly number?: string;
}

interface StartOptions extends Options {
  readonly url?: string;
  readonly target?: string;
  readonly weight?: number;
  readonly when?: readonly CanaryConditionInput[];
}

interface ShiftOptions extends Options {
  readonly weight: number;
}

/** `signalbox canary` */
export const canary: MakeCommand = (context) =>
  new Command('canary')
    .description('send a part of the requests of a live version to a second target, for a time')
    .addCommand(start(context))
    .addCommand(shift(context))
    .addCommand(end(context, promotion))
    .addCommand(end(context, abortion));

const start: MakeCommand = (context) =>
  command('start')
    .description('begin: say where the part goes, and which part')
    .option('--url <url>', 'where the part goes')
    .addOption(
      new Option('--target <file>', 'the same as a YAML or JSON file with address or nodes').conflicts('url'),
    )
    .option('--weight <percent>', 'the share of the requests that meet the conditions', percent)
    .option(
      '--when <source:name=value>',
      'what a request must have: header:, cookie: or query:, with a value or with any; give several for all of them',
      (text: string, others: readonly CanaryConditionInput[] | undefined) => [
        ...(others ?? []),
        condition(text),
      ],
    )
    .action(async (service: string, options: StartOptions) => {
      const target = await targetOf(options, context);
      const { weight = null, when: conditions = null } = options;
      return write({ service, options, context }, 'Started the canary', async (client, common) => {
        const input = { target, weight, conditions, ...common };
        return (await client.request(StartCanaryDocument, { input })).startCanary;
      });
    });

const shift: MakeCommand = (context) =>
  command('shift')
    .description('give it another share')
    .requiredOption('--weight <percent>', 'the new share', percent)
    .action((service: string, options: ShiftOptions) =>
      write({ service, options, context }, 'Shifted the canary', async (client, common) => {
        const input = { weight: options.weight, ...common };
        return (await client.request(ShiftCanaryDocument, { input })).shiftCanary;
      }),
    );

interface Ending {
  readonly name: string;
  readonly description: string;
  readonly verb: string;
  readonly send: Send;
}

const promotion: Ending = {
  name: 'promote',
  description: 'end it: its target becomes the target of all requests',
  verb: 'Promoted the canary',
  send: async (client, input) => (await client.request(PromoteCanaryDocument, { input })).promoteCanary,
};

const abortion: Ending = {
  name: 'abort',
  description: 'end it: all requests go to the first target again',
  verb: 'Aborted the canary',
  send: async (client, input) => (await client.request(AbortCanaryDocument, { input })).abortCanary,
};

function end(context: CliContext, { name, description, verb, send }: Ending): Command {
  return command(name)
    .description(description)
    .action((service: string, options: Options) => write({ service, options, context }, verb, send));
}

function command(name: string): Command {
  return withWrite(withGroup(new Command(name)))
    .argument('<service>', 'the service')
    .option('--number <number>', 'which version, where several are live');
}

type Send = (
  client: Client,
  common: WriteInput & { readonly serviceVersionId: string },
) => Promise<LifecycleWrittenFragment>;

interface Asked {
  readonly service: string;
  readonly options: Options;
  readonly context: CliContext;
}

/** A step of the canary of what is live in a group. */
async function write({ service: name, options, context }: Asked, verb: string, send: Send): Promise<void> {
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const { id: serviceVersionId, number } = await findLive(client, service, group, options.number);
  await writeLifecycle({
    ...{ client, options, context },
    send: (common) => send(client, { serviceVersionId, ...common }),
    done: () => `${verb} of “${service.name}” ${number} in group “${group.name}”.`,
  });
}

async function targetOf({ url, target }: StartOptions, context: CliContext): Promise<ServiceTargetInput> {
  if (url !== undefined) return { address: { url } };
  if (target !== undefined) return readObject<ServiceTargetInput>(target, context.environment);
  throw new Error('Say where the part goes, with --url or --target.');
}

function percent(text: string): number {
  const share = Number(text.replace(/%$/, ''));
  if (text === '' || !(share >= 0 && share <= 100)) throw new InvalidArgumentError('It is from 0 to 100.');
  return share;
}

function condition(text: string): CanaryConditionInput {
  const [, source = '', name, value] = /^(header|cookie|query):([^=]+)(?:=(.*))?$/i.exec(text) ?? [];
  if (name === undefined)
    throw new InvalidArgumentError('Write cookie:tester=yes, or header:x-beta for any value.');
  return { source: source.toUpperCase() as CanarySource, name, value: value ?? null };
}
