import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { ConfigEntity } from './config-entity.js';
import { entityColumns, entityOf, type ConfigEntityRow } from './config-entity.store.js';
import { referenceIn } from './field.js';
import { kindNamed } from './kinds/index.js';

/** The most plugins that are looked at. Those that are limited to what is asked for, or to nothing, are looked at first. */
const candidatesRead = 1000;

/** The fields by which plugins are limited to something. */
const scopeFields = Object.entries(kindNamed('plugin').fields).flatMap(([name, { type }]) =>
  referenceIn(type) ? [`(e.body->>'${name}')`] : [],
);

const candidates = statement(
  'gateway_config.plugin_candidates',
  `select ${entityColumns} from config_entity e
   cross join lateral (
     select coalesce(bool_or(s.id::uuid = any($2::uuid[])), true) as near,
            coalesce(bool_and(s.id::uuid = any($2::uuid[])), true) as fits
     from (values ${scopeFields.join(', ')}) s(id) where s.id is not null
   ) scope
   where e.runtime_group_id = $1 and e.kind = 'plugin' and scope.near
   order by scope.fits desc, e.id limit ${candidatesRead}`,
);

/** The plugins of a group that are limited to one of these entities, to others as well, or to nothing. */
export async function findPluginCandidates(
  reader: Reader,
  groupId: string,
  scopes: readonly string[],
): Promise<ConfigEntity[]> {
  return (await reader.rows<ConfigEntityRow>(candidates, [groupId, scopes])).map(entityOf);
}
