import * as checks from '../../checks.js';
import { choice, type Fields, number, record, text } from '../../field.js';
import { formerRedis, redis, redisRule } from '../parts/redis.js';
import { anyScope, type ConfigRule, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { atLeastOneOf, invalid, is, limitFaults, limitPeriods, requiredWhere } from '../rules.js';
import { flag, group, headerName, optional, positive, preset, since } from '../settings.js';

const limits: Fields = Object.fromEntries(
  limitPeriods.map((period) => [period, optional(positive, `The most requests in a ${period}.`)]),
);

const ordered: ConfigRule = (config) => limitFaults(config);

/** Only counters on a Redis server are exchanged, and not more often than fifty times in a second. */
const exchanges: ConfigRule = (config) => {
  const rate = config['sync_rate'] as number;
  if (rate === -1) return [];
  if (config['policy'] !== 'redis')
    return [invalid('sync_rate', 'be -1 unless config.policy is redis', rate)];
  return rate < 0.02 ? [invalid('sync_rate', 'be -1, or at least 0.02', rate)] : [];
};

/** Only so many requests pass in a time. */
export const rateLimiting: PluginSchema = {
  name: 'rate-limiting',
  description: 'Only so many requests pass in a time.',
  priority: 910,
  scopes: anyScope,
  protocols: httpProtocols,
  config: {
    ...record('rate-limiting', 'How many requests pass.', {
      ...limits,
      limit_by: preset(
        choice('consumer', 'credential', 'ip', 'service', 'header', 'path'),
        'consumer',
        'What requests are counted by.',
      ),
      header_name: optional(headerName, 'The header whose values requests are counted by.'),
      path: optional(text(checks.path), 'The path that requests are counted by.'),
      policy: preset(
        choice('local', 'redis'),
        'local',
        'Where requests are counted: on each gateway, or for all on a Redis server.',
      ),
      fault_tolerant: flag(true, 'Whether requests pass while they cannot be counted.'),
      redis: since('3.6', group(redis)),
      hide_client_headers: flag(false, 'Whether clients are not told how many requests they have left.'),
      error_code: preset(positive, 429, 'The status of the response to requests that do not pass.'),
      error_message: preset(text(), 'API rate limit exceeded', 'The message to requests that do not pass.'),
      sync_rate: preset(
        number(),
        -1,
        'The seconds between two exchanges with the Redis server; -1 stands for each request.',
      ),
    }),
    former: formerRedis,
  },
  rules: [
    atLeastOneOf(...limitPeriods),
    ordered,
    redisRule,
    requiredWhere(is('limit_by', 'header'), 'header_name'),
    requiredWhere(is('limit_by', 'path'), 'path'),
    exchanges,
  ],
};
