import * as checks from '../../checks.js';
import { list, number, record, text } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { atLeastOneOf } from '../rules.js';
import { optional } from '../settings.js';

/** Only some addresses pass. */
export const ipRestriction: PluginSchema = {
  name: 'ip-restriction',
  description: 'Only some addresses pass.',
  priority: 990,
  scopes: anyScope,
  protocols: { ...allProtocols, default: ['http', 'https', 'tcp', 'tls', 'grpc', 'grpcs'] },
  config: record('ip-restriction', 'Which addresses pass.', {
    allow: optional(list(text(checks.ipOrCidr)), 'The addresses and ranges that pass; all others do not.'),
    deny: optional(list(text(checks.ipOrCidr)), 'The addresses and ranges that do not pass.'),
    status: optional(number(), 'The status of the response to those that do not pass.'),
    message: optional(text(), 'The message to those that do not pass.'),
  }),
  rules: [atLeastOneOf('allow', 'deny')],
};
