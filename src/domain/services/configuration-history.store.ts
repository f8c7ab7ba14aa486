import type { Visibility } from '../../foundation/commands/command.js';
import type { Reader } from '../../foundation/postgres/database.js';
import {
  list,
  mapPage,
  type ListPage,
  type ListRequest,
  type ListSource,
} from '../../foundation/postgres/list.js';
import type { ConfigurationDraft } from './runtime-configuration.store.js';

/** What a service ran with at a time. */
export type ConfigurationFacts = Pick<ConfigurationDraft, 'settings' | 'canary'>;

/** A change of what a service runs with, as the log of services tells it. */
export interface ConfigurationChange {
  readonly revision: number;
  readonly at: Date;
  readonly actor: string;
  readonly command: string;
  readonly reason: string | null;
  /** What happened: `updated`. */
  readonly change: string;
  readonly configRevision: number | null;
  readonly before: ConfigurationFacts | null;
  readonly after: ConfigurationFacts | null;
}

interface ChangeRow {
  readonly revision: string;
  readonly at: Date;
  readonly actor_name: string;
  readonly command: string;
  readonly reason: string | null;
  readonly type: string;
  readonly effect_revision: string | null;
  readonly before: ConfigurationFacts | null;
  readonly after: ConfigurationFacts | null;
}

const changes: ListSource = {
  name: 'runtime_configurations.history',
  from: `stream_event v
    join stream_revision r on r.topic = v.topic and r.scope_id = v.scope_id and r.revision = v.revision
    join stream_head h on h.topic = v.topic and h.scope_id = v.scope_id
    join runtime_configuration c on c.id = v.subject_id`,
  select: `v.revision, r.at, r.actor_name, r.command, r.reason, v.type, r.effect_revision, v.before, v.after`,
  id: 'v.subject_id',
  where: `v.topic = 'services' and v.scope_id = $1 and v.revision >= h.floor_revision
    and ($2::uuid is null or c.runtime_group_id = $2)`,
  columns: { revision: { sql: 'v.revision', type: 'integer', required: true } },
};

export interface ConfigurationHistory extends ListRequest {
  readonly ids: readonly string[];
}

/** Pages of what became of runtime configurations, as far as the log is kept, one page for each; the newest change first. */
export async function listConfigurationChanges(
  reader: Reader,
  { organizationId, runtimeGroupId }: Visibility,
  { ids, ...request }: ConfigurationHistory,
): Promise<ListPage<ConfigurationChange>[]> {
  const pages = await list<ChangeRow>(reader, changes, {
    ...request,
    orderBy: [{ field: 'revision', direction: 'DESC' }],
    fixed: [organizationId, runtimeGroupId],
    parents: { sql: 'v.subject_id', ids },
  });
  return pages.map((page) => mapPage(page, changeOf));
}

function changeOf(row: ChangeRow): ConfigurationChange {
  return {
    revision: Number(row.revision),
    at: row.at,
    actor: row.actor_name,
    command: row.command,
    reason: row.reason,
    change: row.type.slice('runtime_configuration.'.length),
    configRevision: row.effect_revision === null ? null : Number(row.effect_revision),
    before: row.before,
    after: row.after,
  };
}
