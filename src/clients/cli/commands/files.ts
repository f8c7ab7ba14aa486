import { Command } from 'commander';
import { fromUserErrors, SignalboxError } from '../../sdk/error.js';
import { findGroup } from '../../sdk/find-group.js';
import {
  ImportConfigurationDocument,
  type ImportConfigurationMutation,
  type ImportMode,
} from '../../sdk/generated.js';
import {
  clientOf,
  withGroup,
  withJson,
  withServer,
  withTags,
  type CliContext,
  type MakeCommand,
  type ServerOptions,
} from '../context.js';
import { countOf } from '../count-text.js';
import type { EntityChange } from '../entity-name.js';
import { planLines, summaryLine } from '../files/plan-text.js';
import { withProgress } from '../files/progress.js';
import { readFiles } from '../files/read-files.js';
import { tableText } from '../table.js';
import { withKey, writeOnce, type WritingOptions } from '../writing.js';

interface Options extends ServerOptions, WritingOptions {
  readonly group?: string;
  readonly selectTag?: readonly string[];
  readonly dryRun?: true;
  readonly json?: true;
}

/** `signalbox apply` */
export const apply: MakeCommand = (context) =>
  withDryRun(command('apply').alias('import'))
    .description('add and change what declarative files say, as one revision or not at all')
    .action((files: string[], options: Options) =>
      bringIn({ files, options, context, mode: 'APPLY', isPlan: options.dryRun ?? false }),
    );

/** `signalbox sync` */
export const sync: MakeCommand = (context) =>
  withDryRun(command('sync'))
    .description('the same, and delete what is in none of the files')
    .action((files: string[], options: Options) =>
      bringIn({ files, options, context, mode: 'SYNC', isPlan: options.dryRun ?? false }),
    );

/** `signalbox diff` */
export const diff: MakeCommand = (context) =>
  command('diff')
    .description('say what sync would do, and do nothing; ends with 2 if there are differences')
    .action((files: string[], options: Options) =>
      bringIn({ files, options, context, mode: 'SYNC', isPlan: true }),
    );

/** `signalbox validate` */
export const validate: MakeCommand = (context) =>
  command('validate')
    .description('say whether apply would be refused, and why; change nothing')
    .action(async (files: string[], options: Options) => {
      const asked: Asked = { files, options, context, mode: 'APPLY', isPlan: true };
      const done = await request(asked);
      if (!done) return;
      if (options.json)
        return context.terminal.out(JSON.stringify({ valid: true, warnings: done.warnings }, null, 2));
      context.terminal.out(`Nothing is wrong with ${filesText(done)} for group “${done.group}”.`);
    });

function command(name: string): Command {
  return withJson(withTags(withServer(withGroup(new Command(name))))).argument(
    '<files...>',
    'files and folders in the format of Kong and decK, read as one; - is the standard input',
  );
}

function withDryRun(made: Command): Command {
  return withKey(made).option(
    '--dry-run',
    'say what it would do, and do nothing; ends with 2 if there are differences',
  );
}

interface Asked {
  readonly files: readonly string[];
  readonly options: Options;
  readonly context: CliContext;
  readonly mode: ImportMode;
  readonly isPlan: boolean;
}

/** What the server did although it may not be meant so. */
type Warning = NonNullable<ImportConfigurationMutation['importConfiguration']['warnings']>[number];

interface Done {
  readonly group: string;
  readonly names: readonly string[];
  readonly revision: number;
  readonly unchanged: number;
  readonly changes: readonly EntityChange[];
  readonly referred: ReadonlyMap<string, string>;
  readonly warnings: readonly Warning[];
}

async function bringIn(asked: Asked): Promise<void> {
  const { context, options, isPlan } = asked;
  const done = await request(asked);
  if (!done) return;
  const { terminal } = context;
  terminal.out(options.json ? jsonText(done) : isPlan ? planText(done, asked) : doneText(done));
  if (isPlan && done.changes.length > 0) context.exitWith(2);
}

/** A large file takes the server a while. */
const timeoutMs = 300_000;

