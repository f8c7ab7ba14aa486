import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { SignalboxError } from '../sdk/error.js';
import { commands } from './commands/index.js';
import type { CliContext } from './context.js';
import { readEnvironment } from './environment.js';
import { openTerminal, type Terminal } from './terminal.js';

/** Runs one command line, as the shell gives it, in the project's folder. Resolves to what the process should end with. */
export async function main(argv: readonly string[], root: string): Promise<number> {
  const environment = readEnvironment();
  const terminal = openTerminal(environment.wantsNoColor);
  let code = 0;
  const exitWith = (given: number): void => {
    code = given;
  };
  const program = makeProgram({ environment, terminal, root, exitWith, leaving: leavingSignal });
  try {
    await program.parseAsync(argv);
    return code;
  } catch (error) {
    // Commander has said already what was wrong with the command line.
    if (error instanceof CommanderError) return error.exitCode;
    tellFailure(error, terminal);
    return 1;
  }
}

function makeProgram(context: CliContext): Command {
  const program = new Command('signalbox')
    .description('Signalbox: configure fleets of API gateways, and see which instance runs what.')
    .version(versionIn(context.root))
    // What stands after the name of a command is for that command, also where the one around it knows the same option.
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for what can be said)')
    .exitOverride();
  for (const make of commands) program.addCommand(inherit(make(context), program));
  return program;
}

function versionIn(root: string): string {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
}

/** Commands that are made apart do not take over how the program ends and complains by themselves. */
function inherit(command: Command, from: Command): Command {
  command.copyInheritedSettings(from);
  for (const inner of command.commands) inherit(inner, command);
  return command;
}

/** The first Ctrl-C, SIGTERM, or end of the terminal asks to leave; the second leaves. */
function leavingSignal(): AbortSignal {
  const leaving = new AbortController();
  const leave = (): void => {
    if (leaving.signal.aborted) process.exit(130);
    leaving.abort();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, leave);
  return leaving.signal;
}

function tellFailure(error: unknown, { tell, paint }: Terminal): void {
  if (!(error instanceof SignalboxError)) {
    return tell(`${paint('red', 'error:')} ${error instanceof Error ? error.message : String(error)}`);
  }
  const [first = error, ...others] = error.problems;
  for (const { message } of [first, ...others]) tell(`${paint('red', 'error:')} ${message}`);
  if (error.hint !== undefined) tell(`${paint('dim', 'hint: ')} ${error.hint}`);
}
