import { Command, Option } from 'commander';
import { newId } from '../../../foundation/kernel/id.js';
import { fromUserErrors } from '../../sdk/error.js';
import {
  CreateServiceDocument,
  DeleteServiceDocument,
  UpdateServiceTemplateDocument,
  type ServiceImplementationInput,
  type ServiceWrittenFragment,
} from '../../sdk/generated.js';
import {
  clientOf,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { findService } from '../services/find-service.js';
import { policies, policyNamed } from '../services/policy.js';
import { readObject } from '../services/read-object.js';

interface Options extends ServerOptions {
  readonly reason?: string;
  readonly json?: true;
}

interface CreateOptions extends Options {
  readonly policy: (typeof policies)[number];
  readonly description?: string;
  readonly template?: string;
}

interface TemplateOptions extends Options {
  readonly file: string;
}

/** `signalbox service` */
export const service: MakeCommand = (context) =>
  new Command('service')
    .description('make services, change their templates, and delete them')
    .addCommand(create(context))
    .addCommand(template(context))
    .addCommand(remove(context));

const fileOfTemplate = 'a YAML or JSON file with settings, routes and plugins; - is the standard input';

function command(name: string): Command {
  return withJson(withServer(new Command(name))).option(
    '--reason <text>',
    'why, for those who read the history',
  );
}

const create: MakeCommand = (context) =>
  command('create')
    .description('make a service')
    .argument('<name>', 'its name')
    .addOption(
      new Option('--policy <policy>', 'how its versions come about (docs/lifecycle.md)')
        .choices(policies)
        .makeOptionMandatory(),
    )
    .option('--description <text>', 'what it is for')
    .option('--template <file>', `what the template begins with: ${fileOfTemplate}`)
    .action((name: string, options: CreateOptions) => createService(name, options, context));

const template: MakeCommand = (context) =>
  command('template')
    .description('change the template of a service; what is published stays as it is')
    .argument('<service>', 'the service')
    .requiredOption(
      '-f, --file <file>',
      `the parts to change, each as a whole: ${fileOfTemplate}; parts that are absent stay`,
    )
    .action((name: string, options: TemplateOptions) => changeTemplate(name, options, context));

const remove: MakeCommand = (context) =>
  command('delete')
    .description('delete a service with its history; none of its versions may be live')
    .argument('<service>', 'the service')
    .action((name: string, options: Options) => deleteService(name, options, context));

async function createService(name: string, options: CreateOptions, context: CliContext): Promise<void> {
  const { policy, description = null, reason = null, template: file } = options;
  const draft = file === undefined ? null : await readTemplate(file, context);
  const client = await clientOf(options, context);
  const { createService: answer } = await client.request(CreateServiceDocument, {
    input: {
      ...{ name, description, reason, releasePolicy: policyNamed(policy), template: draft },
      idempotencyKey: newId(),
    },
  });
  tell(answer, `Made the service “${name}”, ${policy}.`, { options, context });
}

async function changeTemplate(name: string, options: TemplateOptions, context: CliContext): Promise<void> {
  const implementation = await readTemplate(options.file, context);
  const client = await clientOf(options, context);
  const { id: serviceId, name: known } = await findService(client, name);
  const input = { serviceId, implementation, reason: options.reason ?? null, idempotencyKey: newId() };
  const { updateServiceTemplate: answer } = await client.request(UpdateServiceTemplateDocument, { input });
  const version = answer.service?.template?.version ?? 0;
  const sentence = `The template of service “${known}” is as in ${options.file} (template version ${version}).`;
  tell(answer, `${sentence} \`signalbox publish\` publishes it.`, { options, context });
}

async function deleteService(name: string, options: Options, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { id, name: known } = await findService(client, name);
  const input = { id, reason: options.reason ?? null, idempotencyKey: newId() };
  const { deleteService: answer } = await client.request(DeleteServiceDocument, { input });
  tell(answer, `Deleted the service “${known}”, and its history.`, { options, context });
}

function readTemplate(file: string, { environment }: CliContext): Promise<ServiceImplementationInput> {
  return readObject<ServiceImplementationInput>(file, environment);
}

function tell(
  { userErrors, service: written }: ServiceWrittenFragment,
  sentence: string,
  { options, context }: { readonly options: Options; readonly context: CliContext },
): void {
  const refusal = fromUserErrors(userErrors, 'Nothing was changed.');
  if (refusal) throw refusal;
  context.terminal.out(options.json ? JSON.stringify(written, null, 2) : sentence);
}
