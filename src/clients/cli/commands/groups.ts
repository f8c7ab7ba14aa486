import { Command } from 'commander';
import { allPages } from '../../sdk/all-pages.js';
import { ListGroupsDocument } from '../../sdk/generated.js';
import { clientOf, withJson, withServer, type MakeCommand, type ServerOptions } from '../context.js';
import { tableText } from '../table.js';

/** `signalbox groups` */
export const groups: MakeCommand = (context) =>
  withJson(withServer(new Command('groups')))
    .description('list the runtime groups')
    .action(async (options: ServerOptions & { readonly json?: true }) => {
      const client = await clientOf(options, context);
      const list = await allPages(
        async (after) => (await client.request(ListGroupsDocument, { after })).runtimeGroups,
      );
      if (options.json) return context.terminal.out(JSON.stringify(list, null, 2));
      const rows = list.map((group) => [
        group.name + (group.isDefault ? ' (default)' : ''),
        group.runtimeType,
        group.revision,
        `${group.activeInstanceCount} of ${group.instances.totalCount}`,
        group.id,
      ]);
      context.terminal.out(tableText(['GROUP', 'TYPE', 'REVISION', 'IN SYNC', 'ID'], rows));
    });
