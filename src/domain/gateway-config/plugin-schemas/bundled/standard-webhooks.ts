import { integer, record } from '../../field.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { preset, required, secret, referenceable } from '../settings.js';

/** Only webhooks with a valid signature pass. */
export const standardWebhooks: PluginSchema = {
  name: 'standard-webhooks',
  description: 'Only webhooks with a valid signature pass.',
  since: '3.8',
  priority: 760,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('standard-webhooks', 'How webhooks are verified.', {
    secret_v1: secret(required(referenceable(), 'The secret of signatures.')),
    tolerance_second: preset(integer(0), 300, 'The seconds by which the time of a webhook may be off.'),
  }),
  rules: [],
};
