import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SignalboxError } from '../sdk/error.js';
import type { CliContext } from './context.js';

/**
 * Has a person change a text in an editor, and gives it to `save`, unless it was left as it was. What cannot be saved is not
 * lost: its file stays, and is named.
 */
export async function editText(
  text: string,
  { environment, terminal }: CliContext,
  save: (text: string) => Promise<void>,
): Promise<void> {
  const { VISUAL, EDITOR } = environment.variables;
  const editor = VISUAL || EDITOR;
  if (!editor) throw failure('There is no editor to open.', 'Set VISUAL or EDITOR, or give a file with -f.');
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-'));
  const file = join(folder, 'template.yaml');
  await writeFile(file, `${text}\n`);
  await open(editor, file);
  const edited = await readFile(file, 'utf8');
  if (edited.trimEnd() === text) {
    terminal.tell('Nothing was changed: the file was left as it was.');
  } else {
    await save(edited).catch((error: unknown) => {
      terminal.tell(`What you wrote is still in ${file}.`);
      throw error;
    });
  }
  await rm(folder, { recursive: true });
}

/** An editor is a command line of its own: `code --wait`. */
async function open(editor: string, file: string): Promise<void> {
  const child = spawn(`${editor} "$0"`, [file], { shell: true, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0)
    throw failure(
      `The editor “${editor}” ended with ${code ?? 'a signal'}.`,
      `Nothing was changed. The file is ${file}.`,
    );
}

function failure(message: string, hint: string): SignalboxError {
  return new SignalboxError({ code: 'EDITOR_FAILED', message, hint, retryable: false });
}
