import { v5 } from 'uuid';
import type { JsonObject } from '../../../foundation/kernel/json.js';
import { conflictOf } from '../preflight/compare-routes.js';
import { routeKeys } from '../preflight/route-key.js';
import type { RouterRoute } from './candidate.js';
import type { GatewayRequest } from './request.js';
import { routeRequest } from './route-request.js';

/** Random choices that are the same in every run. */
class Dice {
  constructor(private state: number) {}

  private fraction(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state / 2 ** 32;
  }

  one<Item>(items: readonly Item[]): Item {
    return items[Math.floor(this.fraction() * items.length)] as Item;
  }

  some<Item>(items: readonly Item[]): Item[] {
    const chosen = items.filter(() => this.fraction() < 0.4);
    return chosen.length > 0 ? chosen : [this.one(items)];
  }

  maybe<Value>(chance: number, make: () => Value): Value | undefined {
    return this.fraction() < chance ? make() : undefined;
  }

  id(): string {
    return v5(String(this.fraction()), 'fd02801f-0957-4a15-a55a-c8d9606f30b5');
  }
}

const pools = {
  methods: ['GET', 'POST', 'PUT'],
  hosts: ['a.example', 'b.example', 'a.example:8000', '*.example', 'a.*'],
  paths: ['/', '/a', '/b', '/a/b', '/a/b/', '~/a', '~/[ab]$', String.raw`~/\w/b`, '~/a(/b)?'],
  values: ['1', '2', '~*^[12]$'],
  snis: ['a.example', '*.example', 'b.*'],
};

function randomRoute(dice: Dice): RouterRoute {
  const headers = dice.maybe(0.3, () =>
    Object.fromEntries(dice.some(['x-one', 'X_Two']).map((name) => [name, dice.some(pools.values)])),
  );
  const document: Record<string, unknown> = {
    protocols: ['http', 'https'],
    methods: dice.maybe(0.3, () => dice.some(pools.methods)),
    hosts: dice.maybe(0.5, () => dice.some(pools.hosts)),
    paths: dice.maybe(0.7, () => dice.some(pools.paths)),
    snis: dice.maybe(0.1, () => dice.some(pools.snis)),
    headers,
    regex_priority: dice.one([0, 0, 1, 5]),
  };
  const given = Object.entries(document).filter(([, value]) => value !== undefined);
  return { id: dice.id(), document: Object.fromEntries(given) as JsonObject };
}

function randomRequest(dice: Dice): GatewayRequest {
  return {
    protocol: dice.one(['http', 'https']),
    method: dice.one(pools.methods),
    host: dice.one(['a.example', 'b.example', 'a.example:8000', 'a.other', 'other']),
    path: dice.one(['/', '/a', '/b', '/a/b', '/a/b/c', '/c/b', '/ab', '/a?x=/b']),
    headers: dice.some(['x-one', 'x-two']).map((name) => ({ name, value: dice.one(['1', '2', '3']) })),
    sni: dice.one(['a.example', 'b.other', undefined]),
  };
}

/** The same rules, written down once more: one number for each part of a route, and the highest that matches. */
function naive(routes: readonly RouterRoute[], request: GatewayRequest): string | undefined {
  const parts = routes.flatMap(partsOf).filter((part) => doesMatch(part, request));
  parts.sort((a, b) => (a.priority < b.priority || (a.priority === b.priority && a.id < b.id) ? 1 : -1));
  return parts[0]?.route.id;
}

interface Part {
  readonly route: RouterRoute;
  readonly id: string;
  readonly paths: readonly string[];
  readonly priority: bigint;
}

type Lists = Readonly<Record<string, readonly string[] | undefined>>;

function partsOf(route: RouterRoute): Part[] {
  const { paths = [] } = route.document as Lists;
  const lengths = [...new Set(paths.map((path) => (path.startsWith('~') ? 0 : path.length)))];
  const groups = lengths.map((length) =>
    paths.filter((path) => (path.startsWith('~') ? 0 : path.length) === length),
  );
  if (groups.length < 2) {
    return [{ route, id: route.id, paths, priority: priorityOf(route, paths) }];
  }
  return groups.map((group, index) => ({
    ...{ route, paths: group, priority: priorityOf(route, group) },
    id: v5(`${route.id}#${index + 1}`, '7f145bf9-0dce-4f91-98eb-debbce4b9f6b'),
  }));
}

