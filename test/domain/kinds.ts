import { newId } from '../../src/foundation/kernel/id.js';
import { furtherKindCases } from './further-kinds.js';
import { pem } from '../kit/pem.js';
import { unique, type Entity, type Group, type Seed } from '../kit/seed.js';
import type { Given, KindCase } from './kind-case.js';

/** Makes one of everything that something else can refer to, in one revision. */
export async function seedGiven({ admin }: Seed, { id: runtimeGroupId }: Group): Promise<Given> {
  const made = (): Entity => ({ id: newId(), name: unique('given') });
  const given = {
    ...{ service: made(), route: made(), upstream: made(), consumer: made(), consumerGroup: made() },
    ...{ certificate: made(), caCertificate: made(), keySet: made() },
  };
  const { service, route, consumer, certificate, caCertificate } = given;
  const file = {
    _format_version: '3.0',
    services: [{ ...service, host: 'api.internal' }],
    routes: [{ ...route, paths: [`/${route.name}`], service: { id: service.id } }],
    upstreams: [given.upstream],
    consumers: [{ id: consumer.id, username: consumer.name }],
    consumer_groups: [given.consumerGroup],
    certificates: [{ id: certificate.id, cert: pem('server-ec.crt'), key: pem('server-ec.key') }],
    ca_certificates: [{ id: caCertificate.id, cert: pem('ca.crt') }],
    key_sets: [given.keySet],
  };
  const documents = [{ name: 'given.json', content: JSON.stringify(file) }];
  await admin.mutate('importConfiguration', { runtimeGroupId, documents });
  return given;
}

const activeUnhealthy = { interval: 1.5, httpStatuses: [500], tcpFailures: 1, timeouts: 2, httpFailures: 3 };
const healthchecks = {
  threshold: 12.5,
  active: {
    ...{ type: 'HTTPS', timeout: 0.5, concurrency: 3, httpPath: '/health', httpsSni: 'api.internal' },
    ...{ httpsVerifyCertificate: false, headers: { 'x-probe': ['1', '2'] } },
    healthy: { interval: 2, httpStatuses: [204], successes: 4 },
    unhealthy: activeUnhealthy,
  },
  passive: {
    type: 'TCP',
    healthy: { httpStatuses: [200], successes: 1 },
    unhealthy: { httpStatuses: [503], tcpFailures: 4, timeouts: 5, httpFailures: 6 },
  },
};

/** Plugins that need no settings. A group may have one of each, for everything. */
const plainPlugins = [
  ...['key-auth', 'basic-auth', 'hmac-auth', 'jwt', 'bot-detection', 'correlation-id', 'cors', 'datadog'],
  ...[
    'grpc-web',
    'prometheus',
    'request-size-limiting',
    'request-transformer',
    'response-transformer',
    'zipkin',
  ],
];

const pluginsWithSettings = [
  { name: 'rate-limiting', config: { minute: 5, limit_by: 'ip', redis: { host: 'redis.internal' } } },
  { name: 'file-log', config: { path: '/dev/stdout', custom_fields_by_lua: { 'a b': 'return 1' } } },
  { name: 'request-termination', config: { status_code: 403, message: 'Closed.' } },
  { name: 'proxy-cache', config: { strategy: 'memory', vary_headers: ['accept'] } },
  { name: 'response-ratelimiting', config: { limits: { videos: { minute: 0.5 } } } },
];

let taken = 0;

/** The members of a list in turn, over and over. */
function next<Member>(members: readonly Member[]): Member {
  taken += 1;
  return members[taken % members.length] as Member;
}

