import type { ConfigEntity, EntityDraft } from '../config-entity.js';
import { findEntities } from '../config-entity.store.js';
import type { CheckContext } from '../draft-checks.js';
import type { Draft } from '../draft.js';
import { textAt } from '../reading.js';
import { defineWarning, type Warning } from '../warning.js';
import { conflictOf, type Conflict } from './compare-routes.js';
import { findAlikeRoutes } from './route-key.store.js';
import { routeKeys } from './route-key.js';

/**
 * Warns of routes among those written that take requests from others, or others from them. Only routes with a key in common
 * are compared, so that the cost follows what is written: one statement for these, and one for their gateway services. Where
 * all entities are known, nothing is read.
 */
export async function preflight(draft: Draft, context: CheckContext): Promise<Warning[]> {
  const routes = [...draft.puts()].filter(({ kind }) => kind === 'route');
  if (routes.length === 0) return [];
  const stored = context.complete ? routesIn(draft) : await alikeIn(draft, context, routes);
  const isLive = await liveRoutes(draft, context, [...routes, ...stored]);
  const live = [...routes, ...stored].filter(isLive);
  const written = new Set(routes.filter(isLive).map(({ id }) => id));
  const conflicts = conflictsIn(live, written);
  const told = conflicts.slice(0, warningsTold).map((conflict) => warningOf(draft, conflict));
  const more = conflicts.length - told.length;
  return more > 0 ? [...told, moreWarnings({ more }, { path: [] })] : told;
}

/** How many warnings one write gives. */
const warningsTold = 100;

/** How many routes one is compared with, and how many comparisons there are for one write: the group waits for them. */
const mostCompared = 1000;
const mostComparisons = 100_000;

function routesIn(draft: Draft): EntityDraft[] {
  return [...draft.everything()].filter(({ id, kind }) => kind === 'route' && !draft.isWritten(id));
}

async function alikeIn(
  draft: Draft,
  { reader, groupId }: CheckContext,
  routes: readonly EntityDraft[],
): Promise<ConfigEntity[]> {
  return (await findAlikeRoutes(reader, groupId, routes)).filter(({ id }) => !draft.isWritten(id));
}

/** Gateways do not have the routes of a gateway service that is off. */
async function liveRoutes(
  draft: Draft,
  { reader, groupId, complete }: CheckContext,
  routes: readonly EntityDraft[],
): Promise<(route: EntityDraft) => boolean> {
  const ids = new Set(routes.map(serviceOf).filter((id) => id !== ''));
  const unknown = [...ids].filter((id) => !draft.knows(id));
  const services = complete ? [] : await findEntities(reader, groupId, unknown);
  const found = new Map(services.map((service) => [service.id, service]));
  return (route) => {
    const service = draft.current(serviceOf(route)) ?? found.get(serviceOf(route));
    return service?.document['enabled'] !== false;
  };
}

function serviceOf({ document }: EntityDraft): string {
  return textAt(document, 'service');
}

/** The conflicts of the routes that are written, each once. */
function conflictsIn(routes: readonly EntityDraft[], written: ReadonlySet<string>): Conflict<EntityDraft>[] {
  const byKey = new Map<string, EntityDraft[]>();
  const keys = new Map(routes.map((route) => [route, routeKeys(route.document)]));
  for (const [route, own] of keys) {
    for (const key of own) {
      const others = byKey.get(key);
      if (others) others.push(route);
      else byKey.set(key, [route]);
    }
  }
  const done = new Set<string>();
  const each = Math.min(mostCompared, Math.ceil(mostComparisons / Math.max(1, written.size)));
  return routes.flatMap((route) => {
    if (!written.has(route.id)) return [];
    done.add(route.id);
    const alike = new Set((keys.get(route) ?? []).flatMap((key) => byKey.get(key)?.slice(0, each) ?? []));
    return [...alike]
      .slice(0, each)
      .flatMap((other) => (done.has(other.id) ? [] : (conflictOf(route, other) ?? [])));
  });
}

interface Facts {
  readonly winner: string;
  readonly loser: string;
}

const duplicate = defineWarning(
  'ROUTE_DUPLICATE',
  ({ winner, loser }: Facts) =>
    `${winner} and ${loser} match the same requests. Gateways give them all to ${winner}, whose id is greater; with the router “traditional”, to the older one.`,
);

const shadowed = defineWarning(
  'ROUTE_SHADOWED',
  ({ winner, loser }: Facts) =>
    `${loser} can never be reached: ${winner} matches all of its requests, and comes before it.`,
);

const overlap = defineWarning(
  'ROUTE_OVERLAP',
  ({ winner, loser }: Facts) =>
    `Some requests match both ${winner} and ${loser}, and nothing but their ids decides which of the two gets them. Make one of them more precise.`,
);

const moreWarnings = defineWarning(
  'MORE_WARNINGS',
  ({ more }: { more: number }) => `There are ${more} more warnings about routes.`,
);

const sentences = { duplicate, shadowed, overlap };

function warningOf(draft: Draft, { is, winner, loser }: Conflict<EntityDraft>): Warning {
  const facts = { winner: nameOf(winner), loser: nameOf(loser) };
  const about = draft.isWritten(loser.id) ? loser : winner;
  return sentences[is](facts, { path: draft.originOf(about.id), entityIds: [loser.id, winner.id] });
}

function nameOf({ id, document }: EntityDraft): string {
  const name = textAt(document, 'name');
  return name === '' ? `Route ${id}` : `Route “${name}” (${id})`;
}
