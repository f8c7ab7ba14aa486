import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a revision was written, when a stream's oldest kept revision moved, and the configuration of a group as it was. */
export class History1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [revisions, entitiesBefore('b.before'), entitiesAt]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function config_entity_at(uuid, bigint);
      drop function config_entity_before(uuid, bigint);
      drop index stream_revision_at;
      alter table stream_head drop column floor_moved_at;
      alter table stream_revision drop column reason, drop column restored_revision;
    `);
  }
}

/** Rows below the floor are deleted some time after it has moved, so that whoever is reading them can finish. */
const revisions = `
  alter table stream_revision add column reason text, add column restored_revision bigint;
  alter table stream_head add column floor_moved_at timestamptz not null default now();
  create index stream_revision_at on stream_revision (topic, scope_id, at);
`;

// These functions are single SELECTs, so that PostgreSQL takes them apart and plans them as part of the query around them.

/**
 * The entities of a group that were there at a revision and were touched after it, as they were. Costs what has changed
 * since. When they were last changed, and made, the log says as far as it is kept; beyond, that is the oldest kept revision.
 * What they were is given as the log has it.
 */
export const entitiesBefore = (document: string): string => `
  create or replace function config_entity_before(of_group uuid, at_revision bigint)
  returns table (
    id uuid, runtime_group_id uuid, kind text, body jsonb, created_revision bigint, revision bigint,
    created_at timestamptz, updated_at timestamptz
  ) language sql stable as $$
    select b.subject_id, $1, b.kind, ${document},
      coalesce(made.revision, h.floor_revision), coalesce(changed.revision, h.floor_revision),
      coalesce(made.at, oldest.at, h.moved_at), coalesce(changed.at, oldest.at, h.moved_at)
    from (
      select distinct on (v.subject_id) v.subject_id, v.kind, v.before
      from stream_event v
      where v.topic = 'config' and v.scope_id = $1 and v.revision > $2
      order by v.subject_id, v.revision, v.ordinal
    ) b
    join stream_head h on h.topic = 'config' and h.scope_id = $1
    left join stream_revision oldest
      on oldest.topic = 'config' and oldest.scope_id = $1 and oldest.revision = h.floor_revision
    left join lateral (
      select r.revision, r.at from stream_event v join stream_revision r using (topic, scope_id, revision)
      where v.subject_id = b.subject_id and v.topic = 'config' and v.scope_id = $1 and v.revision <= $2
      order by v.revision desc limit 1
    ) changed on true
    left join lateral (
      select r.revision, r.at from stream_event v join stream_revision r using (topic, scope_id, revision)
      where v.subject_id = b.subject_id and v.topic = 'config' and v.scope_id = $1 and v.revision <= $2
        and v.operation = 'CREATED'
      order by v.revision desc limit 1
    ) made on true
    where b.before is not null
  $$;
`;

/**
 * The entities of a group at a revision: those that were not touched since, as they are, and those that were, as they
 * were. The digest of what is taken from the log is null: it follows from the rest.
 */
const entitiesAt = `
  create function config_entity_at(of_group uuid, at_revision bigint)
  returns table (
    id uuid, runtime_group_id uuid, kind text, body jsonb, digest bytea, created_revision bigint, revision bigint,
    created_at timestamptz, updated_at timestamptz
  ) language sql stable as $$
    select e.id, e.runtime_group_id, e.kind, e.body, e.digest, e.created_revision, e.revision, e.created_at, e.updated_at
    from config_entity e where e.runtime_group_id = $1 and e.revision <= $2
    union all
    select b.id, b.runtime_group_id, b.kind, b.body, null::bytea, b.created_revision, b.revision, b.created_at, b.updated_at
    from config_entity_before($1, $2) b
  $$;
`;
