import { oneOf } from '../field.js';

/** The protocols that a gateway speaks, to clients and to what is behind it. */
export const protocol = oneOf('Protocol', 'A protocol that a gateway speaks.', {
  grpc: 'The traffic is gRPC over HTTP/2 without encryption.',
  grpcs: 'The traffic is gRPC over HTTP/2 with TLS.',
  http: 'The traffic is HTTP without encryption.',
  https: 'The traffic is HTTP with TLS.',
  tcp: 'The traffic is any TCP stream.',
  tls: 'The traffic is any stream in TLS, which the gateway decrypts.',
  tls_passthrough: 'The traffic is any stream in TLS, which the gateway passes on without decrypting it.',
  udp: 'The traffic consists of UDP datagrams.',
});
