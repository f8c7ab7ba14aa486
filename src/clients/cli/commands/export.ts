import { writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { findGroup } from '../../sdk/find-group.js';
import { ExportConfigurationDocument } from '../../sdk/generated.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  withTags,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { withProgress } from '../files/progress.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly selectTag?: readonly string[];
  readonly flat?: true;
  readonly out?: string;
  readonly withSecrets?: true;
  readonly json?: true;
}

/** `signalbox export` */
export const exportConfiguration: MakeCommand = (context) =>
  withJson(withTags(withServer(withGroup(new Command('export')))))
    .description('write the configuration of a runtime group as a declarative file, nested and without ids')
    .option('--flat', 'as a gateway loads it, and as agents write it: every kind by itself, with ids')
    .option('--out <file>', 'where to write it; without it, to the standard output')
    .option('--with-secrets', 'with its secrets in clear, for those who may; it is recorded')
    .action(async (options: Options) => {
      const { terminal } = context;
      const client = await clientOf(options, context);
      const group = await findGroup(client, options.group);
      const request = {
        runtimeGroupId: group.id,
        form: options.flat ? 'FLAT' : 'NESTED',
        selectTags: options.selectTag ?? null,
        withSecrets: options.withSecrets ?? false,
      } as const;
      const answer = await withProgress(terminal, `The server writes group “${group.name}”`, () =>
        client.request(ExportConfigurationDocument, request, { timeoutMs: 120_000 }),
      );
      const { document, revision } = answer.exportConfiguration;
      if (options.json) return terminal.out(JSON.stringify(answer.exportConfiguration, null, 2));
      if (options.out === undefined) return terminal.out(document.trimEnd());
      await writeFile(options.out, document, options.withSecrets && { mode: 0o600 });
      terminal.tell(`Wrote revision ${revision} of group “${group.name}” to ${options.out}.`);
    });
