import { choice, record } from '../../field.js';
import { anyScope, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { anyInteger, flag, preset } from '../settings.js';

/** Only requests up to a size pass. */
export const requestSizeLimiting: PluginSchema = {
  name: 'request-size-limiting',
  description: 'Only requests up to a size pass.',
  priority: 951,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('request-size-limiting', 'How large requests may be.', {
    allowed_payload_size: preset(anyInteger, 128, 'The most that a body may have, in the unit.'),
    size_unit: preset(choice('megabytes', 'kilobytes', 'bytes'), 'megabytes', 'The unit of the size.'),
    require_content_length: flag(false, 'Whether requests must say their size before they send it.'),
  }),
  rules: [],
};
