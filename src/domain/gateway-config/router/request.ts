import { normalPath } from '../router-path.js';

/** What a client asks for, and over which connection, as far as it is known. */
export interface GatewayRequest {
  readonly protocol: RequestProtocol;
  readonly method: string;
  /** The Host header: a host, with or without a port. */
  readonly host: string;
  /** The path as it was sent, with or without a query. */
  readonly path: string;
  readonly headers: readonly RequestHeader[];
  /** The server that the client named in the TLS handshake. */
  readonly sni?: string | undefined;
  readonly sourceIp?: string | undefined;
  readonly sourcePort?: number | undefined;
  readonly destinationIp?: string | undefined;
  readonly destinationPort?: number | undefined;
}

export interface RequestHeader {
  readonly name: string;
  readonly value: string;
}

export type RequestProtocol = 'http' | 'https' | 'grpc' | 'grpcs' | 'tcp' | 'tls' | 'tls_passthrough' | 'udp';

const streams: ReadonlySet<string> = new Set(['tcp', 'tls', 'tls_passthrough', 'udp']);
const encrypted: ReadonlySet<string> = new Set(['https', 'grpcs', 'tls', 'tls_passthrough']);

/** True for the protocols of connections; the others are those of requests. A gateway has a router for each of the two. */
export function isStream(protocol: string): boolean {
  return streams.has(protocol);
}

/** A request as routes look at it. */
export interface ReadRequest {
  readonly isStream: boolean;
  readonly isEncrypted: boolean;
  readonly method: string;
  readonly host: string;
  /** The path without the query, in the form in which gateways compare paths. */
  readonly path: string;
  /** The values of the headers, in lower case, by names in lower case and with “-” for “_”. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly sni: string | undefined;
  readonly source: ConnectionEnd;
  readonly destination: ConnectionEnd;
}

export interface ConnectionEnd {
  readonly ip: string | undefined;
  readonly port: number | undefined;
}

/** Brings a request into the form in which it is compared with routes. */
export function readRequest(request: GatewayRequest): ReadRequest {
  const headers = new Map<string, string[]>();
  for (const { name, value } of request.headers) {
    const key = headerKey(name);
    headers.set(key, [...(headers.get(key) ?? []), value.toLowerCase()]);
  }
  const { host, port } = splitPort(request.host);
  const isEncrypted = encrypted.has(request.protocol);
  const isConnection = isStream(request.protocol);
  const usualPort = isConnection ? undefined : isEncrypted ? 443 : 80;
  return {
    ...{ isStream: isConnection, isEncrypted, host, headers },
    method: request.method,
    path: normalPath(request.path.replace(/(?<=.)\?.*$/s, '')),
    sni: request.sni,
    source: { ip: request.sourceIp, port: request.sourcePort },
    destination: { ip: request.destinationIp, port: port ?? request.destinationPort ?? usualPort },
  };
}

/** Header names are the same in both cases, and gateways do not tell “-” from “_”. */
export function headerKey(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** A host, and the port behind it if there is one. */
export function splitPort(given: string): { readonly host: string; readonly port: number | undefined } {
  const [, host = given, port] = /^([^:]*|\[.*\]):(\d{1,5})$/.exec(given) ?? [];
  return { host, port: port === undefined ? undefined : Number(port) };
}
