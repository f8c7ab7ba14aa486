import { record } from '../../field.js';
import { phases, somePhase } from '../parts/phases.js';
import { allProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';

/** Lua code of your own runs after all other plugins. */
export const postFunction: PluginSchema = {
  name: 'post-function',
  description: 'Lua code of your own runs after all other plugins.',
  priority: -1000,
  scopes: noConsumer,
  protocols: allProtocols,
  config: record('post-function', 'The code, by the phase of a request that it runs in.', { ...phases }),
  rules: [somePhase],
};
