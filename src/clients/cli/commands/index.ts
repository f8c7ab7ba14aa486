import type { MakeCommand } from '../context.js';
import { agent } from './agent.js';
import { demo } from './demo.js';
import { exportConfiguration } from './export.js';
import { groups } from './groups.js';
import { importConfiguration } from './import.js';
import { instances } from './instances.js';
import { keys } from './keys.js';
import { migrate } from './migrate.js';
import { token } from './token.js';
import { watch } from './watch.js';

/** All commands, in the order in which the help lists them. */
export const commands: readonly MakeCommand[] = [
  importConfiguration,
  exportConfiguration,
  groups,
  instances,
  watch,
  agent,
  token,
  keys,
  migrate,
  demo,
];
