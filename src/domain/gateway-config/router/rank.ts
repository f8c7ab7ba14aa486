import { isObject } from '../reading.js';
import { present, textsIn } from '../kinds/rule.js';
import { isRegex, protocolOf, type Candidate, type RouterRoute } from './candidate.js';
import { isStream } from './request.js';

/** What puts one candidate before another, the first difference deciding. */
export type PriorityRule =
  | 'server_name'
  | 'source'
  | 'destination'
  | 'criteria'
  | 'plain_hosts'
  | 'headers'
  | 'regex'
  | 'regex_priority'
  | 'path_length'
  | 'id';

/** What a candidate has of each rule, the rules in their order; more comes first. */
export type Rank = readonly (readonly [PriorityRule, number])[];

/** The rank of a candidate, as the router `traditional_compatible` computes it. */
export function rankOf(candidate: Candidate<RouterRoute>): Rank {
  return isStream(protocolOf(candidate.route)) ? rankOfStream(candidate) : rankOfRequests(candidate);
}

/** Which rule puts the one before the other. */
export function decidingRule(a: Candidate<RouterRoute>, b: Candidate<RouterRoute>): PriorityRule {
  const others = new Map(rankOf(b));
  return rankOf(a).find(([rule, value]) => others.get(rule) !== value)?.[0] ?? 'id';
}

/** Orders candidates of one router: what is tried first comes first. */
export function byRank(
  a: { readonly rank: Rank; readonly id: string },
  b: { readonly rank: Rank; readonly id: string },
): number {
  for (const [index, [, value]] of a.rank.entries()) {
    const difference = (b.rank[index]?.[1] ?? 0) - value;
    if (difference !== 0) return difference;
  }
  return a.id < b.id ? 1 : a.id > b.id ? -1 : 0;
}

const mostHeaders = 255;
const criteria = ['methods', 'hosts', 'headers', 'snis', 'paths'];

function rankOfRequests({ route: { document }, paths }: Candidate<RouterRoute>): Rank {
  const hosts = textsIn(document, 'hosts');
  const headers = isObject(document['headers']) ? Object.keys(document['headers']).length : 0;
  const [path = ''] = paths;
  const regex = isRegex(path);
  return [
    ['criteria', present(document, criteria).length],
    ['plain_hosts', Number(hosts.length > 0 && !hosts.some((host) => host.includes('*')))],
    ['headers', Math.min(headers, mostHeaders)],
    ['regex', Number(regex)],
    ['regex_priority', regex ? Number(document['regex_priority'] ?? 0) : 0],
    ['path_length', regex ? 0 : path.length],
  ];
}

function rankOfStream({ route: { document } }: Candidate<RouterRoute>): Rank {
  const [sources, destinations] = [endpointsIn(document, 'sources'), endpointsIn(document, 'destinations')];
  const namesServer = document['snis'] !== undefined || (sources.length > 0 && destinations.length > 0);
  return [
    ['server_name', Number(namesServer)],
    ['source', precision(sources)],
    ['destination', precision(destinations)],
  ];
}

/** One end of a connection, as a route has it. */
export interface Endpoint {
  readonly ip?: string;
  readonly port?: number;
}

/** The ends in a field of a route. */
export function endpointsIn(document: RouterRoute['document'], field: string): readonly Endpoint[] {
  return (document[field] ?? []) as readonly Endpoint[];
}

/** An address is more than a port, and that more than a range of addresses. */
function precision(endpoints: readonly Endpoint[]): number {
  const isRange = ({ ip }: Endpoint): boolean => ip?.includes('/') === true;
  const has = (test: (endpoint: Endpoint) => boolean): number => Number(endpoints.some(test));
  const address = has((each) => each.ip !== undefined && !isRange(each));
  return 8 * address + 4 * has((each) => each.port !== undefined) + has(isRange);
}
