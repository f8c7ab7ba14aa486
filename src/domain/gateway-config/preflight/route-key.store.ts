import type { Reader, Transaction } from '../../../foundation/postgres/database.js';
import { insertion, insertRows } from '../../../foundation/postgres/insert-rows.js';
import { statement } from '../../../foundation/postgres/statement.js';
import type { ConfigEntity, EntityDraft } from '../config-entity.js';
import { entityColumns, entityOf, indexedKey, type ConfigEntityRow } from '../config-entity.store.js';
import { routeKeys } from './route-key.js';

const forget = statement(
  'gateway_config.forget_route_keys',
  'delete from route_key where route_id = any($1::uuid[])',
);
const keep = insertion('gateway_config.keep_route_keys', 'route_key', {
  ...{ runtime_group_id: 'uuid', key: 'text', route_id: 'uuid' },
});

/** Stores the keys of routes that are new or changed, and forgets those of routes that are gone, by two statements. */
export async function writeRouteKeys(
  tx: Transaction,
  groupId: string,
  routes: {
    readonly created: readonly EntityDraft[];
    readonly updated: readonly EntityDraft[];
    readonly deleted: readonly EntityDraft[];
  },
): Promise<void> {
  const before = [...routes.updated, ...routes.deleted].map(({ id }) => id);
  if (before.length > 0) await tx.rows(forget, [before]);
  const keys = [...routes.created, ...routes.updated].flatMap(({ id, document }) =>
    [...new Set(routeKeys(document).map(indexedKey))].map((key) => ({ id, key })),
  );
  await insertRows(tx, keep, keys, ({ id, key }) => [groupId, key, id]);
}

/** How many routes are compared with those of one write. */
const mostCompared = 1000;

/** Key by key and route by route, whatever statistics say: no other plan costs the same in small and in large groups. */
const alike = statement(
  'gateway_config.alike_routes',
  `select e.* from (
     select distinct found.route_id from unnest($2::text[]) as wanted(key) cross join lateral (
       select k.route_id from route_key k
       where k.runtime_group_id = $1 and k.key = wanted.key and k.route_id <> all($3::uuid[]) limit ${mostCompared}
     ) found limit ${mostCompared}
   ) k cross join lateral (
     select ${entityColumns} from config_entity e where e.id = k.route_id limit 1
   ) e`,
);

/** Stored routes that have a key in common with these, but are not among them. */
export async function findAlikeRoutes(
  reader: Reader,
  groupId: string,
  routes: readonly EntityDraft[],
): Promise<ConfigEntity[]> {
  const keys = new Set(routes.flatMap(({ document }) => routeKeys(document).map(indexedKey)));
  const ids = routes.map(({ id }) => id);
  return (await reader.rows<ConfigEntityRow>(alike, [groupId, [...keys], ids])).map(entityOf);
}