/** Sends the files. Nothing, if they were refused and that was said for programs already. */
async function request(asked: Asked): Promise<Done | undefined> {
  const { options, context } = asked;
  try {
    const done = await send(asked);
    if (!options.json) done.warnings.forEach(({ message }) => context.terminal.tell(`warning: ${message}`));
    return done;
  } catch (error) {
    if (!options.json || !(error instanceof SignalboxError)) throw error;
    const { problems, code, message } = error;
    const told = problems.length > 0 ? problems : [{ code, message, path: [] }];
    context.terminal.out(JSON.stringify({ problems: told }, null, 2));
    context.exitWith(1);
    return undefined;
  }
}

async function send({ files, options, context, mode, isPlan }: Asked): Promise<Done> {
  const documents = await readFiles(files, context.environment);
  const client = await clientOf(options, context);
  const group = await findGroup(client, options.group);
  const input = {
    ...{ runtimeGroupId: group.id, documents, mode, selectTags: options.selectTag ?? null },
    dryRun: isPlan,
  };
  const megabytes = documents.reduce((sum, { content }) => sum + content.length, 0) / 2 ** 20;
  const title = `${countOf(documents.length, 'file')}, ${megabytes.toFixed(1)} MB`;
  const answer = await withProgress(context.terminal, `The server reads ${title}`, () =>
    writeOnce(options, context, (idempotencyKey) =>
      client.request(ImportConfigurationDocument, { input: { ...input, idempotencyKey } }, { timeoutMs }),
    ),
  );
  return doneOf(
    answer,
    group.name,
    documents.map(({ name }) => name),
  );
}

function doneOf(
  { importConfiguration: answer }: ImportConfigurationMutation,
  group: string,
  names: readonly string[],
): Done {
  const refusal = fromUserErrors(answer.userErrors, 'Nothing was changed.');
  if (refusal) throw refusal;
  const { revision, summary, changes, referred, warnings } = answer;
  const known = (referred ?? []).flatMap(({ id, name }) => (name ? [[id, name] as const] : []));
  return {
    ...{ group, names, revision: revision ?? 0, unchanged: summary?.unchanged ?? 0 },
    ...{ changes: changes ?? [], referred: new Map(known), warnings: warnings ?? [] },
  };
}

function jsonText({ revision, unchanged, changes, warnings }: Done): string {
  return JSON.stringify({ revision, unchanged, changes, warnings }, null, 2);
}

function planText(done: Done, { mode, context }: Asked): string {
  const { group, changes, referred, unchanged, revision } = done;
  if (changes.length === 0) return nothingText(done);
  const what = mode === 'SYNC' ? 'sync' : 'apply';
  return [
    ...planLines(changes, referred, context.terminal.paint),
    '',
    `${summaryLine(changes, unchanged)} That is what ${what} would do to group “${group}” (revision ${revision}); nothing was changed.`,
  ].join('\n');
}

function doneText(done: Done): string {
  if (done.changes.length === 0) return nothingText(done);
  const { group, revision, changes, unchanged } = done;
  return `Brought ${filesText(done)} into group “${group}” as revision ${revision}.\n\n${summaryTable(changes)}\n${unchanged} unchanged`;
}

function nothingText(done: Done): string {
  return `Nothing to change: group “${done.group}” has everything in ${filesText(done)} as it is there (revision ${done.revision}).`;
}

function filesText({ names }: Done): string {
  const [first = ''] = names;
  if (names.length > 1) return `${names.length} files`;
  return first === 'stdin' ? 'the standard input' : first;
}

function summaryTable(changes: readonly EntityChange[]): string {
  const collections = [...new Set(changes.map(({ collection }) => collection))];
  const rows = collections.map((collection) => [
    collection,
    ...counts(changes.filter((change) => change.collection === collection)),
  ]);
  return tableText(['', 'CREATED', 'UPDATED', 'DELETED'], [...rows, ['total', ...counts(changes)]]);
}

function counts(changes: readonly EntityChange[]): readonly number[] {
  return (['CREATED', 'UPDATED', 'DELETED'] as const).map(
    (operation) => changes.filter((change) => change.operation === operation).length,
  );
}
