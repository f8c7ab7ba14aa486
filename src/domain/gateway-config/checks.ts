import { isIpOrCidr, parseAddress } from './addresses.js';
import type { Check } from './field.js';
import { shown } from './reading.js';
import { regexFault } from './regex.js';
import { normalPath } from './router-path.js';

/** Kong's `name`: letters, digits, ".", "-", "_" and "~". */
export const name = matching(/^[A-Za-z0-9.\-_~]+$/, 'consist of letters, digits, “.”, “-”, “_” and “~”');

/** Kong's `utf8_name`: the same, and everything beyond ASCII. */
export const utf8Name = matching(
  /^[A-Za-z0-9.\-_~\u{80}-\u{10ffff}]+$/u,
  'consist of letters, digits, “.”, “-”, “_” and “~”, or characters beyond ASCII',
);

/** A tag: printable, without the two characters that separate tags in queries. */
export const tag = matching(
  /^[ !-+\-.0-~\u{80}-\u{10ffff}]+$/u,
  'consist of printable characters other than “,” and “/”',
);

/** The name of an HTTP header. */
export const headerName = matching(/^[A-Za-z0-9\-_]+$/, 'consist of letters, digits, “-” and “_”');

/** A header that a route may match: any but `host`, for which there is `hosts`. */
export const matchedHeader: Check<string> = (value) =>
  value.toLowerCase() === 'host' ? 'be a header other than “host”; use hosts for that' : headerName(value);

/** The name of a cookie: a token of RFC 2616. */
export const cookieName = matching(
  /^[!#-'*+\-.0-9A-Z^-z|~\u{80}-\u{10ffff}]+$/u,
  'be free of spaces, control characters and any of ()<>@,;:\\"/?={}[]',
);

/** An HTTP method. */
export const method = matching(/^[A-Z]+$/, 'consist of upper-case letters');

/** A hostname or an IP address. */
export const host: Check<string> = (value) => {
  const address = parseAddress(value);
  return address && address.port === undefined ? undefined : 'be a hostname or an IP address without a port';
};

/** A hostname or an IP address, with or without a port. */
export const hostWithOptionalPort: Check<string> = (value) =>
  parseAddress(value) ? undefined : 'be a hostname or an IP address, with or without a port';

/** A hostname, not an IP address. */
export const hostname: Check<string> = (value) =>
  isPortlessName(value) ? undefined : 'be a hostname without a port, and not an IP address';

/** A hostname in which one "*" may stand first or last. */
export const wildcardHost: Check<string> = (value) => {
  const stars = value.split('*').length - 1;
  const placed = stars === 0 || (stars === 1 && (value.startsWith('*') || value.endsWith('*')));
  if (!placed) return 'have at most one “*”, as its first or last character';
  return hostname(value.replace('*', 'wildcard'));
};

/** What a route compares the Host header with: a host, or one with "*" for its first or last label; a port may follow. */
export const routeHost: Check<string> = (value) => {
  if (!/^[^*]*$|^\*\.[^*]+$|^[^*]+\.\*$/.test(value))
    return 'have at most one “*”, which stands for the whole first or last label';
  return hostWithOptionalPort(value.replace('*', 'wildcard'));
};

/** A path as a gateway service has it. */
export const path: Check<string> = (value) => {
  if (!value.startsWith('/')) return 'start with “/”';
  return pathFault(value) ?? matching(/^[A-Za-z0-9.\-_~/%:@!$&'()*+,;=]*$/, 'be a URL path')(value);
};

/** The longest path of a route. */
const longestRouterPath = 4096;

/** A path as a route has it: a prefix that starts with "/", or a regular expression that starts with "~/". */
export const routerPath: Check<string> = (value) => {
  if (!/^~?\//.test(value)) return 'start with “/” (a prefix) or “~/” (a regular expression)';
  if (value.length > longestRouterPath) return `be at most ${longestRouterPath} characters long`;
  return value.startsWith('~') ? regexPathFault(value) : prefixFault(value);
};

/** A regular expression. */
export const regexCheck: Check<string> = (value) => {
  const fault = regexFault(value);
  return fault === undefined ? undefined : `be a regular expression that compiles (${fault})`;
};

/** An IP address or a range of them. */
export const ipOrCidr: Check<string> = (value) =>
  isIpOrCidr(value) ? undefined : 'be an IP address or a range such as 10.0.0.0/8';

function matching(pattern: RegExp, must: string): Check<string> {
  return (value) => (pattern.test(value) ? undefined : must);
}

function isPortlessName(value: string): boolean {
  const address = parseAddress(value);
  return address?.is === 'name' && address.port === undefined;
}

function pathFault(value: string): string | undefined {
  if (value.includes('//')) return 'be free of empty segments (“//”)';
  if (/%(?![0-9A-Fa-f]{2})/.test(value)) return 'have two hexadecimal digits after each “%”';
  return undefined;
}

function prefixFault(value: string): string | undefined {
  const fault = pathFault(value);
  if (fault !== undefined) return fault;
  const normal = normalPath(value);
  return normal === value ? undefined : `be in its normal form, ${shown(normal)}`;
}

function regexPathFault(value: string): string | undefined {
  if (value.includes('//')) return 'be free of empty segments (“//”)';
  const fault = regexFault(value.slice(1));
  return fault === undefined ? undefined : `hold a regular expression that compiles (${fault})`;
}
