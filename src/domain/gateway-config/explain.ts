import type { ConfigEntity } from './config-entity.js';
import { effectivePlugins, prioritiesIn, type EffectivePlugins } from './effective-plugins.js';
import { textsIn } from './kinds/rule.js';
import { textAt } from './reading.js';
import { isStream, type GatewayRequest } from './router/request.js';
import { routeRequest, type PassedOverRoute } from './router/route-request.js';
import { requestUrl, type UpstreamRequest } from './upstream-request.js';

/** What becomes of a request: it goes on, or the gateway answers it, or no route is for it. */
export type Outcome = 'forwarded' | 'answered' | 'no_route';

/** What a gateway with this configuration does with a request, and why. */
export interface Explanation {
  readonly outcome: Outcome;
  /** The status with which the gateway itself answers, where it is the gateway that answers. */
  readonly status: number | undefined;
  /** The outcome as a sentence. */
  readonly message: string;
  readonly route: ConfigEntity | undefined;
  readonly service: ConfigEntity | undefined;
  /** What the gateway service is sent. */
  readonly request: UpstreamRequest | undefined;
  readonly upstream: ConfigEntity | undefined;
  readonly targets: readonly ExplainedTarget[];
  readonly plugins: EffectivePlugins<ConfigEntity>;
  /** All other routes of the same sort, those that came nearest first. */
  readonly others: readonly PassedOverRoute<ExplainedRoute>[];
}

/** One of the addresses over which requests are spread, and its share of them. */
export interface ExplainedTarget {
  readonly target: ConfigEntity;
  readonly weight: number;
  readonly share: number;
}

interface ExplainedRoute extends ConfigEntity {
  readonly absentBecause?: string | undefined;
}

/** The kinds of entities that decide about a request. */
export const decidingKinds: readonly string[] = [
  'route',
  'gateway_service',
  'upstream',
  'target',
  'plugin',
  'plugin_schema',
];

/** Explains what becomes of a request, from all entities of the deciding kinds that a group has. */
export function explain(entities: readonly ConfigEntity[], request: GatewayRequest): Explanation {
  const of = (kind: string): ConfigEntity[] => entities.filter((entity) => entity.kind === kind);
  const services = new Map(of('gateway_service').map((service) => [service.id, service]));
  const routes = of('route').map((route) => withService(route, services));
  const { winner, others } = routeRequest(routes, request);
  if (!winner) return { ...noRoute(request), others };
  const { route } = winner;
  const service = services.get(textAt(route.document, 'service'));
  const upstream = service && of('upstream').find((each) => isUpstreamOf(each, service));
  return {
    ...outcomeOf(request, route, service),
    ...{ route, service, upstream, others },
    request: service && requestUrl({ ...winner, request, service, upstream }),
    targets: targetsOf(of('target').filter(({ document }) => document['upstream'] === upstream?.id)),
    plugins: pluginsOf([of('plugin'), of('plugin_schema')], route, service),
  };
}

/** Gateways do not get the routes of a service that is off. */
function withService(route: ConfigEntity, services: ReadonlyMap<string, ConfigEntity>): ExplainedRoute {
  const service = services.get(textAt(route.document, 'service'));
  if (service?.document['enabled'] !== false) return route;
  const name = textAt(service.document, 'name') || service.id;
  return { ...route, absentBecause: `gateways do not have it, because its gateway service ${name} is off` };
}

function isUpstreamOf(upstream: ConfigEntity, service: ConfigEntity): boolean {
  return upstream.document['name'] === service.document['host'];
}

function noRoute({ protocol }: GatewayRequest): Omit<Explanation, 'others'> {
  const status = isStream(protocol) ? undefined : 404;
  const what = status === undefined ? 'the gateway closes the connection' : `the gateway answers ${status}`;
  return {
    ...{ outcome: 'no_route', status, message: `No route matches, so ${what}.` },
    ...{ route: undefined, service: undefined, request: undefined, upstream: undefined, targets: [] },
    plugins: { running: [], passedOver: [] },
  };
}

type Ending = Pick<Explanation, 'outcome' | 'status' | 'message'>;

/** Once a route is found, its protocols say whether the request goes on. */
function outcomeOf(
  { protocol }: GatewayRequest,
  { document }: ConfigEntity,
  service: ConfigEntity | undefined,
): Ending {
  const protocols = textsIn(document, 'protocols');
  const isPlain = protocol === 'http' || protocol === 'grpc';
  if (isPlain && protocols.includes('https') && !protocols.includes('http')) {
    const status = Number(document['https_redirect_status_code'] ?? 426);
    return answered(status, 'The route is for https alone, so the gateway asks to come again with TLS.');
  }
  const mismatch = grpcMismatch(protocol, protocols);
  if (mismatch) return mismatch;
  if (!service) {
    return answered(503, 'The route has no gateway service, so the gateway answers, unless a plugin does.');
  }
  return { outcome: 'forwarded', status: undefined, message: 'The request goes to the gateway service.' };
}

function grpcMismatch(protocol: string, ofRoute: readonly string[]): Ending | undefined {
  if (!ofRoute.some((each) => each === 'grpc' || each === 'grpcs')) return undefined;
  if (!protocol.startsWith('grpc')) return answered(415, 'The route is for gRPC, and the request is not.');
  if (protocol === 'grpcs' || ofRoute.includes('grpc')) return undefined;
  return answered(200, 'The route is for grpcs alone, so the gateway answers with the gRPC status 1.');
}

function answered(status: number, message: string): Ending {
  return { outcome: 'answered', status, message };
}

function targetsOf(targets: readonly ConfigEntity[]): ExplainedTarget[] {
  const weighed = targets.map((target) => ({ target, weight: Number(target.document['weight'] ?? 100) }));
  const sum = weighed.reduce((total, { weight }) => total + weight, 0);
  return weighed
    .map((each) => ({ ...each, share: sum === 0 ? 0 : each.weight / sum }))
    .sort((a, b) => b.weight - a.weight);
}

/** Plugins that are for other routes and services are not worth telling. */
function pluginsOf(
  [plugins, schemas]: readonly [readonly ConfigEntity[], readonly ConfigEntity[]],
  route: ConfigEntity,
  service: ConfigEntity | undefined,
): EffectivePlugins<ConfigEntity> {
  const scopes = ['route', 'service', 'consumer', 'consumer_group'];
  const isNear = ({ document }: ConfigEntity): boolean =>
    document['route'] === route.id ||
    (service !== undefined && document['service'] === service.id) ||
    scopes.every((scope) => document[scope] === undefined);
  return effectivePlugins({
    plugins: plugins.filter(isNear),
    route: { id: route.id, protocols: textsIn(route.document, 'protocols') },
    service: service?.id,
    priorities: prioritiesIn(schemas),
  });
}
