import { choice, map, record, text } from '../../field.js';
import type { JsonObject } from '../../../../foundation/kernel/json.js';
import { fieldRequired } from '../../document.refusals.js';
import { formerRedis, redis, redisRule } from '../parts/redis.js';
import { anyScope, type ConfigRule, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { limitFaults, limitPeriods } from '../rules.js';
import { flag, group, optional, positive, preset, required, since } from '../settings.js';

const limit = record(
  'limit',
  'How much passes.',
  Object.fromEntries(
    limitPeriods.map((period) => [period, optional(positive, `How much passes in a ${period}.`)]),
  ),
  (value) => (Object.keys(value).length > 0 ? undefined : `have at least one of ${limitPeriods.join(', ')}`),
);

const someLimit: ConfigRule = (config) =>
  Object.keys(config['limits'] ?? {}).length > 0
    ? []
    : [fieldRequired.problem({ field: 'config.limits' }, ['limits'])];

const ordered: ConfigRule = (config) =>
  Object.entries(config['limits'] as JsonObject).flatMap(([name, each]) =>
    limitFaults(each as JsonObject, ['limits', name]),
  );

/** Only so much passes in a time, as upstreams count it in headers of their responses. */
export const responseRatelimiting: PluginSchema = {
  name: 'response-ratelimiting',
  description: 'Only so much passes in a time, as upstreams count it in headers of their responses.',
  priority: 900,
  scopes: anyScope,
  protocols: httpProtocols,
  config: {
    ...record('response-ratelimiting', 'What is counted, and how much of it passes.', {
      header_name: preset(text(), 'x-kong-limit', 'The header in which upstreams say what to count.'),
      limit_by: preset(choice('consumer', 'credential', 'ip'), 'consumer', 'What is counted by.'),
      policy: preset(
        choice('local', 'redis'),
        'local',
        'Where it is counted: on each gateway, or for all on a Redis server.',
      ),
      fault_tolerant: flag(true, 'Whether requests pass while nothing can be counted.'),
      redis: since('3.6', group(redis)),
      block_on_first_violation: flag(
        false,
        'Whether one limit that is reached blocks requests that count towards others.',
      ),
      hide_client_headers: flag(false, 'Whether clients are not told how much they have left.'),
      limits: required(map(limit), 'What is counted, by its name, and how much of it passes.'),
    }),
    former: formerRedis,
  },
  rules: [redisRule, someLimit, ordered],
};
