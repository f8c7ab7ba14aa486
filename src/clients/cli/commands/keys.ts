import { Command } from 'commander';
import type { MakeCommand } from '../context.js';
import { runServerProgram } from '../server-program.js';

/** `signalbox keys` */
export const keys: MakeCommand = (context) => {
  const status = new Command('status')
    .description('list the data keys, and how much is sealed with each')
    .action(() => runServerProgram(context, 'keys', ['status']));
  const rotate = new Command('rotate')
    .description('make a new data key, and seal all secrets with it')
    .option(
      '--to <file>',
      'instead, wrap the data keys with the key in this file, which is made if it is not there',
    )
    .action(({ to }: { readonly to?: string }) =>
      runServerProgram(context, 'keys', ['rotate', ...(to === undefined ? [] : ['--to', to])]),
    );
  const reseal = new Command('reseal')
    .description('seal all secrets with the newest data key, where a rotation was broken off')
    .action(() => runServerProgram(context, 'keys', ['reseal']));
  return new Command('keys')
    .description('see and rotate the keys that secrets are encrypted with')
    .addCommand(status)
    .addCommand(rotate)
    .addCommand(reseal);
};
