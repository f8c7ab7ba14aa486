import type { Entry, StreamHead } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import { requestEvent } from './approvals/approval-events.js';
import { findRequestsInGroup } from './approvals/approval.store.js';
import { findConfigurationsInGroup } from './runtime-configuration.store.js';
import { configurationEvent, entryOf, versionEvent } from './service-events.js';
import { findVersionsInGroup } from './version.store.js';

/** What is told of services when a group goes, and how many of their versions are live in it. */
export async function endServices(
  reader: Reader,
  runtimeGroupId: string,
  journalHead: StreamHead,
): Promise<{ readonly live: number; readonly journal: Entry }> {
  const versions = await findVersionsInGroup(reader, runtimeGroupId);
  const configurations = await findConfigurationsInGroup(reader, runtimeGroupId);
  const requests = await findRequestsInGroup(reader, runtimeGroupId);
  const events = [
    ...versions.map((version) => versionEvent('deleted', version, null)),
    ...configurations.map((configuration) => configurationEvent('deleted', configuration, null)),
    ...requests.map((request) => requestEvent('deleted', request, null)),
  ];
  const live = versions.filter(({ stage }) => stage === 'LIVE').length;
  return { live, journal: entryOf(journalHead, events) };
}
