import type { Reader } from '../../foundation/postgres/database.js';
import { statement } from '../../foundation/postgres/statement.js';
import type { ConfigEntity } from './config-entity.js';
import { entityColumns, entityOf, type ConfigEntityRow } from './config-entity.store.js';
import type { Document } from './kind.js';

const sealed = statement(
  'gateway_config.sealed',
  `select ${entityColumns} from config_entity e where e.id > $1 and strpos(e.body::text, '"sealed:v1:') > 0
   order by e.id limit 200`,
);

/** The next entities with sealed secrets after an id, of all groups. */
export async function readSealedEntities(reader: Reader, after: string): Promise<ConfigEntity[]> {
  return (await reader.rows<ConfigEntityRow>(sealed, [after])).map(entityOf);
}

const replace = statement(
  'gateway_config.replace_document',
  'update config_entity set body = $3 where id = $1 and body = $2 returning id',
);

/** Stores an entity's document in another form, unless it was written in the meantime; answers how many were stored. */
export async function replaceDocument(
  reader: Reader,
  { id, document }: ConfigEntity,
  other: Document,
): Promise<number> {
  const rows = await reader.rows(replace, [id, JSON.stringify(document), JSON.stringify(other)]);
  return rows.length;
}

const uses = statement(
  'gateway_config.key_uses',
  `select (select count(*)::int from config_entity where strpos(body::text, 'sealed:v1:' || $1::text) > 0) as entities,
     (select count(*)::int from stream_event where topic = 'config'
        and strpos(concat(before, after), 'sealed:v1:' || $1::text) > 0) as events`,
);

/** How many entities, and how many events of the history, have secrets that are sealed with a data key. */
export async function countKeyUses(
  reader: Reader,
  keyId: string,
): Promise<{ readonly entities: number; readonly events: number }> {
  const [row] = await reader.rows<{ entities: number; events: number }>(uses, [keyId]);
  return row ?? { entities: 0, events: 0 };
}
