import { regexCheck } from '../../checks.js';
import { list, record, text } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { preset } from '../settings.js';

/** Requests of known bots do not pass. */
export const botDetection: PluginSchema = {
  name: 'bot-detection',
  description: 'Requests of known bots do not pass.',
  priority: 2500,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('bot-detection', 'Which user agents pass, beside what is known of bots.', {
    allow: preset(list(text(regexCheck)), [], 'The regular expressions of user agents that pass.'),
    deny: preset(list(text(regexCheck)), [], 'The regular expressions of user agents that do not pass.'),
  }),
  rules: [],
};
