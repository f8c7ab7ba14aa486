import { record } from '../../field.js';
import { phases, somePhase } from '../parts/phases.js';
import { allProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';

/** Lua code of your own runs before all other plugins. */
export const preFunction: PluginSchema = {
  name: 'pre-function',
  description: 'Lua code of your own runs before all other plugins.',
  priority: 1_000_000,
  scopes: noConsumer,
  protocols: allProtocols,
  config: record('pre-function', 'The code, by the phase of a request that it runs in.', { ...phases }),
  rules: [somePhase],
};
