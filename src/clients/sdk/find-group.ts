import { isId } from '../../foundation/kernel/id.js';
import type { Client } from './client.js';
import { SignalboxError } from './error.js';
import { FindDefaultGroupDocument, FindGroupDocument, type FindGroupQuery } from './generated.js';

/** A runtime group, as far as one needs it to name it. */
export type FoundGroup = NonNullable<FindGroupQuery['runtimeGroup']>;

/** The group that a person named, by its name or its id; the default group if they named none. */
export async function findGroup(client: Client, nameOrId: string | undefined): Promise<FoundGroup> {
  if (nameOrId === undefined) return findDefaultGroup(client);
  const variables = isId(nameOrId) ? { id: nameOrId } : { name: nameOrId };
  const { runtimeGroup } = await client.request(FindGroupDocument, variables);
  if (!runtimeGroup) throw missing(`There is no runtime group “${nameOrId}” that this token may see.`);
  return runtimeGroup;
}

async function findDefaultGroup(client: Client): Promise<FoundGroup> {
  const { organization } = await client.request(FindDefaultGroupDocument, {});
  if (!organization.defaultRuntimeGroup) throw missing('This token may not see the default runtime group.');
  return organization.defaultRuntimeGroup;
}

function missing(message: string): SignalboxError {
  return new SignalboxError({
    ...{ code: 'RUNTIME_GROUP_NOT_FOUND', category: 'NOT_FOUND', message },
    retryable: false,
    hint: '`signalbox groups` lists the groups; --group takes a name or an id.',
  });
}
