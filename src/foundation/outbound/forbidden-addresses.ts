import { BlockList, isIPv6 } from 'node:net';

/** Where no request may go: what only this machine, its cloud's metadata service or nobody at all answers. */
export function forbiddenAddresses({ loopback, privateNetworks }: AllowedAddresses): BlockList {
  const list = new BlockList();
  const nets = [...never, ...(loopback ? [] : ownMachine), ...(privateNetworks ? [] : ownNetworks)];
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, familyOf(net));
  return list;
}

/** Where requests may go beside the public network. */
export interface AllowedAddresses {
  /** This machine itself. */
  readonly loopback: boolean;
  /** Networks that are not public. */
  readonly privateNetworks: boolean;
}

/** True if the list has the address, also in the form of IPv6 that stands for one of IPv4. */
export function isForbidden(list: BlockList, address: string): boolean {
  return list.check(address, familyOf(address));
}

const never: readonly (readonly [string, number])[] = [
  // Link-local, which is where clouds have their metadata; also as NAT64 writes it.
  ['169.254.0.0', 16],
  ['fe80::', 10],
  ['64:ff9b::a9fe:0', 112],
  // Metadata services that are elsewhere.
  ['fd00:ec2::', 32],
  ['100.100.100.200', 32],
  ['168.63.129.16', 32],
  // Not an address of one machine.
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
  ['ff00::', 8],
];

/** The unspecified address leads here, too. */
const ownMachine: readonly (readonly [string, number])[] = [
  ['127.0.0.0', 8],
  ['::1', 128],
  ['0.0.0.0', 8],
  ['::', 128],
  ['64:ff9b::7f00:0', 104],
];

const ownNetworks: readonly (readonly [string, number])[] = [
  ['10.0.0.0', 8],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10],
  ['198.18.0.0', 15],
  ['192.0.0.0', 24],
  ['fc00::', 7],
  ['64:ff9b::a00:0', 104],
  ['64:ff9b::ac10:0', 108],
  ['64:ff9b::c0a8:0', 112],
];

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIPv6(address) ? 'ipv6' : 'ipv4';
}
