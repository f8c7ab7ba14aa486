import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { responseHeadFor, type FormatError } from '../graphql/format-error.js';
import { pathUnknown } from '../graphql/request-refusals.js';
import { graphqlPath } from '../graphql/transport.js';
import { defineRefusal, type Refusal } from '../kernel/refusal.js';

const originForeign = defineRefusal<{ origin: string }>(
  'ORIGIN_FOREIGN',
  'denied',
  ({ origin }) =>
    `A page of ${origin} may not open a WebSocket here. Serve the page from this server's own address, or have its origin allowed.`,
);

/** What decides whether a connection may become a WebSocket. */
export interface UpgradeRules {
  /** Origins of other sites whose pages may connect, as `https://console.example.com`. */
  readonly allowedOrigins: readonly string[];
  /** Why nobody may connect now, whoever it is. */
  readonly refusal: () => Refusal | undefined;
}

/** Why a connection may not become a WebSocket, if it may not. */
export function upgradeRefusal(request: IncomingMessage, rules: UpgradeRules): Refusal | undefined {
  const { url = '', method = '' } = request;
  const path = url.split('?', 1)[0] ?? '';
  if (path !== graphqlPath) return pathUnknown({ method, path });
  const refusal = rules.refusal();
  if (refusal) return refusal;
  const { origin } = request.headers;
  return origin === undefined || isAllowed(origin, request, rules) ? undefined : originForeign({ origin });
}

/** Answers an upgrade with a refusal, as HTTP, and closes the connection. */
export function refuseUpgrade(socket: Duplex, refusal: Refusal, formatError: FormatError): void {
  const body = JSON.stringify({ errors: [formatError(refusal)] });
  const { status, headers } = responseHeadFor(refusal);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...[...headers].map(([name, value]) => `${name}: ${value}`),
  ];
  // The other side may be gone by now.
  socket.on('error', () => socket.destroy());
  socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Browsers alone send an origin; one that differs from the host is a page of another site. */
function isAllowed(origin: string, { headers }: IncomingMessage, { allowedOrigins }: UpgradeRules): boolean {
  if (allowedOrigins.includes(origin)) return true;
  if (!URL.canParse(origin)) return false;
  const { protocol, host } = new URL(origin);
  const own = `${protocol}//${headers.host ?? ''}`;
  return URL.canParse(own) && new URL(own).host === host;
}
