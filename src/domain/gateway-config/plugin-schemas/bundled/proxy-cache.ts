import { choice, integer, list, record, text } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import {
  anyInteger,
  flag,
  group,
  optional,
  positiveInteger,
  preset,
  required,
  since,
  texts,
} from '../settings.js';

const responseHeaders = record('response_headers', 'The headers that tell clients of what was kept.', {
  age: flag(true, 'Whether the Age header is there.'),
  'X-Cache-Status': flag(true, 'Whether the X-Cache-Status header is there.'),
  'X-Cache-Key': flag(true, 'Whether the X-Cache-Key header is there.'),
});

/** The gateway keeps responses, and answers with them. */
export const proxyCache: PluginSchema = {
  name: 'proxy-cache',
  description: 'The gateway keeps responses, and answers with them.',
  priority: 100,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('proxy-cache', 'What is kept, and for how long.', {
    response_code: preset(
      list(integer(100, 900), 1),
      [200, 301, 404],
      'The statuses of responses that are kept.',
    ),
    request_method: preset(
      list(choice('HEAD', 'GET', 'POST', 'PATCH', 'PUT')),
      ['GET', 'HEAD'],
      'The methods of requests whose responses are kept.',
    ),
    content_type: preset(texts, ['text/plain', 'application/json'], 'The types of responses that are kept.'),
    cache_ttl: preset(positiveInteger, 300, 'The seconds for which a response is kept.'),
    strategy: required(choice('memory'), 'Where responses are kept.'),
    cache_control: flag(false, 'Whether the Cache-Control header is heeded.'),
    ignore_uri_case: flag(false, 'Whether paths that differ in case only are the same.'),
    storage_ttl: optional(anyInteger, 'The seconds for which what is kept stays in the storage.'),
    memory: group(
      record('memory', 'Where in the memory responses are kept.', {
        dictionary_name: preset(text(), 'kong_db_cache', 'The shared dictionary that holds them.'),
      }),
    ),
    vary_query_params: optional(
      texts,
      'The parameters of the query that make responses differ; all, if there are none.',
    ),
    vary_headers: optional(texts, 'The headers of requests that make responses differ.'),
    response_headers: since('3.5', group(responseHeaders)),
  }),
  rules: [],
};
