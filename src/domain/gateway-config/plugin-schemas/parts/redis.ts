import type { Fields, RecordType } from '../../field.js';
import { record, text } from '../../field.js';
import {
  anyInteger,
  flag,
  host,
  milliseconds,
  optional,
  port,
  preset,
  referenceable,
  secret,
  serverName,
} from '../settings.js';
import { is, requiredWhere } from '../rules.js';
import type { ConfigRule } from '../plugin-schema.js';

/** How a Redis server is reached. */
export const redisFields: Fields = {
  host: optional(host, 'The host of the Redis server.'),
  port: preset(port, 6379, 'The port of the Redis server.'),
  timeout: preset(milliseconds, 2000, 'The milliseconds after which an operation is given up.'),
  username: optional(referenceable(), 'The user to log in as; servers before Redis 6 know none.'),
  password: secret(optional(referenceable({ ...text(), mayBeEmpty: true }), 'The password to log in with.')),
  database: preset(anyInteger, 0, 'The number of the database.'),
  ssl: flag(false, 'Whether the connection is encrypted.'),
  ssl_verify: flag(false, 'Whether the certificate of the server is verified.'),
  server_name: optional(serverName, 'The server name that the connection asks for, if it is encrypted.'),
};

/** The server that counters are kept on. */
export const redis: RecordType = record('redis', 'The Redis server that keeps the counters.', redisFields);

/** Until version 3.5, what is in `redis` now was beside it, as `redis_host` and so on. */
export const formerRedis: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(redisFields).map((name) => [`redis_${name}`, `redis.${name}`]),
);

/** Who counts on a Redis server says which. */
export const redisRule: ConfigRule = requiredWhere(
  is('policy', 'redis'),
  'redis.host',
  'redis.port',
  'redis.timeout',
);
