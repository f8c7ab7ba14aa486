import { choice, integer, number, record, text } from '../../field.js';
import { textAt } from '../../reading.js';
import { anyScope, type ConfigRule, httpProtocols, type PluginSchema } from '../plugin-schema.js';
import { invalid, together } from '../rules.js';
import { flag, host, optional, port, preset, secret, since, url, referenceable } from '../settings.js';

const plainProxy: ConfigRule = (config) => {
  const proxy = textAt(config, 'proxy_url');
  return proxy === '' || proxy.startsWith('http://')
    ? []
    : [invalid('proxy_url', 'begin with http://', proxy)];
};

/** A function in AWS Lambda answers. */
export const awsLambda: PluginSchema = {
  name: 'aws-lambda',
  description: 'A function in AWS Lambda answers.',
  priority: 750,
  scopes: anyScope,
  protocols: httpProtocols,
  config: record('aws-lambda', 'Which function answers, and what it receives.', {
    timeout: preset(number(), 60_000, 'The milliseconds after which the function is given up.'),
    keepalive: preset(number(), 60_000, 'The milliseconds for which an idle connection is kept.'),
    aws_key: secret(
      optional(referenceable(), 'The id of an access key; without one, the role of the machine is used.'),
    ),
    aws_secret: secret(optional(referenceable(), 'The secret of that access key.')),
    aws_assume_role_arn: secret(optional(referenceable(), 'The role that is taken on.')),
    aws_role_session_name: preset(text(), 'kong', 'The name of the session in that role.'),
    aws_sts_endpoint_url: optional(url, 'The endpoint that gives roles.'),
    aws_region: optional(host, 'The region of the function.'),
    function_name: optional(text(), 'The name of the function.'),
    qualifier: optional(text(), 'The version, or the alias, of the function.'),
    invocation_type: preset(
      choice('RequestResponse', 'Event', 'DryRun'),
      'RequestResponse',
      'Whether the gateway waits for the result.',
    ),
    log_type: preset(choice('Tail', 'None'), 'Tail', 'Whether the result comes with the end of the log.'),
    host: optional(host, 'The host of the service, if it is not that of the region.'),
    port: preset(port, 443, 'The port of the service.'),
    disable_https: flag(false, 'Whether the connection is not encrypted.'),
    unhandled_status: optional(integer(100, 999), 'The status of the response where the function fails.'),
    forward_request_method: flag(false, 'Whether the function receives the method.'),
    forward_request_uri: flag(false, 'Whether the function receives the path and the query.'),
    forward_request_headers: flag(false, 'Whether the function receives the headers.'),
    forward_request_body: flag(false, 'Whether the function receives the body.'),
    is_proxy_integration: flag(false, 'Whether the function answers in the format of the AWS API Gateway.'),
    awsgateway_compatible: flag(false, 'Whether the function receives the format of the AWS API Gateway.'),
    proxy_url: optional(url, 'The HTTP proxy before the service.'),
    skip_large_bodies: flag(true, 'Whether bodies that were written to a file are left out.'),
    base64_encode_body: flag(true, 'Whether bodies are written in Base64.'),
    aws_imds_protocol_version: preset(
      choice('v1', 'v2'),
      'v1',
      'The version of the protocol by which a machine learns its role.',
    ),
    empty_arrays_mode: since(
      '3.8',
      preset(
        choice('legacy', 'correct'),
        'legacy',
        'Whether empty lists stay lists; they become objects in legacy.',
      ),
    ),
  }),
  rules: [together('aws_key', 'aws_secret'), plainProxy],
};
