import { Command, InvalidArgumentError } from 'commander';
import { newId } from '../../../foundation/kernel/id.js';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { allPages } from '../../sdk/all-pages.js';
import type { Client } from '../../sdk/client.js';
import { fromUserErrors, SignalboxError, type Problem } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  CreatePluginSchemaDocument,
  DeletePluginSchemaDocument,
  ListPluginSchemasDocument,
  UpdatePluginSchemaDocument,
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
import { readObject } from '../services/read-object.js';
import { tableText } from '../table.js';

interface Options extends ServerOptions {
  readonly group?: string;
}

interface RegisterOptions extends Options {
  readonly description?: string;
  readonly priority?: number;
  readonly reason?: string;
}

/** `signalbox plugin-schemas` */
export const pluginSchemas: MakeCommand = (context) =>
  new Command('plugin-schemas')
    .description('the schemas of plugins that do not come with the gateway (docs/plugins.md)')
    .addCommand(list(context))
    .addCommand(register(context))
    .addCommand(remove(context));

const list: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('list'))))
    .description('list those that are registered in a runtime group')
    .action((options: Options & { readonly json?: true }) => listSchemas(options, context));

const register: MakeCommand = (context) =>
  withServer(withGroup(new Command('register')))
    .description('register the JSON Schema of a plugin’s settings, or put it in place of the one before')
    .argument('<plugin>', 'the name of the plugin')
    .argument('<file>', 'the schema, as JSON or YAML; - is the standard input')
    .option('--description <text>', 'what the plugin does')
    .option('--priority <number>', 'when it runs, as PRIORITY in its handler says', parsePriority)
    .option('--reason <text>', 'why, for those who read the history')
    .action((name: string, file: string, options: RegisterOptions) =>
      registerSchema({ name, file }, options, context),
    );

const remove: MakeCommand = (context) =>
  withServer(withGroup(new Command('delete')))
    .description('take a schema away; refused while plugins of the group need it')
    .argument('<plugin>', 'the name of the plugin')
    .option('--reason <text>', 'why, for those who read the history')
    .action((name: string, options: RegisterOptions) => removeSchema(name, options, context));

function parsePriority(text: string): number {
  if (/^-?\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number.');
}

async function listSchemas(options: Options & { readonly json?: true }, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { id } = await findGroup(client, options.group);
  const schemas = await readSchemas(client, id);
  if (options.json) return context.terminal.out(JSON.stringify(schemas, null, 2));
  const rows = schemas.map(({ name, priority, description }) => [name, priority, description ?? '']);
  context.terminal.out(tableText(['PLUGIN', 'PRIORITY', 'DESCRIPTION'], rows));
}

/** The schemas of a group; those of one plugin alone, if it is named. */
function readSchemas(client: Client, groupId: string, name?: string) {
  const filter = name === undefined ? null : { name: { eq: name } };
  return allPages(async (after) => {
    const { runtimeGroup } = await client.request(ListPluginSchemasDocument, { groupId, after, filter });
    if (!runtimeGroup) throw gone(groupId);
    return runtimeGroup.pluginSchemas;
  });
}

async function registerSchema(
  { name, file }: { readonly name: string; readonly file: string },
  { description, priority, reason, ...options }: RegisterOptions,
  context: CliContext,
): Promise<void> {
  const schema = await readObject<JsonObject>(file, context.environment);
  const client = await clientOf(options, context);
  const group = await findGroup(client, options.group);
  const [known] = await readSchemas(client, group.id, name);
  const told = {
    ...{ schema, idempotencyKey: newId() },
    ...(description !== undefined && { description }),
    ...(priority !== undefined && { priority }),
    ...(reason !== undefined && { reason }),
  };
  const { revision, userErrors } = known
    ? (await client.request(UpdatePluginSchemaDocument, { input: { ...told, id: known.id } }))
        .updatePluginSchema
    : (
        await client.request(CreatePluginSchemaDocument, {
          input: { ...told, name, runtimeGroupId: group.id },
        })
      ).createPluginSchema;
  refuse(userErrors);
  context.terminal.tell(
    `Plugins “${name}” of group “${group.name}” have this schema from revision ${revision} on.`,
  );
}

async function removeSchema(
  name: string,
  { reason, ...options }: RegisterOptions,
  context: CliContext,
): Promise<void> {
  const client = await clientOf(options, context);
  const group = await findGroup(client, options.group);
  const [known] = await readSchemas(client, group.id, name);
  if (!known) throw unregistered(name, group.name);
  const input = { id: known.id, idempotencyKey: newId(), ...(reason !== undefined && { reason }) };
  const { deletePluginSchema } = await client.request(DeletePluginSchemaDocument, { input });
  refuse(deletePluginSchema.userErrors);
  context.terminal.tell(`Group “${group.name}” has no schema for plugins “${name}” any more.`);
}

function refuse(userErrors: readonly Problem[]): void {
  const refusal = fromUserErrors(userErrors);
  if (refusal) throw refusal;
}

function gone(groupId: string): SignalboxError {
  return new SignalboxError({
    code: 'RUNTIME_GROUP_NOT_FOUND',
    message: `The runtime group ${groupId} is not there any more.`,
    retryable: false,
  });
}

function unregistered(name: string, group: string): SignalboxError {
  return new SignalboxError({
    code: 'PLUGIN_SCHEMA_NOT_FOUND',
    message: `Group “${group}” has no schema for a plugin “${name}”.`,
    retryable: false,
    hint: '“signalbox plugin-schemas list” shows those that it has.',
  });
}