export const kindCases: readonly KindCase[] = [
  {
    ...{ typeName: 'GatewayService', field: 'gatewayService', list: 'gatewayServices' },
    minimal: () => ({ host: 'api.internal' }),
    defaults: {
      ...{ name: null, protocol: 'HTTP', port: 80, path: null, retries: 5, enabled: true, tags: [] },
      ...{
        connectTimeout: 60000,
        writeTimeout: 60000,
        readTimeout: 60000,
        tlsVerify: null,
        tlsVerifyDepth: null,
      },
      ...{ clientCertificate: null, caCertificates: [] },
    },
    full: ({ certificate, caCertificate }) => ({
      ...{
        name: unique('orders'),
        protocol: 'HTTPS',
        host: 'api.internal',
        port: 8443,
        path: '/v1',
        retries: 0,
      },
      ...{ connectTimeout: 1, writeTimeout: 2, readTimeout: 3, tlsVerify: true, tlsVerifyDepth: 2 },
      ...{ clientCertificateId: certificate.id, caCertificateIds: [caCertificate.id] },
      ...{ enabled: false, tags: ['a', 'b'] },
    }),
    selection: `name protocol host port path retries connectTimeout writeTimeout readTimeout tlsVerify tlsVerifyDepth
      clientCertificate { id } caCertificates { id } enabled tags`,
    change: { port: 9000, tags: ['c'] },
  },
  {
    ...{ typeName: 'Route', field: 'route', list: 'routes' },
    minimal: () => ({ paths: ['/x'] }),
    defaults: {
      ...{
        name: null,
        service: null,
        protocols: ['HTTP', 'HTTPS'],
        methods: null,
        hosts: null,
        headers: null,
      },
      ...{ snis: null, sources: null, destinations: null, httpsRedirectStatusCode: 426, regexPriority: 0 },
      ...{ stripPath: true, pathHandling: 'V0', preserveHost: false, requestBuffering: true },
      ...{ responseBuffering: true, tags: [] },
    },
    full: ({ service }) => ({
      ...{ name: unique('external'), serviceId: service.id, protocols: ['HTTPS'], methods: ['GET', 'POST'] },
      ...{ hosts: ['*.example.com', 'example.org:8443'], paths: ['/external', '~/v[0-9]+$'] },
      ...{ headers: { 'x-version': ['1', '2'] }, snis: ['example.com'], httpsRedirectStatusCode: 308 },
      ...{
        regexPriority: 7,
        stripPath: false,
        pathHandling: 'V1',
        preserveHost: true,
        requestBuffering: false,
      },
      ...{ responseBuffering: false, tags: ['edge'] },
    }),
    selection: `name service { id } protocols methods hosts paths headers snis sources { ip port } destinations { ip port }
      httpsRedirectStatusCode regexPriority stripPath pathHandling preserveHost requestBuffering responseBuffering tags`,
    change: { methods: ['PUT'], regexPriority: -1 },
  },
  {
    ...{ typeName: 'Plugin', field: 'plugin', list: 'plugins' },
    minimal: () => ({ name: next(plainPlugins) }),
    defaults: {
      ...{
        instanceName: null,
        service: null,
        route: null,
        consumer: null,
        consumerGroup: null,
        config: expect.any(Object) as object,
        enabled: true,
        tags: [],
      },
      protocols: ['GRPC', 'GRPCS', 'HTTP', 'HTTPS'],
    },
    full: ({ service, route, consumer, consumerGroup }) => ({
      ...next(pluginsWithSettings),
      ...{
        instanceName: unique('limit'),
        serviceId: service.id,
        routeId: route.id,
      },
      ...{ consumerId: consumer.id, consumerGroupId: consumerGroup.id },
      ...{ protocols: ['HTTP'], enabled: false, tags: ['x'] },
    }),
    selection: `name instanceName service { id } route { id } consumer { id } consumerGroup { id } config protocols
      enabled tags`,
    change: { tags: ['changed'], enabled: true },
  },
  {
    ...{ typeName: 'Consumer', field: 'consumer', list: 'consumers' },
    minimal: () => ({ username: unique('ada') }),
    defaults: { customId: null, groups: [], tags: [] },
    full: ({ consumerGroup }) => ({
      ...{
        username: unique('ada'),
        customId: unique('customer'),
        groupIds: [consumerGroup.id],
        tags: ['gold'],
      },
    }),
    selection: 'username customId groups { id } tags',
    change: { customId: unique('changed') },
  },
  {
    ...{ typeName: 'Upstream', field: 'upstream', list: 'upstreams' },
    minimal: () => ({ name: unique('pool.internal') }),
    defaults: {
      ...{
        algorithm: 'ROUND_ROBIN',
        hashOn: 'NONE',
        hashFallback: 'NONE',
        hashOnCookiePath: '/',
        slots: 10000,
      },
      ...{ hostHeader: null, clientCertificate: null, useSrvName: false, tags: [] },
    },
    full: ({ certificate }) => ({
      ...{
        name: unique('pool.internal'),
        algorithm: 'CONSISTENT_HASHING',
        hashOn: 'HEADER',
        hashOnHeader: 'x-user',
      },
      ...{ hashFallback: 'QUERY_ARG', hashFallbackQueryArg: 'user', hashOnCookiePath: '/shop', slots: 100 },
      ...{ hostHeader: 'api.example.com', clientCertificateId: certificate.id },
      ...{ useSrvName: true, tags: ['pool'], healthchecks },
    }),
    selection: `name algorithm hashOn hashFallback hashOnHeader hashFallbackQueryArg hashOnCookiePath slots hostHeader
      clientCertificate { id } useSrvName tags healthchecks { threshold
        active { type timeout concurrency httpPath httpsSni httpsVerifyCertificate headers
          healthy { interval httpStatuses successes } unhealthy { interval httpStatuses tcpFailures timeouts httpFailures } }
        passive { type healthy { httpStatuses successes } unhealthy { httpStatuses tcpFailures timeouts httpFailures } } }`,
    change: { slots: 20 },
  },
  {
    ...{ typeName: 'Target', field: 'target', list: 'targets' },
    minimal: ({ upstream }) => ({ upstreamId: upstream.id, target: `${unique('node')}.internal:80` }),
    defaults: { weight: 100, tags: [] },
    full: ({ upstream }) => ({
      upstreamId: upstream.id,
      target: `${unique('node')}.internal:9000`,
      weight: 0,
      tags: ['rack-1'],
    }),
    selection: 'upstream { id } target weight tags',
    change: { weight: 50 },
  },
  ...furtherKindCases,
];
