import { isIPv6 } from 'node:net';

/** A host with or without a port, taken apart. IPv6 hosts are expanded and without brackets. */
export interface Address {
  readonly is: 'name' | 'ipv4' | 'ipv6';
  readonly host: string;
  readonly port: number | undefined;
}

/**
 * Reads `name`, `name:port`, `ipv4`, `ipv4:port`, `ipv6`, `[ipv6]` and `[ipv6]:port`; nothing if it is none of these.
 * Which of them a text is meant to be is decided as in Kong: two colons make it IPv6, digits and dots alone IPv4.
 */
export function parseAddress(address: string): Address | undefined {
  if (address.split(':').length > 2) return parseIpv6(address);
  const [, host = '', port] = /^([^:]*)(?::(\d+))?$/.exec(address) ?? [];
  if (port !== undefined && Number(port) > highestPort) return undefined;
  const is = /^[\d.]+$/.test(host) ? 'ipv4' : 'name';
  const normal = is === 'ipv4' ? normalIpv4(host) : hostname.test(host) ? host : undefined;
  return normal === undefined ? undefined : { is, host: normal, port: portOf(port) };
}

/** The one way to write an address: IPv4 without leading zeros, IPv6 in brackets, the port always there. */
export function formatAddress({ is, host, port }: Address, defaultPort: number): string {
  return `${is === 'ipv6' ? `[${host}]` : host}:${port ?? defaultPort}`;
}

/** True for an IPv4 or IPv6 address, alone or with the length of a prefix: `10.0.0.0/8`. */
export function isIpOrCidr(address: string): boolean {
  const [, ip = '', prefix = '0'] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(address) ?? [];
  if (ip.includes(':')) return normalIpv6(ip) !== undefined && Number(prefix) <= 128;
  return normalIpv4(ip) !== undefined && Number(prefix) <= 32;
}

const highestPort = 65535;

/** Labels of letters, digits, "-" and "_" that do not end in "-"; one dot may stand at the end. */
const hostname = /^(?:[A-Za-z0-9_-]*[A-Za-z0-9_]\.)*[A-Za-z0-9_-]*[A-Za-z0-9_]\.?$/;

function parseIpv6(address: string): Address | undefined {
  const [, bracketed, port] = /^\[([^\]]*)\](?::(\d+))?$/.exec(address) ?? [];
  const host = normalIpv6(bracketed ?? address);
  if (host === undefined || Number(port ?? 0) > highestPort) return undefined;
  return { is: 'ipv6', host, port: portOf(port) };
}

function portOf(digits: string | undefined): number | undefined {
  return digits === undefined ? undefined : Number(digits);
}

function normalIpv4(host: string): string | undefined {
  if (!/^\d{1,3}(?:\.\d{1,3}){3}$/.test(host)) return undefined;
  const bytes = host.split('.').map(Number);
  return bytes.every((byte) => byte <= 255) ? bytes.join('.') : undefined;
}

/** Eight groups of four digits. IPv4 in the tail and zones are not accepted: a Kong data plane does not read them. */
function normalIpv6(host: string): string | undefined {
  if (!isIPv6(host) || /[.%]/.test(host)) return undefined;
  const [left = [], right] = host.split('::').map((half) => half.split(':').filter(Boolean));
  const middle = right ? Array.from({ length: 8 - left.length - right.length }, () => '0') : [];
  const groups = [...left, ...middle, ...(right ?? [])];
  return groups.map((group) => group.toLowerCase().padStart(4, '0')).join(':');
}
