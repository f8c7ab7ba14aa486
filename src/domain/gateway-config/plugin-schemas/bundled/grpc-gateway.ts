import { record, text } from '../../field.js';
import { allProtocols, anyScope, type PluginSchema } from '../plugin-schema.js';
import { optional } from '../settings.js';

/** HTTP clients reach gRPC services. */
export const grpcGateway: PluginSchema = {
  name: 'grpc-gateway',
  description: 'HTTP clients reach gRPC services.',
  priority: 998,
  scopes: anyScope,
  protocols: allProtocols,
  config: record('grpc-gateway', 'How HTTP becomes gRPC.', {
    proto: optional(text(), 'The path of the file on the gateway that describes the service.'),
  }),
  rules: [],
};
