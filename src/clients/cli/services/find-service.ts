import { isId } from '../../../foundation/kernel/id.js';
import { allPages } from '../../sdk/all-pages.js';
import type { Client } from '../../sdk/client.js';
import { SignalboxError } from '../../sdk/error.js';
import type { FoundGroup } from '../../sdk/find-group.js';
import {
  FindServiceDocument,
  ListVersionsDocument,
  type FindServiceQuery,
  type ListVersionsQuery,
  type ListVersionsQueryVariables,
} from '../../sdk/generated.js';

export type FoundService = NonNullable<FindServiceQuery['service']>;
export type FoundVersion = ListVersionsQuery['serviceVersions']['nodes'][number];

/** The service that a person named, by its name or its id. */
export async function findService(client: Client, nameOrId: string): Promise<FoundService> {
  const variables = isId(nameOrId) ? { id: nameOrId } : { name: nameOrId };
  const { service } = await client.request(FindServiceDocument, variables);
  if (service) return service;
  throw missing(
    'SERVICE_NOT_FOUND',
    `There is no service “${nameOrId}” that this token may see.`,
    '`signalbox services` lists the services.',
  );
}

/** All versions that a filter lets through, the highest numbers first. */
export function listVersions(
  client: Client,
  filter: ListVersionsQueryVariables['filter'],
): Promise<readonly FoundVersion[]> {
  return allPages(
    async (after) => (await client.request(ListVersionsDocument, { after, filter })).serviceVersions,
  );
}

/** The version of this number in a group. */
export async function findVersion(
  client: Client,
  service: FoundService,
  group: FoundGroup,
  number: string,
): Promise<FoundVersion> {
  const [version] = await listVersions(client, { ...within(service, group), number: { eq: number } });
  if (version) return version;
  throw missing(
    'SERVICE_VERSION_NOT_FOUND',
    `There is no version ${number} of service “${service.name}” in group “${group.name}”.`,
    `\`signalbox versions ${service.name}\` lists its versions.`,
  );
}

/** The version that is live in a group; where several are, the one of this number. */
export async function findLive(
  client: Client,
  service: FoundService,
  group: FoundGroup,
  number: string | undefined,
): Promise<FoundVersion> {
  const filter = { ...within(service, group), stage: { eq: 'LIVE' as const } };
  const [live, ...others] = await listVersions(client, {
    ...filter,
    ...(number !== undefined && { number: { eq: number } }),
  });
  const which = number === undefined ? 'No version' : `Version ${number}`;
  const hint = `\`signalbox versions ${service.name}\` lists its versions.`;
  const where = `of service “${service.name}” is ${number === undefined ? '' : 'not '}live in group “${group.name}”.`;
  if (!live) throw missing('NOT_LIVE', `${which} ${where}`, hint);
  if (others.length === 0) return live;
  const numbers = [live, ...others].map((each) => each.number).join(', ');
  const message = `Several versions of service “${service.name}” are live in group “${group.name}”: ${numbers}.`;
  throw missing('VERSION_AMBIGUOUS', message, 'Say which one is meant with --number.');
}

function within(service: FoundService, group: FoundGroup) {
  return { serviceId: { eq: service.id }, runtimeGroupId: { eq: group.id } };
}

function missing(code: string, message: string, hint: string): SignalboxError {
  return new SignalboxError({ code, category: 'NOT_FOUND', message, retryable: false, hint });
}
