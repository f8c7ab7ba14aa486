import { Argument, Command } from 'commander';
import type { MakeCommand } from '../context.js';
import { runServerProgram } from '../server-program.js';

/** `signalbox migrate` */
export const migrate: MakeCommand = (context) =>
  new Command('migrate')
    .description('move the schema of the database up or down by hand, or say where it stands')
    .addArgument(new Argument('<direction>', 'what to do').choices(['up', 'down', 'status']))
    .action((direction: string) => runServerProgram(context, 'migrate', [direction]));
