import { Command } from 'commander';
import { findGroup } from '../../sdk/find-group.js';
import {
  DeprecateVersionDocument,
  RepublishVersionDocument,
  UnpublishVersionDocument,
  type LifecycleWrittenFragment,
} from '../../sdk/generated.js';
import type { Client } from '../../sdk/client.js';
import { clientOf, withGroup, type CliContext, type MakeCommand } from '../context.js';
import { findService, findVersion } from '../services/find-service.js';
import {
  withWrite,
  writeLifecycle,
  type WriteInput,
  type WriteOptions,
} from '../services/lifecycle-write.js';

interface Options extends WriteOptions {
  readonly group?: string;
}

interface DeprecateOptions extends Options {
  readonly date?: string;
  readonly sunset?: string;
  readonly successor?: string;
  readonly message?: string;
}

/** `signalbox deprecate` */
export const deprecate: MakeCommand = (context) =>
  command('deprecate')
    .description('say that a version will go: in the catalogue, and in the headers of its responses')
    .option('--date <time>', 'since when it should not be used any more, as 2027-01-31; without it, today')
    .option('--sunset <time>', 'when it is expected to cease')
    .option('--successor <number>', 'the live version of the same group to use instead')
    .option('--message <text>', 'what to do instead, for people')
    .action((service: string, number: string, options: DeprecateOptions) =>
      step({ service, number, options, context }, 'Deprecated', async (write, { client, id, find }) => {
        const { date, sunset, successor, message = null } = options;
        const successorId = successor === undefined ? null : await find(successor);
        const times = { date: isoTime(date), sunset: isoTime(sunset) };
        const input = { id, successorId, message, ...times, ...write };
        return (await client.request(DeprecateVersionDocument, { input })).deprecateServiceVersion;
      }),
    );

/** `signalbox unpublish` */
export const unpublish: MakeCommand = (context) =>
  command('unpublish')
    .description('take a version out of the catalogue; who uses it, still does')
    .action((service: string, number: string, options: Options) =>
      step({ service, number, options, context }, 'Unpublished', async (write, { client, id }) => {
        const input = { id, ...write };
        return (await client.request(UnpublishVersionDocument, { input })).unpublishServiceVersion;
      }),
    );

/** `signalbox republish` */
export const republish: MakeCommand = (context) =>
  command('republish')
    .description('bring a version back into the catalogue as any other')
    .action((service: string, number: string, options: Options) =>
      step({ service, number, options, context }, 'Published again:', async (write, { client, id }) => {
        const input = { id, ...write };
        return (await client.request(RepublishVersionDocument, { input })).republishServiceVersion;
      }),
    );

function command(name: string): Command {
  return withWrite(withGroup(new Command(name)))
    .argument('<service>', 'the service')
    .argument('<number>', 'the number of the version');
}

interface Asked {
  readonly service: string;
  readonly number: string;
  readonly options: Options;
  readonly context: CliContext;
}

interface Found {
  readonly client: Client;
  readonly id: string;
  /** The id of another version of the service in the same group. */
  readonly find: (number: string) => Promise<string>;
}

/** A step of one version in one group. */
async function step(
  { service: name, number, options, context }: Asked,
  verb: string,
  send: (write: WriteInput, found: Found) => Promise<LifecycleWrittenFragment>,
): Promise<void> {
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const find = async (wanted: string): Promise<string> =>
    (await findVersion(client, service, group, wanted)).id;
  const id = await find(number);
  await writeLifecycle({
    ...{ client, options, context },
    send: (write) => send(write, { client, id, find }),
    done: () => `${verb} “${service.name}” ${number} in group “${group.name}”.`,
  });
}

/** A time as the server takes it; what is no time is left for it to refuse. */
function isoTime(text: string | undefined): string | null {
  if (text === undefined) return null;
  const at = new Date(text);
  return Number.isNaN(at.getTime()) ? text : at.toISOString();
}
