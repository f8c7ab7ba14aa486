import type { MakeCommand } from '../context.js';
import { agent } from './agent.js';
import { demo } from './demo.js';
import { explain } from './explain.js';
import { exportConfiguration } from './export.js';
import { apply, diff, sync, validate } from './files.js';
import { groups } from './groups.js';
import { history } from './history.js';
import { instances } from './instances.js';
import { keys } from './keys.js';
import { migrate } from './migrate.js';
import { restore } from './restore.js';
import { token } from './token.js';
import { wait } from './wait.js';
import { watch } from './watch.js';

/** All commands, in the order in which the help lists them. */
export const commands: readonly MakeCommand[] = [
  ...[validate, diff, apply, sync],
  exportConfiguration,
  history,
  restore,
  explain,
  groups,
  instances,
  watch,
  wait,
  agent,
  token,
  keys,
  migrate,
  demo,
];
