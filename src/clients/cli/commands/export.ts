import { Command } from 'commander';
import { findGroup } from '../../sdk/find-group.js';
import type { ExportedFile, ExportRequest } from '../../sdk/export.js';
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
import { pipeParts, writeParts } from '../files/write-parts.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly selectTag?: readonly string[];
  readonly flat?: true;
  readonly oss?: true;
  readonly out?: string;
  readonly withSecrets?: true;
  readonly json?: true;
}

/** `signalbox export` */
export const exportConfiguration: MakeCommand = (context) =>
  withJson(withTags(withServer(withGroup(new Command('export')))))
    .description('write the configuration of a runtime group as a declarative file, nested and without ids')
    .option('--flat', 'as a gateway loads it, and as agents write it: every kind by itself, with ids')
    .option('--oss', 'with --flat: for Kong Gateway without Enterprise, which does not know consumer groups')
    .option('--out <file>', 'where to write it; without it, to the standard output')
    .option('--with-secrets', 'with its secrets in clear, for those who may; it is recorded')
    .action(async (options: Options) => {
      const { terminal } = context;
      const client = await clientOf(options, context);
      const group = await findGroup(client, options.group);
      const file = await client.exportConfiguration(requestOf(group.id, options));
      if (options.json) return terminal.out(await asJson(group.id, file));
      if (options.out === undefined) return pipeParts(file.parts, process.stdout);
      const { out, withSecrets } = options;
      await withProgress(terminal, `The server writes group “${group.name}”`, () =>
        writeParts(out, file.parts, withSecrets ? 0o600 : 0o666),
      );
      terminal.tell(`Wrote revision ${file.revision} of group “${group.name}” to ${out}.`);
    });

function requestOf(runtimeGroupId: string, { flat, oss, selectTag, withSecrets }: Options): ExportRequest {
  return {
    ...{ runtimeGroupId, form: flat ? 'flat' : 'nested', withSecrets: withSecrets ?? false },
    ...(oss && { edition: 'oss' }),
    ...(selectTag && { selectTags: selectTag }),
  };
}

async function asJson(
  runtimeGroupId: string,
  { revision, configHash, parts }: ExportedFile,
): Promise<string> {
  let document = '';
  for await (const part of parts) document += part;
  return JSON.stringify({ runtimeGroupId, revision, configHash, document }, null, 2);
}
