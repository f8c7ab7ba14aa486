import { choice, record, text } from '../../field.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { flag, preset } from '../settings.js';

/** Requests and responses carry an id. */
export const correlationId: PluginSchema = {
  name: 'correlation-id',
  description: 'Requests and responses carry an id.',
  priority: 100_001,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('correlation-id', 'How ids are made and carried.', {
    header_name: preset(text(), 'Kong-Request-ID', 'The header that carries the id.'),
    generator: preset(choice('uuid', 'uuid#counter', 'tracker'), 'uuid#counter', 'How ids are made.'),
    echo_downstream: flag(false, 'Whether responses carry the id, too.'),
  }),
  rules: [],
};
