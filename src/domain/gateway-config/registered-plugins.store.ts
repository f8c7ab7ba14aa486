import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { ConfigEntity } from './config-entity.js';
import { entityColumns, entityOf, type ConfigEntityRow } from './config-entity.store.js';

const named = statement(
  'gateway_config.plugins_named',
  `select ${entityColumns} from config_entity e
   where e.runtime_group_id = $1 and e.kind = 'plugin' and e.body ->> 'name' = any($2::text[]) order by e.id`,
);

/** The plugins of a group that have one of these names, by id. */
export async function findPluginsNamed(
  reader: Reader,
  groupId: string,
  names: readonly string[],
): Promise<ConfigEntity[]> {
  return (await reader.rows<ConfigEntityRow>(named, [groupId, names])).map(entityOf);
}
