import { readFile } from 'node:fs/promises';
import { Command } from 'commander';
import { newId } from '../../../foundation/kernel/id.js';
import { fromUserErrors, SignalboxError } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import { ImportConfigurationDocument, type ImportConfigurationMutation } from '../../sdk/generated.js';
import { changeLines } from '../change-lines.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import type { EntityChange } from '../entity-name.js';
import { tableText } from '../table.js';
import type { Paint } from '../terminal.js';

interface Options extends ServerOptions {
  readonly group?: string;
  readonly dryRun?: true;
  readonly json?: true;
}

/** `signalbox import` */
export const importConfiguration: MakeCommand = (context) =>
  withJson(withServer(withGroup(new Command('import'))))
    .description('bring a declarative file into a runtime group, as one revision or not at all')
    .argument('<file>', 'the file, in the format of Kong and decK')
    .option('--dry-run', 'say what would change, and change nothing; ends with 2 if there are differences')
    .action((file: string, options: Options) => importFile(file, options, context));

/** A large file takes the server a while. */
const timeoutMs = 120_000;

async function importFile(file: string, options: Options, context: CliContext): Promise<void> {
  const document = await readText(file);
  const client = await clientOf(options, context);
  const group = await findGroup(client, options.group);
  const isDryRun = options.dryRun ?? false;
  const input = {
    runtimeGroupId: group.id,
    document,
    fileName: file,
    dryRun: isDryRun,
    idempotencyKey: newId(),
  };
  const answer = await client.request(ImportConfigurationDocument, { input }, { timeoutMs });
  const done = doneOf(answer);
  const { terminal } = context;
  const title = { file, group: group.name, isDryRun };
  terminal.out(options.json ? JSON.stringify(done, null, 2) : importText(done, title, terminal.paint));
  if (isDryRun && done.changes.length > 0) context.exitWith(2);
}

async function readText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    const why =
      (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : (error as Error).message;
    throw new SignalboxError({
      code: 'FILE_UNREADABLE',
      message: `Cannot read ${file}: ${why}.`,
      retryable: false,
    });
  });
}

interface Done {
  readonly revision: number;
  readonly unchanged: number;
  readonly changes: readonly EntityChange[];
}

function doneOf({ importConfiguration: answer }: ImportConfigurationMutation): Done {
  const refusal = fromUserErrors(answer.userErrors, 'Nothing was changed.');
  if (refusal) throw refusal;
  const { revision, summary, changes } = answer;
  return { revision: revision ?? 0, unchanged: summary?.unchanged ?? 0, changes: changes ?? [] };
}

interface Title {
  readonly file: string;
  readonly group: string;
  readonly isDryRun: boolean;
}

function importText(done: Done, title: Title, paint: Paint): string {
  if (done.changes.length === 0) {
    return `Nothing to change: group “${title.group}” has everything in ${title.file} as it is there (revision ${done.revision}).`;
  }
  const table = summaryTable(done);
  return title.isDryRun
    ? [...changeLines(done.changes, paint), '', table, '', unmade(title)].join('\n')
    : [`Imported ${title.file} into group “${title.group}” as revision ${done.revision}.`, '', table].join(
        '\n',
      );
}

function unmade({ file, group }: Title): string {
  return `Nothing was changed: this is what importing ${file} into group “${group}” would do.`;
}

function summaryTable({ changes, unchanged }: Done): string {
  const collections = [...new Set(changes.map(({ collection }) => collection))];
  const rows = collections.map((collection) => [
    collection,
    ...counts(changes.filter((change) => change.collection === collection)),
  ]);
  const total = ['total', ...counts(changes)];
  return `${tableText(['', 'CREATED', 'UPDATED', 'DELETED'], [...rows, total])}\n${unchanged} unchanged`;
}

function counts(changes: readonly EntityChange[]): readonly number[] {
  return (['CREATED', 'UPDATED', 'DELETED'] as const).map(
    (operation) => changes.filter((change) => change.operation === operation).length,
  );
}
