import type { Json, JsonObject } from '../../../foundation/kernel/json.js';
import type { Problem } from '../../../foundation/kernel/refusal.js';
import { fieldInvalid, fieldsConflict, urlInvalid, urlWithoutHost } from '../document.refusals.js';
import type { Expansion } from '../kind.js';
import { shown } from '../reading.js';
import { protocol as protocolType } from './protocol.js';

/** The fields that a URL stands for. A null path says that there is none. */
export const urlParts = ['protocol', 'host', 'port', 'path'] as const;

type UrlParts = Readonly<Record<(typeof urlParts)[number], string | number | null>>;

/** What the url says. Parts that are given beside it must say the same. */
export function expandUrl(input: JsonObject): Expansion {
  const url = input['url'] ?? null;
  if (url === null) return { fields: {}, problems: [] };
  const parts = parseUrl(url);
  if ('code' in parts) return { fields: {}, problems: [parts] };
  const contradicted = urlParts.filter((part) => contradicts(input[part] ?? null, parts[part]));
  if (contradicted.length === 0) return { fields: parts, problems: [] };
  return { fields: {}, problems: contradicted.map((part) => conflict(part, input[part] ?? null, parts)) };
}

function contradicts(given: Json, parsed: Json): boolean {
  return given !== null && given !== parsed;
}

function conflict(part: keyof UrlParts, given: Json, parts: UrlParts): Problem {
  const said = parts[part] === null ? 'a url without one' : `a url that says ${shown(parts[part])}`;
  const facts = { field: `${part} ${shown(given)}`, with: said, instead: `Give either url or ${part}.` };
  return fieldsConflict.problem(facts, ['url']);
}

const shape = /^(?:([a-z][a-z0-9+.\-_]*):)?(?:\/\/([^/?#]*))?([^?#]*)([?#].*)?$/is;
const authorityShape = /^(\[[^\]]*\]|[^:]*)(?::(\d*))?$/;
const protocols = protocolType.values.map(({ value }) => value);

/** The parts of a URL; host and path are checked where those fields are. */
function parseUrl(url: Json): UrlParts | Problem {
  if (typeof url !== 'string') {
    return fieldInvalid.problem({ field: 'url', must: 'be text', received: shown(url) }, ['url']);
  }
  const pieces = splitUrl(url);
  const fault = faultOf(pieces);
  if (fault !== undefined) return urlInvalid.problem({ url: withoutSecrets(url), because: fault }, ['url']);
  if (pieces.host === '') return urlWithoutHost.problem({ url: withoutSecrets(url) }, ['url']);
  return partsOf(pieces);
}

interface UrlPieces {
  readonly scheme: string | undefined;
  readonly authority: string;
  /** Absent where the authority is no host with or without a port; empty where there is no host. */
  readonly host: string | undefined;
  readonly port: string;
  readonly path: string;
  /** A query, a fragment, or both. */
  readonly rest: string | undefined;
}

function splitUrl(url: string): UrlPieces {
  const [, scheme, authority = '', path = '', rest] = shape.exec(url) ?? [];
  const [, host, port = ''] = authorityShape.exec(authority) ?? [];
  return { scheme: scheme?.toLowerCase(), authority, host, port, path, rest };
}

/** Why the pieces make no address of a gateway service, if they do not. */
function faultOf({ scheme, authority, host, port, rest }: UrlPieces): string | undefined {
  if (scheme !== undefined && !protocols.includes(scheme)) {
    return `it starts with ${shown(scheme)}, and a gateway speaks only ${protocols.join(', ')}`;
  }
  if (rest !== undefined) return 'a gateway service has neither a query nor a fragment';
  if (authority.includes('@')) return 'a gateway service has no user name and password';
  if (host === undefined) return 'what follows the host is not a port';
  return Number(port) > 65535 ? 'a port is between 0 and 65535' : undefined;
}

function partsOf({ scheme, host = '', port, path }: UrlPieces): UrlParts {
  const given = port === '' ? undefined : Number(port);
  const protocol = scheme ?? (given === 443 ? 'https' : 'http');
  const usual = protocol === 'https' ? 443 : 80;
  return {
    protocol,
    host: host.replace(/^\[(.*)\]$/, '$1'),
    port: given ?? usual,
    path: path === '' ? null : path,
  };
}

/** The URL as it may appear in messages: whatever might be a user name and password is left out. */
function withoutSecrets(url: string): string {
  return shown(url.replace(/^.*@/s, '…@'));
}
