import * as checks from '../../checks.js';
import { type Check, choice, map, number, record } from '../../field.js';
import { fieldsConflict } from '../../document.refusals.js';
import { formerQueue, queue } from '../parts/queue.js';
import { textAt } from '../../reading.js';
import { allProtocols, anyScope, type ConfigRule, type PluginSchema } from '../plugin-schema.js';
import { customFields, optional, preset, referenceable, required, secret, url } from '../settings.js';

const headerCheck: Check<string> = (name) =>
  /^(host|content-length|content-type)$/i.test(name)
    ? 'be a header that may be chosen'
    : checks.headerName(name);

/** The server is told once who is there. */
const oneCredential: ConfigRule = (config) => {
  const hasUser = /^[^/]*\/\/[^/?#]*@/.test(textAt(config, 'http_endpoint'));
  const names = Object.keys(config['headers'] ?? {});
  if (!hasUser || !names.some((name) => name.toLowerCase() === 'authorization')) return [];
  const facts = { field: 'An Authorization header', with: 'a user in config.http_endpoint' };
  return [fieldsConflict.problem({ ...facts, instead: 'Give one of them.' }, ['headers'])];
};

/** What happened is sent to an HTTP server. */
export const httpLog: PluginSchema = {
  name: 'http-log',
  description: 'What happened is sent to an HTTP server.',
  priority: 12,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('http-log', 'Where entries are sent to.', {
    http_endpoint: secret(required(referenceable(url), 'The URL that entries are sent to.')),
    method: preset(choice('POST', 'PUT', 'PATCH'), 'POST', 'The method of requests.'),
    content_type: preset(
      choice('application/json', 'application/json; charset=utf-8'),
      'application/json',
      'The type of bodies.',
    ),
    timeout: preset(number(), 10_000, 'The milliseconds after which a request is given up.'),
    keepalive: preset(number(), 60_000, 'The milliseconds for which an idle connection is kept.'),
    ...formerQueue,
    headers: secret(optional(map(referenceable(), headerCheck), 'Further headers of requests.')),
    queue,
    custom_fields_by_lua: customFields,
  }),
  rules: [oneCredential],
};
