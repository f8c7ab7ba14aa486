import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { CliContext } from './context.js';

/** Runs one of the server's own programs, for what concerns the database, which they alone speak to. */
export async function runServerProgram(
  { root, exitWith }: CliContext,
  name: string,
  args: readonly string[],
): Promise<void> {
  const program = join(root, 'dist/src/app', `${name}.js`);
  const child = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  exitWith(code ?? 1);
}
