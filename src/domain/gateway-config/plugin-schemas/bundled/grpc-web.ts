import { boolean, record, text } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { optional, preset } from '../settings.js';

/** Browsers reach gRPC services. */
export const grpcWeb: PluginSchema = {
  name: 'grpc-web',
  description: 'Browsers reach gRPC services.',
  priority: 3,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('grpc-web', 'How browsers reach the service.', {
    proto: optional(
      text(),
      'The path of the file on the gateway that describes the service, for requests in JSON.',
    ),
    pass_stripped_path: optional(
      boolean(),
      'Whether the service receives the path without what the route strips.',
    ),
    allow_origin_header: preset(text(), '*', 'The value of the Access-Control-Allow-Origin header.'),
  }),
  rules: [],
};
