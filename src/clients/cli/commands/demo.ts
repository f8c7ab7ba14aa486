import { Command, InvalidArgumentError } from 'commander';
import type { MakeCommand } from '../context.js';

interface Options {
  readonly changes: number;
  readonly keep?: true;
}

/** `signalbox demo` */
export const demo: MakeCommand = ({ environment, terminal, root, leaving }) =>
  new Command('demo')
    .description('show it all at once: a server, three agents, an import, and a change each second')
    .option('--changes <number>', 'how many changes to make', parseCount, 20)
    .option('--keep', 'go on until Ctrl-C')
    .action(async ({ changes, keep }: Options) => {
      // The other commands need not wait for what only this one draws with.
      const { runDemo } = await import('../../demo/demo.js');
      return runDemo({
        ...{ root, terminal, changes, keep: keep ?? false },
        ...{ signal: leaving(), variables: environment.variables },
      });
    });

function parseCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0) throw new InvalidArgumentError('It is a whole number.');
  return count;
}
