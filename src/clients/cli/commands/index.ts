import type { MakeCommand } from '../context.js';
import { agent } from './agent.js';
import { approvals } from './approvals.js';
import { canary } from './canary.js';
import { demo } from './demo.js';
import { explain } from './explain.js';
import { exportConfiguration } from './export.js';
import { apply, diff, sync, validate } from './files.js';
import { groups } from './groups.js';
import { history } from './history.js';
import { instances } from './instances.js';
import { keys } from './keys.js';
import { migrate } from './migrate.js';
import { pluginSchemas } from './plugin-schemas.js';
import { promote, publish, rollback } from './publish.js';
import { restore } from './restore.js';
import { runtime } from './runtime.js';
import { service } from './service.js';
import { services, versions } from './services.js';
import { token } from './token.js';
import { deprecate, republish, unpublish } from './version-states.js';
import { version } from './version.js';
import { wait } from './wait.js';
import { watch } from './watch.js';
import { webhooks } from './webhooks.js';

/** All commands, in the order in which the help lists them. */
export const commands: readonly MakeCommand[] = [
  ...[validate, diff, apply, sync],
  exportConfiguration,
  history,
  restore,
  ...[services, versions, service, version, publish, promote, rollback],
  ...[deprecate, unpublish, republish, canary, runtime, approvals],
  explain,
  pluginSchemas,
  groups,
  instances,
  watch,
  webhooks,
  wait,
  agent,
  token,
  keys,
  migrate,
  demo,
];