function priorityOf({ document }: RouterRoute, paths: readonly string[]): bigint {
  const names = Object.keys(document);
  const weight = ['methods', 'hosts', 'headers', 'snis', 'paths'].filter((each) =>
    names.includes(each),
  ).length;
  const { hosts } = document as Lists;
  const isPlain = hosts?.every((host) => !host.includes('*')) ?? false;
  const headers = Object.keys((document['headers'] ?? {}) as object).length;
  const isRegex = paths[0]?.startsWith('~') ?? false;
  return (
    (BigInt(weight) << 61n) |
    (isPlain ? 1n << 60n : 0n) |
    (BigInt(headers) << 52n) |
    (isRegex
      ? (1n << 51n) | (BigInt(document['regex_priority'] as number) << 19n)
      : BigInt(paths[0]?.length ?? 0))
  );
}

function doesMatch({ route: { document }, paths }: Part, request: GatewayRequest): boolean {
  const { methods, hosts, snis } = document as Lists;
  const path = request.path.split('?')[0] ?? '';
  const [host = '', port = request.protocol === 'https' ? '443' : '80'] = request.host.split(':');
  const glob = (pattern: string): RegExp =>
    new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replace('*', '.*')}$`);
  const headers = Object.entries((document['headers'] ?? {}) as Record<string, readonly string[]>);
  return [
    methods?.includes(request.method) ?? true,
    hosts?.some((each) => {
      const [name = '', wanted = port] = each.split(':');
      return wanted === port && glob(name).test(host);
    }) ?? true,
    paths.length === 0 ||
      paths.some((each) =>
        each.startsWith('~') ? new RegExp(`^${each.slice(1)}`).test(path) : path.startsWith(each),
      ),
    request.protocol === 'http' || (snis?.some((each) => glob(each).test(request.sni ?? '')) ?? true),
    headers.every(([name, values]) =>
      request.headers.some(
        (header) =>
          header.name === name.toLowerCase().replace('_', '-') &&
          values.some((value) =>
            value.startsWith('~*') ? new RegExp(value.slice(2)).test(header.value) : value === header.value,
          ),
      ),
    ),
  ].every(Boolean);
}

it('routes as the rules say when they are written down once more', () => {
  const dice = new Dice(11);
  let found = 0;
  for (let round = 0; round < 600; round += 1) {
    const routes = Array.from({ length: 12 }, () => randomRoute(dice));
    const request = randomRequest(dice);
    const { winner, others } = routeRequest(routes, request);
    expect({ round, id: winner?.route.id }).toEqual({ round, id: naive(routes, request) });
    expect(others).toHaveLength(winner ? routes.length - 1 : routes.length);
    // Whoever does not get it either does not match, or loses against the winner.
    for (const { route, failures } of others) {
      expect(failures.length === 0).toBe(naive([route], request) !== undefined);
    }
    if (winner) found += 1;
  }
  expect(found).toBeGreaterThan(200);
});

it('says of no route that it cannot be reached, if it can', () => {
  const dice = new Dice(23);
  const seen = { duplicate: 0, shadowed: 0, overlap: 0 };
  for (let round = 0; round < 3000; round += 1) {
    const a = randomRoute(dice);
    const other = randomRoute(dice);
    // Routes that are alike are rare among random ones.
    const b = dice.one([
      other,
      { id: other.id, document: a.document },
      { id: other.id, document: { ...a.document, regex_priority: 9 } },
      { id: other.id, document: { ...other.document, ...a.document } },
    ]);
    const conflict = conflictOf(a, b);
    if (!conflict) continue;
    seen[conflict.is] += 1;
    // Both are found by a key that they share.
    expect(routeKeys(a.document).filter((key) => routeKeys(b.document).includes(key))).not.toEqual([]);
    if (conflict.is === 'overlap') continue;
    for (let time = 0; time < 20; time += 1) {
      expect(naive([a, b], randomRequest(dice))).not.toBe(conflict.loser.id);
    }
  }
  expect(Math.min(seen.duplicate, seen.shadowed, seen.overlap)).toBeGreaterThan(20);
});
