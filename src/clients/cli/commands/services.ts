import { Command } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { allPages } from '../../sdk/all-pages.js';
import { findGroup } from '../../sdk/find-group.js';
import { ListServicesDocument, type ListServicesQuery } from '../../sdk/generated.js';
import { clientOf, withJson, withServer, type MakeCommand, type ServerOptions } from '../context.js';
import { policyText } from '../services/policy.js';
import { findService, listVersions, type FoundVersion } from '../services/find-service.js';
import { tableText } from '../table.js';
import { agoText } from '../time-text.js';

interface ListOptions extends ServerOptions {
  readonly json?: true;
}

/** `signalbox services` */
export const services: MakeCommand = (context) =>
  withJson(withServer(new Command('services')))
    .description('list the services, with what is live of them in which group')
    .action(async (options: ListOptions) => {
      const client = await clientOf(options, context);
      const list = await allPages(
        async (after) => (await client.request(ListServicesDocument, { after })).services,
      );
      const live = await listVersions(client, { stage: { eq: 'LIVE' } });
      context.terminal.out(options.json ? servicesJson(list, live) : servicesText(list, live));
    });

type Service = ListServicesQuery['services']['nodes'][number];

function liveOf(service: Service, live: readonly FoundVersion[]): readonly FoundVersion[] {
  return live.filter((version) => version.service.id === service.id);
}

function servicesJson(list: readonly Service[], live: readonly FoundVersion[]): string {
  const withLive = list.map((each) => ({
    ...each,
    live: liveOf(each, live).map(({ service, ...version }) => version),
  }));
  return JSON.stringify(withLive, null, 2);
}

function servicesText(list: readonly Service[], live: readonly FoundVersion[]): string {
  if (list.length === 0) return 'There are no services. `signalbox service create` makes one.';
  const rows = list.map((service) => [
    service.name,
    policyText(service.releasePolicy),
    liveText(liveOf(service, live)),
    service.template ? String(service.template.version) : '',
    service.id,
  ]);
  return tableText(['SERVICE', 'POLICY', 'LIVE', 'TEMPLATE', 'ID'], rows);
}

/** The numbers that are live, group by group. */
function liveText(versions: readonly FoundVersion[]): string {
  const groups = [...new Set(versions.map(({ runtimeGroup }) => runtimeGroup.name))].sort();
  const texts = groups.map((group) => {
    const numbers = versions.filter(({ runtimeGroup }) => runtimeGroup.name === group);
    return `${group}: ${numbers.map(({ number }) => number).join(', ')}`;
  });
  return texts.join('; ') || 'nowhere';
}

interface VersionsOptions extends ListOptions {
  readonly group?: string;
}

/** `signalbox versions` */
export const versions: MakeCommand = (context) =>
  withJson(withServer(new Command('versions')))
    .description('list the versions of services: what is live, and what was')
    .argument('[service]', 'the service; without it, all')
    .option('--group <name|id>', 'only those in this runtime group')
    .action(async (service: string | undefined, options: VersionsOptions) => {
      const client = await clientOf(options, context);
      const serviceId = service === undefined ? undefined : (await findService(client, service)).id;
      const group = options.group === undefined ? undefined : (await findGroup(client, options.group)).id;
      const list = await listVersions(client, {
        ...(serviceId !== undefined && { serviceId: { eq: serviceId } }),
        ...(group !== undefined && { runtimeGroupId: { eq: group } }),
      });
      context.terminal.out(options.json ? JSON.stringify(list, null, 2) : versionsText(list));
    });

function versionsText(list: readonly FoundVersion[]): string {
  if (list.length === 0) return 'There are no versions.';
  const now = systemClock.now();
  const rows = list.map(({ service, number, runtimeGroup, stage, state, ...version }) => [
    ...[service.name, number, runtimeGroup.name, stage, state],
    ...[agoText(version.publishedAt, now), version.publishedBy, version.notes],
  ]);
  return tableText(['SERVICE', 'NUMBER', 'GROUP', 'STAGE', 'STATE', 'PUBLISHED', 'BY', 'NOTES'], rows);
}
