import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Argument, Command } from 'commander';
import type { MakeCommand } from '../context.js';

/** `signalbox migrate`: it concerns the database, which only the server's program speaks to. */
export const migrate: MakeCommand = ({ root, exitWith }) =>
  new Command('migrate')
    .description('move the schema of the database up or down by hand, or say where it stands')
    .addArgument(new Argument('<direction>', 'what to do').choices(['up', 'down', 'status']))
    .action(async (direction: string) => {
      const program = join(root, 'dist/src/app/migrate.js');
      const child = spawn(process.execPath, [program, direction], { stdio: 'inherit' });
      const [code] = (await once(child, 'exit')) as [number | null];
      exitWith(code ?? 1);
    });
