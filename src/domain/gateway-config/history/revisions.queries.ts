import type { NewEvent, Query } from '../../../foundation/commands/command.js';
import type { ListPage, ListRequest } from '../../../foundation/postgres/list.js';
import { organizationWide } from '../../runtime-groups/index.js';
import type { HistoryOf, RevisionOf, RevisionRecord } from './revision-record.js';
import { listChanges, listRevisions } from './revisions.store.js';

/** Pages of the kept history of groups, one for each. */
export const revisionPages: Query<
  ListRequest & { readonly of: readonly HistoryOf[] },
  ListPage<RevisionRecord>[]
> = {
  name: 'gateway-config.revisions',
  action: 'config:read',
  scope: organizationWide,
  run: (reader, request, { visibility }) => listRevisions(reader, visibility, request),
};

/** Pages of what revisions changed, one for each. */
export const changePages: Query<ListRequest & { readonly of: readonly RevisionOf[] }, ListPage<NewEvent>[]> =
  {
    name: 'gateway-config.revision-changes',
    action: 'config:read',
    scope: organizationWide,
    run: (reader, request, { visibility }) => listChanges(reader, visibility, request),
  };
