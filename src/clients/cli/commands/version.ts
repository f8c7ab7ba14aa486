import { Command } from 'commander';
import { SignalboxError } from '../../sdk/error.js';
import { findGroup, type FoundGroup } from '../../sdk/find-group.js';
import type { Client } from '../../sdk/client.js';
import {
  CreateVersionDocument,
  DeleteVersionDocument,
  ImplementationOfVersionDocument,
  UpdateVersionDocument,
} from '../../sdk/generated.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { findService, findVersion, type FoundService, type FoundVersion } from '../services/find-service.js';
import { fileOfImplementation, implementationText, readImplementation } from '../services/implementation.js';
import { withWrite, writeLifecycle, type WriteOptions } from '../services/lifecycle-write.js';
import { runtimeOf, withRuntime, type RuntimeOptions } from '../services/runtime-options.js';

interface Place {
  readonly service: string;
  readonly number: string;
}

interface Options extends WriteOptions {
  readonly group?: string;
}

interface CreateOptions extends Options, RuntimeOptions {
  readonly file: string;
  readonly notes?: string;
}

interface UpdateOptions extends Options {
  readonly file?: string;
  readonly notes?: string;
}

interface DeleteOptions extends Options {
  readonly force?: true;
}

interface ShowOptions extends ServerOptions {
  readonly group?: string;
  readonly json?: true;
}

/** `signalbox version` */
export const version: MakeCommand = (context) =>
  new Command('version')
    .description('make, show, change and delete single versions')
    .addCommand(create(context))
    .addCommand(show(context))
    .addCommand(update(context))
    .addCommand(remove(context));

const create: MakeCommand = (context) =>
  withRuntime(writing('create'), 'where the API is')
    .description('make a version of a service whose versions live side by side; it is live at once')
    .requiredOption('-f, --file <file>', `what it does: ${fileOfImplementation}`)
    .option('--notes <text>', 'what is new in it')
    .action((service: string, number: string, options: CreateOptions) =>
      createVersion({ service, number }, options, context),
    );

const show: MakeCommand = (context) =>
  at(withJson(withServer(withGroup(new Command('show')))))
    .description('show what a version does, as a file that `update -f` and `service template -f` take')
    .action((service: string, number: string, options: ShowOptions) =>
      showVersion({ service, number }, options, context),
    );

const update: MakeCommand = (context) =>
  writing('update')
    .description('change what a version does, where versions live side by side, or its notes')
    .option('-f, --file <file>', `the parts to change, each as a whole: ${fileOfImplementation}`)
    .option('--notes <text>', 'what is new in it')
    .action((service: string, number: string, options: UpdateOptions) =>
      updateVersion({ service, number }, options, context),
    );

const remove: MakeCommand = (context) =>
  writing('delete')
    .description('delete a version of history; with --force, also one that is live')
    .option('--force', 'also if it is live: nobody can reach it any more')
    .action((service: string, number: string, options: DeleteOptions) =>
      deleteVersion({ service, number }, options, context),
    );

function writing(name: string): Command {
  return at(withWrite(withGroup(new Command(name))));
}

function at(command: Command): Command {
  return command.argument('<service>', 'the service').argument('<number>', 'the number of the version');
}

async function createVersion(
  { service: name, number }: Place,
  options: CreateOptions,
  context: CliContext,
): Promise<void> {
  const implementation = await readImplementation(options.file, context);
  const runtimeConfiguration = await runtimeOf(options, context);
  if (!runtimeConfiguration) throw new Error('Say where the API is, with --url or --runtime.');
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const asked = { serviceId: service.id, runtimeGroupId: group.id, number, notes: options.notes ?? null };
  await writeLifecycle({
    ...{ client, options, context },
    send: async (write) => {
      const input = { ...asked, implementation, runtimeConfiguration, ...write };
      return (await client.request(CreateVersionDocument, { input })).createServiceVersion;
    },
    done: () => `Made “${service.name}” ${number}: it is live in group “${group.name}”.`,
  });
}

async function showVersion(place: Place, options: ShowOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { found } = await find(place, options, client);
  const { serviceVersion } = await client.request(ImplementationOfVersionDocument, { id: found.id });
  if (!serviceVersion) throw gone(place);
  context.terminal.out(
    options.json
      ? JSON.stringify(serviceVersion, null, 2)
      : implementationText(serviceVersion.implementation),
  );
}

async function updateVersion(place: Place, options: UpdateOptions, context: CliContext): Promise<void> {
  const { file, notes } = options;
  if (file === undefined && notes === undefined)
    throw new Error('Say what is to change, with --file or --notes.');
  const implementation = file === undefined ? null : await readImplementation(file, context);
  const client = await clientOf(options, context);
  const { service, group, found } = await find(place, options, client);
  await writeLifecycle({
    ...{ client, options, context },
    send: async (write) => {
      const input = { id: found.id, implementation, notes: notes ?? null, ...write };
      return (await client.request(UpdateVersionDocument, { input })).updateServiceVersion;
    },
    done: () => `Changed “${service.name}” ${found.number} in group “${group.name}”.`,
  });
}

async function deleteVersion(place: Place, options: DeleteOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { service, group, found } = await find(place, options, client);
  await writeLifecycle({
    ...{ client, options, context },
    send: async (write) => {
      const input = { id: found.id, force: options.force ?? false, ...write };
      return (await client.request(DeleteVersionDocument, { input })).deleteServiceVersion;
    },
    done: () => `Deleted “${service.name}” ${found.number} from group “${group.name}”.`,
  });
}

async function find(
  place: Place,
  options: { readonly group?: string },
  client: Client,
): Promise<{ readonly service: FoundService; readonly group: FoundGroup; readonly found: FoundVersion }> {
  const [service, group] = await Promise.all([
    findService(client, place.service),
    findGroup(client, options.group),
  ]);
  return { service, group, found: await findVersion(client, service, group, place.number) };
}

function gone({ service, number }: Place): SignalboxError {
  return new SignalboxError({
    code: 'SERVICE_VERSION_NOT_FOUND',
    message: `Version ${number} of service “${service}” was deleted a moment ago.`,
    retryable: false,
  });
}
