import { record, text } from '../../field.js';
import { llm } from '../parts/llm.js';
import { llmRules, transforms } from '../parts/llm-rules.js';
import { httpProtocols, noConsumer, type PluginSchema } from '../plugin-schema.js';
import { together } from '../rules.js';
import {
  anyInteger,
  flag,
  group,
  host,
  optional,
  port,
  positiveInteger,
  preset,
  required,
  since,
} from '../settings.js';

/** A language model changes the request. */
export const aiRequestTransformer: PluginSchema = {
  name: 'ai-request-transformer',
  description: 'A language model changes the request.',
  since: '3.6',
  priority: 777,
  scopes: noConsumer,
  protocols: httpProtocols,
  config: record('ai-request-transformer', 'Which model is asked, and for what.', {
    prompt: required(text(), 'What the model is to do with the request.'),
    transformation_extract_pattern: optional(
      text(),
      'The regular expression that finds the new body in the answer.',
    ),
    http_timeout: preset(anyInteger, 60_000, 'The milliseconds after which the model is given up.'),
    https_verify: flag(true, 'Whether the certificate of the provider is verified.'),
    max_request_body_size: since(
      '3.8',
      preset(positiveInteger, 8192, 'The bytes of a body up to which it is looked at.'),
    ),
    http_proxy_host: optional(host, 'The host of the proxy for plain connections.'),
    http_proxy_port: optional(port, 'The port of the proxy for plain connections.'),
    https_proxy_host: optional(host, 'The host of the proxy for encrypted connections.'),
    https_proxy_port: optional(port, 'The port of the proxy for encrypted connections.'),
    llm: group(llm),
  }),
  rules: [
    ...llmRules('llm.'),
    transforms,
    together('http_proxy_host', 'http_proxy_port'),
    together('https_proxy_host', 'https_proxy_port'),
  ],
};
