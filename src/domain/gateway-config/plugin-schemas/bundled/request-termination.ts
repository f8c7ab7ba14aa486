import { integer, record, text } from '../../field.js';
import { fieldsConflict } from '../../document.refusals.js';
import { anyScope, type ConfigRule, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { isGiven, notBoth, requiredWhere } from '../rules.js';
import { flag, headerName, optional, preset } from '../settings.js';

function notWithEcho(setting: string): ConfigRule {
  const facts = { field: `config.${setting}`, with: 'config.echo', instead: 'Turn echo off.' };
  return (config) =>
    config['echo'] === true && isGiven(config, setting) ? [fieldsConflict.problem(facts, [setting])] : [];
}

/** The gateway answers by itself. */
export const requestTermination: PluginSchema = {
  name: 'request-termination',
  description: 'The gateway answers by itself.',
  priority: 2,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('request-termination', 'What the gateway answers.', {
    status_code: preset(integer(100, 599), 503, 'The status of the response.'),
    message: optional(text(), 'The message, in the usual form of errors.'),
    content_type: optional(text(), 'The type of the body.'),
    body: optional(text(), 'The body of the response.'),
    echo: flag(false, 'Whether the response repeats the request.'),
    trigger: optional(headerName, 'The header, or parameter of the query, without which requests go on.'),
  }),
  rules: [
    notBoth('message', 'content_type'),
    notBoth('message', 'body'),
    requiredWhere(
      { says: 'config.content_type is given', holds: (config) => isGiven(config, 'content_type') },
      'body',
    ),
    notWithEcho('content_type'),
    notWithEcho('body'),
  ],
};
