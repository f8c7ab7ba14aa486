import { Command } from 'commander';
import { systemClock } from '../../../foundation/kernel/clock.js';
import { allPages } from '../../sdk/all-pages.js';
import type { Client } from '../../sdk/client.js';
import { findGroup } from '../../sdk/find-group.js';
import { ListInstancesDocument, type ListInstancesQuery } from '../../sdk/generated.js';
import { clientOf, withJson, withServer, type MakeCommand, type ServerOptions } from '../context.js';
import { tableText } from '../table.js';
import type { Paint } from '../terminal.js';
import { agoText } from '../time-text.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly json?: true;
}

type Instance = ListInstancesQuery['runtimeInstances']['nodes'][number];

/** `signalbox instances` */
export const instances: MakeCommand = (context) =>
  withJson(withServer(new Command('instances')))
    .description('list the instances: who runs which revision, and why not the newest')
    .option('--group <name|id>', 'only those of this runtime group')
    .action(async (options: Options) => {
      const { terminal } = context;
      const list = await listInstances(await clientOf(options, context), options.group);
      if (options.json) return terminal.out(JSON.stringify(list, null, 2));
      terminal.out(instancesText(list, terminal.paint));
    });

async function listInstances(client: Client, group: string | undefined): Promise<readonly Instance[]> {
  const filter = group === undefined ? null : { runtimeGroupId: { eq: (await findGroup(client, group)).id } };
  return allPages(
    async (after) => (await client.request(ListInstancesDocument, { after, filter })).runtimeInstances,
  );
}

function instancesText(list: readonly Instance[], paint: Paint): string {
  if (list.length === 0) return 'There are no instances. `signalbox agent` runs one.';
  const head = ['INSTANCE', 'GROUP', 'CONNECTION', 'STATUS', 'WHY', 'RUNS', 'SHOULD RUN', 'LAST SEEN', 'ID'];
  const rows = list.map((instance) => [
    instance.hostname,
    instance.runtimeGroup.name,
    instance.connection,
    paint(instance.syncStatus === 'IN_SYNC' ? 'green' : 'yellow', instance.syncStatus),
    instance.syncReason,
    instance.appliedRevision ?? '-',
    instance.targetRevision,
    instance.lastSeenAt === null ? 'never' : agoText(instance.lastSeenAt, systemClock.now()),
    instance.id,
  ]);
  const reasons = list.filter(({ syncStatus }) => syncStatus === 'OUT_OF_SYNC').map(reasonText);
  return [tableText(head, rows), ...(reasons.length > 0 ? ['', ...reasons] : [])].join('\n');
}

function reasonText({ hostname, syncMessage }: Instance): string {
  return `${hostname}: ${syncMessage}`;
}
