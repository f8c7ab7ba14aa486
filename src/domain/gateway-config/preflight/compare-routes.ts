import type { Json } from '../../../foundation/kernel/json.js';
import type { Document } from '../kind.js';
import { textsIn } from '../kinds/rule.js';
import { isObject } from '../reading.js';
import { candidatesOf, protocolOf, type Candidate, type RouterRoute } from '../router/candidate.js';
import { byRank, endpointsIn, rankOf, type Endpoint } from '../router/rank.js';
import { headerKey, isStream, splitPort } from '../router/request.js';

/** How two routes stand to each other. */
export interface Conflict<Route extends RouterRoute> {
  /** Of a duplicate, and of what is shadowed, the winner gets every request. Of an overlap, ids decide about some requests. */
  readonly is: 'duplicate' | 'shadowed' | 'overlap';
  readonly winner: Route;
  readonly loser: Route;
}

/** What is wrong between two routes, as far as it can be seen from their criteria; nothing, if that is nothing. */
export function conflictOf<Route extends RouterRoute>(a: Route, b: Route): Conflict<Route> | undefined {
  if (isStream(protocolOf(a)) !== isStream(protocolOf(b))) return undefined;
  const [ofA, ofB] = [candidatesOf(a), candidatesOf(b)];
  if (takes(ofA, ofB)) return { is: nameOf(ofB, ofA), winner: a, loser: b };
  if (takes(ofB, ofA)) return { is: nameOf(ofA, ofB), winner: b, loser: a };
  return tie(ofA, ofB) ? { is: 'overlap', winner: a, loser: b } : undefined;
}

/** What a route is whose requests another one takes: the same again, if it would take those of the other one. */
function nameOf(loser: Candidates, winner: Candidates): 'duplicate' | 'shadowed' {
  return covers(loser, winner) && tie(loser, winner) ? 'duplicate' : 'shadowed';
}

type Candidates = readonly Candidate<RouterRoute>[];

/** True if the ones get every request that the others match. */
function takes(ones: Candidates, others: Candidates): boolean {
  return others.every((other) => ones.some((one) => contains(one, other) && before(one, other)));
}

/** True if the ones match every request that the others match. */
function covers(ones: Candidates, others: Candidates): boolean {
  return others.every((other) => ones.some((one) => contains(one, other)));
}

/** True if two of the candidates have the same rank and match a request in common. */
function tie(ones: Candidates, others: Candidates): boolean {
  return ones.some((one) => others.some((each) => isSameRank(one, each) && meets(one, each)));
}

function before(a: Candidate<RouterRoute>, b: Candidate<RouterRoute>): boolean {
  return byRank({ rank: rankOf(a), id: a.id }, { rank: rankOf(b), id: b.id }) < 0;
}

function isSameRank(a: Candidate<RouterRoute>, b: Candidate<RouterRoute>): boolean {
  return byRank({ rank: rankOf(a), id: '' }, { rank: rankOf(b), id: '' }) === 0;
}

/** Whether what one value stands for is all, or some, of what another one does. */
interface Test<Value> {
  readonly contains: (wide: Value, narrow: Value) => boolean;
  readonly meets: (a: Value, b: Value) => boolean;
}

/** True if the one matches every request that the other matches; regular expressions are only compared as texts. */
function contains(wide: Candidate<RouterRoute>, narrow: Candidate<RouterRoute>): boolean {
  const [a, b] = [criteriaOf(wide), criteriaOf(narrow)];
  return (
    isWithin(a.methods, b.methods, equal) &&
    isWithin(a.hosts, b.hosts, hosts) &&
    isWithin(a.paths, b.paths, equal) &&
    isWithin(a.snis, b.snis, hosts) &&
    isWithin(a.sources, b.sources, endpoints) &&
    isWithin(a.destinations, b.destinations, endpoints) &&
    [...a.headers].every(([name, values]) => isWithin(values, b.headers.get(name) ?? [], equal))
  );
}

/** True if some request is for both. */
function meets(one: Candidate<RouterRoute>, other: Candidate<RouterRoute>): boolean {
  const [a, b] = [criteriaOf(one), criteriaOf(other)];
  return (
    isTouching(a.methods, b.methods, equal) &&
    isTouching(a.hosts, b.hosts, hosts) &&
    isTouching(a.paths, b.paths, equal) &&
    isTouching(a.snis, b.snis, hosts) &&
    isTouching(a.sources, b.sources, endpoints) &&
    isTouching(a.destinations, b.destinations, endpoints) &&
    [...a.headers].every(([name, values]) => isTouching(values, b.headers.get(name) ?? [], equal))
  );
}

/** A criterion without values matches everything. */
function isWithin<Value>(wide: readonly Value[], narrow: readonly Value[], test: Test<Value>): boolean {
  if (wide.length === 0) return true;
  return narrow.length > 0 && narrow.every((each) => wide.some((other) => test.contains(other, each)));
}

function isTouching<Value>(a: readonly Value[], b: readonly Value[], test: Test<Value>): boolean {
  return a.length === 0 || b.length === 0 || a.some((each) => b.some((other) => test.meets(each, other)));
}

function criteriaOf({ route: { document }, paths }: Candidate<RouterRoute>) {
  return {
    paths,
    methods: textsIn(document, 'methods'),
    hosts: textsIn(document, 'hosts'),
    snis: textsIn(document, 'snis'),
    sources: endpointsIn(document, 'sources'),
    destinations: endpointsIn(document, 'destinations'),
    headers: headersOf(document),
  };
}

function headersOf({ headers }: Document): ReadonlyMap<string, readonly string[]> {
  const entries: [string, Json][] = isObject(headers) ? Object.entries(headers) : [];
  return new Map(
    entries.map(([name, values]) => [
      headerKey(name),
      (values as readonly string[]).map((value) => value.toLowerCase()),
    ]),
  );
}

const equal: Test<string> = { contains: (a, b) => a === b, meets: (a, b) => a === b };

const hosts: Test<string> = {
  contains: hostContains,
  meets: (a, b) => hostContains(a, b) || hostContains(b, a) || areBothSided(a, b),
};

function hostContains(wide: string, narrow: string): boolean {
  const [a, b] = [splitPort(wide), splitPort(narrow)];
  if (a.port !== undefined && a.port !== b.port) return false;
  if (a.host.startsWith('*')) return b.host.endsWith(a.host.slice(1));
  if (a.host.endsWith('*')) return b.host.startsWith(a.host.slice(0, -1));
  return a.host === b.host;
}

/** `api.*` and `*.example` meet in `api.example`, whatever the names. */
function areBothSided(a: string, b: string): boolean {
  const [first, second] = [splitPort(a), splitPort(b)];
  const arePorts = first.port === undefined || second.port === undefined || first.port === second.port;
  const starts = [first, second].filter(({ host }) => host.startsWith('*')).length;
  const ends = [first, second].filter(({ host }) => host.endsWith('*')).length;
  return arePorts && starts === 1 && ends === 1;
}

const endpoints: Test<Endpoint> = {
  contains: (wide, narrow) =>
    (wide.ip === undefined || wide.ip === narrow.ip) &&
    (wide.port === undefined || wide.port === narrow.port),
  meets: (a, b) =>
    (a.ip === undefined || b.ip === undefined || a.ip === b.ip) &&
    (a.port === undefined || b.port === undefined || a.port === b.port),
};
