import { type Check, record, text } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { customFields, flag, required } from '../settings.js';

const fileCheck: Check<string> = (value) =>
  /[*&%`\\]/.test(value) ? 'be a file name without any of *&%`\\' : undefined;

/** What happened is written to a file. */
export const fileLog: PluginSchema = {
  name: 'file-log',
  description: 'What happened is written to a file.',
  priority: 9,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('file-log', 'Which file is written.', {
    path: required(text(fileCheck), 'The path of the file on the gateway.'),
    reopen: flag(false, 'Whether the file is opened anew for each entry, so that it may be moved away.'),
    custom_fields_by_lua: customFields,
  }),
  rules: [],
};
