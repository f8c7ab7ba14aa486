import { nearest } from '../nearest.js';
import type { PluginSchema } from './plugin-schema.js';
import { acl } from './bundled/acl.js';
import { acme } from './bundled/acme.js';
import { aiPromptDecorator } from './bundled/ai-prompt-decorator.js';
import { aiPromptGuard } from './bundled/ai-prompt-guard.js';
import { aiPromptTemplate } from './bundled/ai-prompt-template.js';
import { aiProxy } from './bundled/ai-proxy.js';
import { aiRequestTransformer } from './bundled/ai-request-transformer.js';
import { aiResponseTransformer } from './bundled/ai-response-transformer.js';
import { awsLambda } from './bundled/aws-lambda.js';
import { azureFunctions } from './bundled/azure-functions.js';
import { basicAuth } from './bundled/basic-auth.js';
import { botDetection } from './bundled/bot-detection.js';
import { correlationId } from './bundled/correlation-id.js';
import { cors } from './bundled/cors.js';
import { datadog } from './bundled/datadog.js';
import { fileLog } from './bundled/file-log.js';
import { grpcGateway } from './bundled/grpc-gateway.js';
import { grpcWeb } from './bundled/grpc-web.js';
import { hmacAuth } from './bundled/hmac-auth.js';
import { httpLog } from './bundled/http-log.js';
import { ipRestriction } from './bundled/ip-restriction.js';
import { jwt } from './bundled/jwt.js';
import { keyAuth } from './bundled/key-auth.js';
import { ldapAuth } from './bundled/ldap-auth.js';
import { loggly } from './bundled/loggly.js';
import { oauth2 } from './bundled/oauth2.js';
import { opentelemetry } from './bundled/opentelemetry.js';
import { postFunction } from './bundled/post-function.js';
import { preFunction } from './bundled/pre-function.js';
import { prometheus } from './bundled/prometheus.js';
import { proxyCache } from './bundled/proxy-cache.js';
import { rateLimiting } from './bundled/rate-limiting.js';
import { redirect } from './bundled/redirect.js';
import { requestSizeLimiting } from './bundled/request-size-limiting.js';
import { requestTermination } from './bundled/request-termination.js';
import { requestTransformer } from './bundled/request-transformer.js';
import { responseRatelimiting } from './bundled/response-ratelimiting.js';
import { responseTransformer } from './bundled/response-transformer.js';
import { session } from './bundled/session.js';
import { standardWebhooks } from './bundled/standard-webhooks.js';
import { statsd } from './bundled/statsd.js';
import { syslog } from './bundled/syslog.js';
import { tcpLog } from './bundled/tcp-log.js';
import { udpLog } from './bundled/udp-log.js';
import { zipkin } from './bundled/zipkin.js';

/** The plugins that come with the gateway, versions 3.4 to 3.9. */
export const bundledPlugins: readonly PluginSchema[] = [
  acl,
  acme,
  aiPromptDecorator,
  aiPromptGuard,
  aiPromptTemplate,
  aiProxy,
  aiRequestTransformer,
  aiResponseTransformer,
  awsLambda,
  azureFunctions,
  basicAuth,
  botDetection,
  correlationId,
  cors,
  datadog,
  fileLog,
  grpcGateway,
  grpcWeb,
  hmacAuth,
  httpLog,
  ipRestriction,
  jwt,
  keyAuth,
  ldapAuth,
  loggly,
  oauth2,
  opentelemetry,
  postFunction,
  preFunction,
  prometheus,
  proxyCache,
  rateLimiting,
  redirect,
  requestSizeLimiting,
  requestTermination,
  requestTransformer,
  responseRatelimiting,
  responseTransformer,
  session,
  standardWebhooks,
  statsd,
  syslog,
  tcpLog,
  udpLog,
  zipkin,
];

const byName = new Map(bundledPlugins.map((schema) => [schema.name, schema]));

/** The schema of the plugins of this name; nothing if none is known. */
export function pluginSchema(name: string): PluginSchema | undefined {
  return byName.get(name);
}

/** The name of a plugin that was probably meant: one that comes with the gateway, or one of these. */
export function nearestPlugin(name: string, others: Iterable<string> = []): string | undefined {
  return nearest(name, [...byName.keys(), ...others]);
}
