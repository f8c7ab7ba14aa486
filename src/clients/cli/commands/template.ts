import { Command } from 'commander';
import { parse } from 'yaml';
import type { Client } from '../../sdk/client.js';
import { SignalboxError } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  CompareTemplateDocument,
  ResetServiceTemplateDocument,
  TemplateOfServiceDocument,
  UpdateServiceTemplateDocument,
  type ServiceImplementationInput,
  type TemplateOfServiceQuery,
  type UpdateServiceTemplateInput,
} from '../../sdk/generated.js';
import { clientOf, withGroup, withJson, withServer, type CliContext, type MakeCommand } from '../context.js';
import { differenceLines } from '../diff-lines.js';
import { editText } from '../edit-text.js';
import { findService, findVersion, type FoundService } from '../services/find-service.js';
import { fileOfImplementation, implementationText, readImplementation } from '../services/implementation.js';
import { serviceCommand, writeService, type ServiceOptions } from '../services/service-write.js';

interface TemplateOptions extends ServiceOptions {
  readonly file?: string;
}

/** `signalbox service template` */
export const template: MakeCommand = (context) =>
  serviceCommand('template')
    .description('show the template of a service, or change it with -f; what is published stays as it is')
    .argument('<service>', 'the service')
    .option(
      '-f, --file <file>',
      `the parts to change, each as a whole: ${fileOfImplementation}; parts that are absent stay`,
    )
    .action((name: string, options: TemplateOptions) =>
      options.file === undefined
        ? showTemplate(name, options, context)
        : changeTemplate(name, { ...options, file: options.file }, context),
    );

/** `signalbox service edit` */
export const edit: MakeCommand = (context) =>
  serviceCommand('edit')
    .description('change the template of a service in the editor that VISUAL or EDITOR names')
    .argument('<service>', 'the service')
    .action((name: string, options: ServiceOptions) => editTemplate(name, options, context));

interface ResetOptions extends ServiceOptions {
  readonly to: string;
  readonly group?: string;
}

/** `signalbox service reset` */
export const reset: MakeCommand = (context) =>
  withGroup(serviceCommand('reset'))
    .description('make the template of a service what one of its versions is')
    .argument('<service>', 'the service')
    .requiredOption('--to <number>', 'the number of the version, as `signalbox versions` lists it')
    .action((name: string, options: ResetOptions) => resetTemplate(name, options, context));

interface CompareOptions extends ServiceOptions {
  readonly group?: string;
  readonly number?: string;
}

/** `signalbox service compare` */
export const compare: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('compare'))))
    .description(
      'show what would change if the template took the place of what is live in a runtime group, and what that can break',
    )
    .argument('<service>', 'the service')
    .option('--number <number>', 'compare with this version of the group, live or not')
    .addHelpText(
      'after',
      '\nEnds with 0 if there is no difference, 1 after an error, 2 if there are differences.',
    )
    .action((name: string, options: CompareOptions) => compareTemplate(name, options, context));

type Template = NonNullable<NonNullable<TemplateOfServiceQuery['service']>['template']>;

async function templateOf(client: Client, { id, name }: FoundService): Promise<Template> {
  const { service } = await client.request(TemplateOfServiceDocument, { id });
  if (service?.template) return service.template;
  throw new SignalboxError({
    ...{ code: 'RELEASE_POLICY_DIFFERS', retryable: false },
    message: `Service “${name}” has no template: its versions live side by side, and each is changed by itself.`,
    hint: '`signalbox version show` and `signalbox version update` are for them.',
  });
}

async function showTemplate(name: string, options: ServiceOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const found = await templateOf(client, await findService(client, name));
  context.terminal.out(
    options.json ? JSON.stringify(found, null, 2) : implementationText(found.implementation),
  );
}

async function changeTemplate(
  name: string,
  options: TemplateOptions & { readonly file: string },
  context: CliContext,
): Promise<void> {
  const implementation = await readImplementation(options.file, context);
  const client = await clientOf(options, context);
  const service = await findService(client, name);
  await update({ client, options, context, service }, { implementation }, ` is as in ${options.file}`);
}

async function editTemplate(name: string, options: ServiceOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const service = await findService(client, name);
  const { version: expectedVersion, implementation: before } = await templateOf(client, service);
  await editText(implementationText(before), context, async (text) => {
    const implementation = parse(text) as ServiceImplementationInput;
    await update({ client, options, context, service }, { implementation, expectedVersion }, ' is changed');
  });
}

interface Writing {
  readonly client: Client;
  readonly options: ServiceOptions;
  readonly context: CliContext;
  readonly service: FoundService;
}

async function update(
  { client, options, context, service: { id: serviceId, name } }: Writing,
  changes: Pick<UpdateServiceTemplateInput, 'implementation' | 'expectedVersion'>,
  outcome: string,
): Promise<void> {
  await writeService(
    { options, context },
    async (common) => {
      const input = { serviceId, ...changes, ...common };
      return (await client.request(UpdateServiceTemplateDocument, { input })).updateServiceTemplate;
    },
    ({ service }) =>
      `The template of service “${name}”${outcome} (template version ${service?.template?.version ?? 0}). \`signalbox publish\` publishes it.`,
  );
}

async function resetTemplate(name: string, options: ResetOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const { id: serviceVersionId, number } = await findVersion(client, service, group, options.to);
  await writeService(
    { options, context },
    async (common) => {
      const input = { serviceId: service.id, serviceVersionId, ...common };
      return (await client.request(ResetServiceTemplateDocument, { input })).resetServiceTemplate;
    },
    () => `The template of service “${service.name}” is what version ${number} is.`,
  );
}

async function compareTemplate(name: string, options: CompareOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const [service, group] = await Promise.all([findService(client, name), findGroup(client, options.group)]);
  const { number } = options;
  const against =
    number === undefined
      ? { runtimeGroupId: group.id }
      : { serviceVersionId: (await findVersion(client, service, group, number)).id };
  const answer = await client.request(CompareTemplateDocument, { id: service.id, ...against });
  const differences = answer.service?.template?.differences ?? [];
  const { out, paint } = context.terminal;
  if (differences.length > 0) context.exitWith(2);
  if (options.json) return out(JSON.stringify(differences, null, 2));
  const what = number === undefined ? 'what is live' : `version ${number}`;
  if (differences.length === 0)
    return out(
      `The template of service “${service.name}” does not differ from ${what} in group “${group.name}”.`,
    );
  out(differenceLines(differences, paint).join('\n'));
}
