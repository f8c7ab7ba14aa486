import { candidatesOf, protocolOf, type Candidate, type RouterRoute } from './candidate.js';
import { compare, type Comparison, type Failure } from './criteria.js';
import type { Effort } from './linear-regex/index.js';
import { byRank, decidingRule, rankOf, type PriorityRule, type Rank } from './rank.js';
import { isStream, readRequest, type GatewayRequest } from './request.js';

/** Where a request goes, and why it goes nowhere else. */
export interface Routing<Route extends RouterRoute> {
  /** The route that gets the request, and the part of the path that it matched; nothing if no route matches. */
  readonly winner: { readonly route: Route; readonly matchedPath: string | undefined } | undefined;
  /** All other routes of the same sort, those that came nearest first. */
  readonly others: readonly PassedOverRoute<Route>[];
}

/** A route that does not get the request: because it does not match, or because another one comes before it. */
export type PassedOverRoute<Route> = { readonly route: Route } & (
  | { readonly failures: readonly [Failure, ...Failure[]]; readonly beatenBy?: undefined }
  | { readonly failures: readonly []; readonly beatenBy: PriorityRule }
);

/** How many steps the regular expressions for one request may take, all together: a fraction of a second. */
const effortForAll = 2_000_000;

/**
 * Routes a request as the router `traditional_compatible` does, which is the default of gateways: of the routes that match, the
 * one with the highest rank gets it.
 */
export function routeRequest<Route extends RouterRoute>(
  routes: readonly Route[],
  request: GatewayRequest,
): Routing<Route> {
  const read = readRequest(request);
  const effort: Effort = { left: effortForAll };
  const sort = isStream(request.protocol);
  const tried = routes
    .filter((route) => isStream(protocolOf(route)) === sort)
    .map((route) => bestOf(route, (candidate) => compare(candidate, read, effort)))
    .sort((a, b) => a.failures.length - b.failures.length || byRank(a, b));
  const [first] = tried;
  const winner = first?.failures.length === 0 ? first : undefined;
  return {
    winner: winner && { route: winner.candidate.route, matchedPath: winner.matchedPath },
    others: tried.flatMap((each) => (each === winner ? [] : [passedOver(each, winner)])),
  };
}

interface Tried<Route extends RouterRoute> extends Comparison {
  readonly candidate: Candidate<Route>;
  readonly id: string;
  readonly rank: Rank;
}

/** The candidate of a route that comes nearest to getting the request. */
function bestOf<Route extends RouterRoute>(
  route: Route,
  ask: (candidate: Candidate<Route>) => Comparison,
): Tried<Route> {
  const tried = candidatesOf(route).map((candidate) => ({
    ...{ candidate, id: candidate.id, rank: rankOf(candidate) },
    ...ask(candidate),
  }));
  return tried.sort((a, b) => a.failures.length - b.failures.length || byRank(a, b))[0] as Tried<Route>;
}

function passedOver<Route extends RouterRoute>(
  { candidate, failures: [first, ...more] }: Tried<Route>,
  winner: Tried<Route> | undefined,
): PassedOverRoute<Route> {
  const { route } = candidate;
  if (first) return { route, failures: [first, ...more] };
  return { route, failures: [], beatenBy: winner ? decidingRule(winner.candidate, candidate) : 'id' };
}
