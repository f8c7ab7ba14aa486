import { record } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { atLeastOneOf, notBoth } from '../rules.js';
import { flag, optional, since, texts } from '../settings.js';

/** Only consumers of some groups pass. */
export const acl: PluginSchema = {
  name: 'acl',
  description: 'Only consumers of some groups pass.',
  priority: 950,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('acl', 'Who passes.', {
    allow: optional(texts, 'The groups that pass; all others do not.'),
    deny: optional(texts, 'The groups that do not pass; all others do.'),
    hide_groups_header: flag(false, 'Whether upstreams are not told the groups.'),
    always_use_authenticated_groups: since(
      '3.8',
      flag(false, 'Whether groups that authentication found count even if the consumer has some.'),
    ),
  }),
  rules: [notBoth('allow', 'deny'), atLeastOneOf('allow', 'deny')],
};
