import { Command, Option } from 'commander';
import { CreateServiceDocument, DeleteServiceDocument } from '../../sdk/generated.js';
import { clientOf, type CliContext, type MakeCommand } from '../context.js';
import { findService } from '../services/find-service.js';
import { fileOfImplementation, readImplementation } from '../services/implementation.js';
import { policies, policyNamed } from '../services/policy.js';
import { serviceCommand, writeService, type ServiceOptions } from '../services/service-write.js';
import { compare, edit, reset, template } from './template.js';

interface CreateOptions extends ServiceOptions {
  readonly policy: (typeof policies)[number];
  readonly description?: string;
  readonly template?: string;
}

/** `signalbox service` */
export const service: MakeCommand = (context) =>
  new Command('service')
    .description('make services, change their templates, and delete them')
    .addCommand(create(context))
    .addCommand(template(context))
    .addCommand(edit(context))
    .addCommand(compare(context))
    .addCommand(reset(context))
    .addCommand(remove(context));

const create: MakeCommand = (context) =>
  serviceCommand('create')
    .description('make a service')
    .argument('<name>', 'its name')
    .addOption(
      new Option('--policy <policy>', 'how its versions come about (docs/lifecycle.md)')
        .choices(policies)
        .makeOptionMandatory(),
    )
    .option('--description <text>', 'what it is for')
    .option('--template <file>', `what the template begins with: ${fileOfImplementation}`)
    .action((name: string, options: CreateOptions) => createService(name, options, context));

const remove: MakeCommand = (context) =>
  serviceCommand('delete')
    .description('delete a service with its history; none of its versions may be live')
    .argument('<service>', 'the service')
    .action((name: string, options: ServiceOptions) => deleteService(name, options, context));

async function createService(name: string, options: CreateOptions, context: CliContext): Promise<void> {
  const { policy, description = null, template: file } = options;
  const draft = file === undefined ? null : await readImplementation(file, context);
  const client = await clientOf(options, context);
  await writeService(
    { options, context },
    async (common) => {
      const input = { name, description, releasePolicy: policyNamed(policy), template: draft, ...common };
      return (await client.request(CreateServiceDocument, { input })).createService;
    },
    () => `Made the service “${name}”, ${policy}.`,
  );
}

async function deleteService(name: string, options: ServiceOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { id, name: known } = await findService(client, name);
  await writeService(
    { options, context },
    async (common) =>
      (await client.request(DeleteServiceDocument, { input: { id, ...common } })).deleteService,
    () => `Deleted the service “${known}”, and its history.`,
  );
}
