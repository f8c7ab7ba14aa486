import { Command, InvalidArgumentError } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { isId } from '../../../foundation/kernel/id.js';
import { allPages } from '../../sdk/all-pages.js';
import type { Client } from '../../sdk/client.js';
import { fromUserErrors, SignalboxError } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  CreateWebhookDocument,
  DeleteWebhookDocument,
  ListWebhookDeliveriesDocument,
  ListWebhooksDocument,
  RedeliverWebhookDocument,
  RotateWebhookSecretDocument,
  TestWebhookDocument,
  UpdateWebhookDocument,
  type WebhookFactsFragment,
} from '../../sdk/generated.js';
import {
  clientOf,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { tableText } from '../table.js';
import { agoText } from '../time-text.js';

interface CreateOptions extends ServerOptions {
  readonly name: string;
  readonly url: string;
  readonly group?: string;
  readonly kind?: readonly string[];
  readonly fromStart?: true;
  readonly maxAttempts?: number;
}

type ListOptions = ServerOptions & { readonly json?: true };

/** `signalbox webhooks` */
export const webhooks: MakeCommand = (context) =>
  new Command('webhooks')
    .description('servers that are told of changes: make, list, try, pause, resume and delete them')
    .addCommand(create(context))
    .addCommand(
      withJson(withServer(new Command('list')))
        .description('list the webhooks, and how they are')
        .action((options: ListOptions) => list(options, context)),
    )
    .addCommand(
      one('deliveries', 'list the last deliveries of a webhook', (client, webhook) =>
        deliveries(client, webhook, context),
      )(context),
    )
    .addCommand(one('test', 'tell a receiver something, to see whether it can be told', test)(context))
    .addCommand(
      one('pause', 'tell a receiver nothing for now', (client, { id }) => setActive(client, id, false))(
        context,
      ),
    )
    .addCommand(
      one('resume', 'tell a receiver again, from where it was', (client, { id }) =>
        setActive(client, id, true),
      )(context),
    )
    .addCommand(
      one('rotate-secret', 'give a webhook another secret, which is shown once', (client, { id }) =>
        rotate(client, id, context),
      )(context),
    )
    .addCommand(one('delete', 'forget a webhook', remove)(context))
    .addCommand(redeliver(context));

const create: MakeCommand = (context) =>
  withServer(new Command('create'))
    .description('add a receiver; its secret is shown once')
    .requiredOption('--name <name>', 'what to call it')
    .requiredOption('--url <url>', 'where deliveries are posted to')
    .option('--group <name|id>', 'only what belongs to this runtime group')
    .option('--kind <kind...>', 'only what is about things of these sorts, as route or access_token')
    .option('--from-start', 'begin with the oldest change that is kept')
    .option('--max-attempts <count>', 'how often a delivery is tried', parseCount)
    .action((options: CreateOptions) => createOne(options, context));

function parseCount(text: string): number {
  if (/^\d{1,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It is a whole number.');
}

async function createOne(options: CreateOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { name, url, group, kind, maxAttempts = null } = options;
  const filter = {
    ...(group !== undefined && { runtimeGroupIds: [(await findGroup(client, group)).id] }),
    ...(kind && { kinds: [...kind] }),
  };
  const from = options.fromStart ? 'START' : 'NOW';
  const input = { name, url, filter, from, maxAttempts } as const;
  const { createWebhook } = await client.request(CreateWebhookDocument, { input });
  throwIfRefused(createWebhook);
  context.terminal.tell(`Webhook “${name}” tells ${url}. Its secret is shown only now:`);
  context.terminal.out(createWebhook.secret ?? '');
}

async function list(options: ListOptions, context: CliContext): Promise<void> {
  const all = await listAll(await clientOf(options, context));
  const { out } = context.terminal;
  if (options.json) return out(JSON.stringify(all, null, 2));
  if (all.length === 0) return out('There are no webhooks.');
  const rows = all.map(({ name, state, failures, url, id }) => [name, state, failures, url, id]);
  out(tableText(['WEBHOOK', 'STATE', 'FAILURES', 'URL', 'ID'], rows));
  for (const { name, stateReason } of all) if (stateReason !== null) out(`${name}: ${stateReason}`);
}

function listAll(client: Client): Promise<readonly WebhookFactsFragment[]> {
  return allPages(async (after) => (await client.request(ListWebhooksDocument, { after })).webhooks);
}

/** A command about one webhook, which says what came of it. */
function one(
  name: string,
  description: string,
  run: (client: Client, webhook: WebhookFactsFragment) => Promise<string>,
): MakeCommand {
  return (context) =>
    withServer(new Command(name))
      .description(description)
      .argument('<name|id>', 'the webhook')
      .action(async (nameOrId: string, options: ServerOptions) => {
        const client = await clientOf(options, context);
        const text = await run(client, await find(client, nameOrId));
        if (text !== '') context.terminal.tell(text);
      });
}

async function find(client: Client, nameOrId: string): Promise<WebhookFactsFragment> {
  const filter = isId(nameOrId) ? { id: { eq: nameOrId } } : { name: { eq: nameOrId } };
  const { webhooks: found } = await client.request(ListWebhooksDocument, { filter });
  const [webhook] = found.nodes;
  if (webhook) return webhook;
  throw new SignalboxError({
    ...{ code: 'WEBHOOK_NOT_FOUND', retryable: false, hint: '`signalbox webhooks list` lists them.' },
    message: `There is no webhook “${nameOrId}” that this token may see.`,
  });
}

async function deliveries(
  client: Client,
  { id }: WebhookFactsFragment,
  { terminal }: CliContext,
): Promise<string> {
  const { webhook } = await client.request(ListWebhookDeliveriesDocument, { id });
  const now = systemClock.now();
  const rows = (webhook?.lastDeliveries ?? []).map((each) => [
    ...[each.type, each.number ?? '', each.delivered ? 'delivered' : 'failed', each.attempts],
    ...[agoText(each.lastAttemptAt, now), each.id, each.error ?? ''],
  ]);
  if (rows.length === 0) return 'Nothing was delivered yet.';
  terminal.out(tableText(['TYPE', 'CHANGE', 'STATE', 'ATTEMPTS', 'LAST', 'ID', 'ERROR'], rows));
  return '';
}

async function test(client: Client, { id, name }: WebhookFactsFragment): Promise<string> {
  const { testWebhook } = await client.request(TestWebhookDocument, { input: { id } });
  throwIfRefused(testWebhook);
  return toldText(`“${name}”`, testWebhook.delivery);
}

async function setActive(client: Client, id: string, active: boolean): Promise<string> {
  const { updateWebhook } = await client.request(UpdateWebhookDocument, { input: { id, active } });
  throwIfRefused(updateWebhook);
  const { name = id, state = 'PAUSED' } = updateWebhook.webhook ?? {};
  return `Webhook “${name}” ${outcomes[state]}`;
}

const outcomes: Readonly<Record<WebhookFactsFragment['state'], string>> = {
  ACTIVE: 'is told of changes again, from where it was.',
  PAUSED: 'is told nothing for now.',
  SUSPENDED: 'is told nothing as it is: deliveries failed too often.',
};

async function rotate(client: Client, id: string, { terminal }: CliContext): Promise<string> {
  const { rotateWebhookSecret } = await client.request(RotateWebhookSecretDocument, { input: { id } });
  throwIfRefused(rotateWebhookSecret);
  terminal.out(rotateWebhookSecret.secret ?? '');
  return 'This secret is shown only now. For a day, deliveries are signed with the one before, too.';
}

async function remove(client: Client, { id, name }: WebhookFactsFragment): Promise<string> {
  const { deleteWebhook } = await client.request(DeleteWebhookDocument, { input: { id } });
  throwIfRefused(deleteWebhook);
  return `Webhook “${name}” is told nothing any more.`;
}

const redeliver: MakeCommand = (context) =>
  withServer(new Command('redeliver'))
    .description('tell a receiver something once more')
    .argument('<id>', 'the id of the delivery')
    .action(async (deliveryId: string, options: ServerOptions) => {
      const client = await clientOf(options, context);
      const { redeliverWebhook } = await client.request(RedeliverWebhookDocument, { input: { deliveryId } });
      throwIfRefused(redeliverWebhook);
      context.terminal.tell(toldText('The receiver', redeliverWebhook.delivery));
    });

interface Told {
  readonly delivered: boolean;
  readonly error: string | null;
  readonly durationMs: number;
}

function toldText(who: string, delivery: Told | null): string {
  if (delivery?.delivered) return `${who} was told, in ${delivery.durationMs} ms.`;
  throw new SignalboxError({
    ...{ code: 'WEBHOOK_NOT_TOLD', retryable: false },
    message: `${who} was not told. ${delivery?.error ?? ''}`,
  });
}

function throwIfRefused({ userErrors }: { readonly userErrors: Parameters<typeof fromUserErrors>[0] }): void {
  const refusal = fromUserErrors(userErrors);
  if (refusal) throw refusal;
}
