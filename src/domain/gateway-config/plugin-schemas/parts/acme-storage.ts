import { boolean, choice, number, record, text, type Fields } from '../../field.js';
import { flag, group, host, optional, port, preset, secret, referenceable } from '../settings.js';
import { redisFields } from './redis.js';

/** What the keys of this plugin begin with anyway. */
const reserved = ['kong_acme:renew_config:', 'kong_acme:renew_last_run', 'kong_acme:cert_key:'];

const namespace = text((value) =>
  reserved.some((word) => value.startsWith(word)) ? `not begin with ${reserved.join(' or ')}` : undefined,
);

const redisOptions = record('extra_options', 'How keys are written and read.', {
  namespace: preset({ ...namespace, mayBeEmpty: true }, '', 'What the keys of this plugin begin with.'),
  scan_count: preset(number(), 10, 'How many keys are asked for at once.'),
});

const redis = {
  ...record('redis', 'A Redis server.', { ...redisFields, extra_options: group(redisOptions) }),
  former: {
    auth: 'password',
    ssl_server_name: 'server_name',
    namespace: 'extra_options.namespace',
    scan_count: 'extra_options.scan_count',
  },
};

const server: Fields = {
  https: flag(false, 'Whether the connection is encrypted.'),
  host: optional(host, 'The host of the server.'),
  port: optional(port, 'The port of the server.'),
  kv_path: optional(text(), 'What paths begin with.'),
  timeout: optional(number(), 'The milliseconds after which a request is given up.'),
  token: secret(optional(referenceable(), 'The token that opens the server.')),
};

const consul = record('consul', 'A Consul server.', server);

const vault = record('vault', 'A Vault server.', {
  ...server,
  tls_verify: {
    type: boolean(),
    default: true,
    description: 'Whether the certificate of the server is verified.',
  },
  tls_server_name: optional(text(), 'The server name that the connection asks for.'),
  auth_method: preset(choice('token', 'kubernetes'), 'token', 'How the gateway shows who it is.'),
  auth_path: optional(text(), 'The path at which it does, with kubernetes.'),
  auth_role: optional(text(), 'The role that it takes on, with kubernetes.'),
  jwt_path: optional(text(), 'The path of the file with its token, with kubernetes.'),
});

const shm = record('shm', 'The memory of one gateway.', {
  shm_name: preset(text(), 'kong', 'The shared dictionary.'),
});

/** How each storage is reached. Only what is said of the storage in use counts. */
export const storageConfig = record('storage_config', 'How the storage is reached.', {
  shm: group(shm),
  kong: group(record('kong', 'The database of the gateway.', {})),
  redis: group(redis),
  consul: group(consul),
  vault: group(vault),
});
