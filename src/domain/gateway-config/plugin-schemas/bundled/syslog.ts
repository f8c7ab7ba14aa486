import { choice, record } from '../../field.js';
import { severities } from '../parts/severity.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { customFields, preset } from '../settings.js';

const locals = [0, 1, 2, 3, 4, 5, 6, 7].map((number) => `local${number}`);
const services = ['auth', 'authpriv', 'cron', 'daemon', 'ftp', 'kern', 'lpr', 'mail', 'news', 'syslog'];
const facilities = [...services, 'user', 'uucp', ...locals];

/** What happened is written to the log of the system. */
export const syslog: PluginSchema = {
  name: 'syslog',
  description: 'What happened is written to the log of the system.',
  priority: 4,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('syslog', 'What is written.', {
    ...severities,
    custom_fields_by_lua: customFields,
    facility: preset(choice(...facilities), 'user', 'The part of the system that entries come from.'),
  }),
  rules: [],
};
