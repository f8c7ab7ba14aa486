import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { findGroup } from '../../sdk/find-group.js';
import { ExportConfigurationDocument } from '../../sdk/generated.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly out?: string;
  readonly withSecrets?: true;
  readonly json?: true;
}

/** `signalbox export` */
export const exportConfiguration: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('export'))))
    .description('write the configuration of a runtime group as a declarative file that a gateway loads')
    .option('--out <file>', 'where to write it; without it, to the standard output')
    .option('--with-secrets', 'with its secrets in clear, for those who may; it is recorded')
    .action(async (options: Options) => {
      const { terminal } = context;
      const client = await clientOf(options, context);
      const group = await findGroup(client, options.group);
      const answer = await client.request(ExportConfigurationDocument, {
        runtimeGroupId: group.id,
        withSecrets: options.withSecrets ?? false,
      });
      const { document, revision } = answer.exportConfiguration;
      if (options.json) return terminal.out(JSON.stringify(answer.exportConfiguration, null, 2));
      if (options.out === undefined) return terminal.out(document.trimEnd());
      await writeFile(options.out, document, options.withSecrets && { mode: 0o600 });
      terminal.tell(`Wrote revision ${revision} of group “${group.name}” to ${options.out}.`);
    });
