import type { ConfigEntity } from './config-entity.js';
import { textAt } from './reading.js';
import { normalPath } from './router-path.js';
import type { GatewayRequest } from './router/request.js';
import { isStream } from './router/request.js';
import { upstreamPath, upstreamPathV1 } from './router/upstream-path.js';

/** The request that goes on to a gateway service. */
export interface UpstreamRequest {
  readonly url: string;
  /** The Host header that it carries; nothing if that is the target's own, or if it is no HTTP. */
  readonly host: string | undefined;
  /** What else there is to know about it, in sentences. */
  readonly notes: readonly string[];
}

/** A request with the route that it matched, and where that leads. */
export interface Routed {
  readonly request: GatewayRequest;
  readonly route: ConfigEntity;
  readonly matchedPath: string | undefined;
  readonly service: ConfigEntity;
  /** What spreads the requests, if the host of the service names one. */
  readonly upstream: ConfigEntity | undefined;
}

/** What the gateway service is sent, and where. */
export function requestUrl(routed: Routed): UpstreamRequest {
  const { protocol, host, port } = addressOf(routed.service);
  const origin = `${protocol}://${host}:${port}`;
  if (isStream(protocol)) return { url: origin, host: undefined, notes: [] };
  const rewrite = rewriteOf(routed);
  const query = /\?.+$/s.exec(routed.request.path.slice(1))?.[0] ?? '';
  const [url, other] = [upstreamPath(rewrite), upstreamPathV1(rewrite)].map((path) => origin + path + query);
  const isV1 = routed.route.document['path_handling'] === 'v1' && url !== other;
  return { url: url ?? '', host: hostOf(routed), notes: isV1 ? [v1Note(other ?? '')] : [] };
}

interface ServiceAddress {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
}

function addressOf({ document }: ConfigEntity): ServiceAddress {
  const host = textAt(document, 'host');
  return {
    protocol: textAt(document, 'protocol'),
    host: host.includes(':') && !host.startsWith('[') ? `[${host}]` : host,
    port: Number(document['port']),
  };
}

function v1Note(url: string): string {
  return `path_handling v1 counts only for gateways with the router “traditional”: they call ${url}.`;
}

function rewriteOf({
  request,
  route,
  matchedPath: matched,
  service,
}: Routed): Parameters<typeof upstreamPath>[0] {
  return {
    base: textAt(service.document, 'path') || '/',
    path: normalPath(request.path.replace(/(?<=.)\?.*$/s, '')),
    matched,
    stripPath: route.document['strip_path'] === true,
  };
}

/** The client's, if the route keeps it; else the name of what is called, which for an upstream each target has for itself. */
function hostOf({ request, route, service, upstream }: Routed): string | undefined {
  if (route.document['preserve_host'] === true) return request.host;
  if (upstream) return textAt(upstream.document, 'host_header') || undefined;
  const { protocol, host, port } = addressOf(service);
  const usual = { http: 80, https: 443, grpc: 80, grpcs: 443 }[protocol];
  return port === usual ? host : `${host}:${port}`;
}
