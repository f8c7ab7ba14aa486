import { Command, InvalidArgumentError, Option } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { allPages } from '../../sdk/all-pages.js';
import { fromUserErrors } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  CreateTokenDocument,
  ListTokensDocument,
  RevokeTokenDocument,
  type ListTokensQuery,
  type GrantedRole,
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
import { withKey, writeOnce, type WritingOptions } from '../writing.js';

interface ListOptions extends ServerOptions {
  readonly instance?: string;
  readonly json?: true;
}

interface CreateOptions extends ServerOptions, WritingOptions {
  readonly name: string;
  readonly role: GrantedRole;
  readonly group?: string;
  readonly expires?: Date;
  readonly json?: true;
}

type RevokeOptions = ServerOptions & WritingOptions;

/** `signalbox token` */
export const token: MakeCommand = (context) =>
  new Command('token')
    .description('make, list and withdraw tokens')
    .addCommand(create(context))
    .addCommand(list(context))
    .addCommand(revoke(context));

const create: MakeCommand = (context) =>
  withKey(withJson(withServer(new Command('create'))))
    .description('make an access token; its secret is shown once')
    .requiredOption('--name <name>', 'what to call it')
    .addOption(roleOption)
    .option('--group <name|id>', 'good for this runtime group only; without it, for all')
    .option('--expires <when>', 'a time like 12h or 90d from now, or a date like 2027-01-31', parseWhen)
    .action((options: CreateOptions) => createToken(options, context));

const list: MakeCommand = (context) =>
  withJson(withServer(new Command('list')))
    .description('list the access tokens of people and pipelines, or those of an instance')
    .option('--instance <id>', 'those of this instance')
    .action((options: ListOptions) => listTokens(options, context));

const revoke: MakeCommand = (context) =>
  withKey(withServer(new Command('revoke')))
    .description('withdraw an access token for good')
    .argument('<id>', 'the id of the token')
    .action((id: string, options: RevokeOptions) => revokeToken(id, options, context));

const roleOption = new Option('--role <role>', 'what it may do')
  .choices(['admin', 'viewer'])
  .default('viewer')
  .argParser((role) => parseRole(role));

function parseRole(role: string): GrantedRole {
  const upper = role.toUpperCase();
  if (upper === 'ADMIN' || upper === 'VIEWER') return upper;
  throw new InvalidArgumentError('It is admin or viewer.');
}

const hourMs = 3_600_000;

function parseWhen(text: string): Date {
  const [, amount, unit] = /^(\d{1,6})([hd])$/.exec(text) ?? [];
  const fromNow = Number(amount) * (unit === 'd' ? 24 * hourMs : hourMs);
  const at = amount === undefined ? new Date(text) : new Date(systemClock.now().getTime() + fromNow);
  if (Number.isNaN(at.getTime()))
    throw new InvalidArgumentError('Write 12h, 90d, or a date like 2027-01-31.');
  return at;
}

async function createToken(options: CreateOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const runtimeGroupId = options.group === undefined ? null : (await findGroup(client, options.group)).id;
  const expiresAt = options.expires?.toISOString() ?? null;
  const { name, role } = options;
  const { createAccessToken } = await writeOnce(options, context, (idempotencyKey) => {
    const input = { name, role, runtimeGroupId, expiresAt, idempotencyKey };
    return client.request(CreateTokenDocument, { input });
  });
  const refusal = fromUserErrors(createAccessToken.userErrors);
  if (refusal) throw refusal;
  const { accessToken, secret } = createAccessToken;
  const { terminal } = context;
  if (options.json) return terminal.out(JSON.stringify({ ...accessToken, secret }, null, 2));
  const until = expiresAt === null ? 'without an end' : `until ${expiresAt}`;
  terminal.tell(`Token “${options.name}” (${options.role}, ${until}). It is shown only now:`);
  terminal.out(secret ?? '');
}

type AccessToken = ListTokensQuery['accessTokens']['nodes'][number];

async function listTokens(options: ListOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const filter = {
    runtimeInstanceId: options.instance === undefined ? { isNull: true } : { eq: options.instance },
  };
  const tokens = await allPages(
    async (after) => (await client.request(ListTokensDocument, { after, filter })).accessTokens,
  );
  context.terminal.out(options.json ? JSON.stringify(tokens, null, 2) : tokensText(tokens));
}

function tokensText(tokens: readonly AccessToken[]): string {
  const rows = tokens.map(({ name, role, state, runtimeGroupId, expiresAt, id }) => [
    ...[name, role, state, runtimeGroupId ?? 'all', expiresAt ?? 'never', id],
  ]);
  return tableText(['TOKEN', 'ROLE', 'STATE', 'GROUP', 'EXPIRES', 'ID'], rows);
}

async function revokeToken(id: string, options: RevokeOptions, context: CliContext): Promise<void> {
  const client = await clientOf(options, context);
  const { revokeAccessToken } = await writeOnce(options, context, (idempotencyKey) =>
    client.request(RevokeTokenDocument, { input: { id, idempotencyKey } }),
  );
  const refusal = fromUserErrors(revokeAccessToken.userErrors);
  if (refusal) throw refusal;
  context.terminal.tell(`The token “${revokeAccessToken.accessToken?.name ?? id}” lets nobody in any more.`);
}
