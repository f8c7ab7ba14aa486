import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Organizations, groups, tokens, streams, configuration and instances. */
export class Foundation1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [organizations, access, streams, configuration, instances]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table instance_status, instance_report, instance_session, replica, runtime_instance,
        config_reference, config_entity, stream_event, stream_revision, stream_head,
        idempotency_key, access_token, runtime_group, organization;
      drop function refuse_change();
    `);
  }
}

const organizations = `
  create table organization (
    id uuid primary key,
    name text not null,
    plan text not null,
    created_at timestamptz not null default now()
  );

  create table runtime_group (
    id uuid primary key,
    organization_id uuid not null references organization (id),
    name text not null,
    description text not null default '',
    runtime_type text not null,
    labels jsonb not null default '{}',
    is_default boolean not null default false,
    version integer not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    constraint runtime_group_name unique (organization_id, name)
  );
  create unique index runtime_group_default on runtime_group (organization_id) where is_default;
`;

const access = `
  create table access_token (
    id uuid primary key,
    organization_id uuid not null references organization (id),
    name text not null,
    role text not null,
    secret_hash bytea not null,
    runtime_group_id uuid references runtime_group (id) on delete cascade,
    runtime_instance_id uuid,
    created_at timestamptz not null default now(),
    expires_at timestamptz,
    revoked_at timestamptz,
    constraint access_token_secret unique (secret_hash)
  );
  create index access_token_instance on access_token (runtime_instance_id) where runtime_instance_id is not null;

  create table idempotency_key (
    organization_id uuid not null references organization (id),
    key text not null,
    fingerprint bytea not null,
    answer jsonb,
    created_at timestamptz not null default now(),
    primary key (organization_id, key)
  );
  create index idempotency_key_age on idempotency_key (created_at);
`;

/** Heads are narrow and change often; revisions and events are only ever added. */
const streams = `
  create table stream_head (
    topic text not null,
    scope_id uuid not null,
    revision bigint not null default 0,
    hash bytea not null,
    state_hash bytea not null,
    floor_revision bigint not null default 0,
    moved_at timestamptz not null default now(),
    primary key (topic, scope_id)
  ) with (fillfactor = 50);

  create table stream_revision (
    topic text not null,
    scope_id uuid not null,
    revision bigint not null,
    hash bytea not null,
    state_hash bytea not null,
    command text not null,
    actor_id uuid not null,
    actor_name text not null,
    event_count integer not null,
    at timestamptz not null default clock_timestamp(),
    primary key (topic, scope_id, revision)
  );

  create table stream_event (
    topic text not null,
    scope_id uuid not null,
    revision bigint not null,
    ordinal integer not null,
    type text not null,
    kind text not null,
    subject_id uuid not null,
    operation text not null,
    before jsonb,
    after jsonb,
    primary key (topic, scope_id, revision, ordinal)
  );
  create index stream_event_subject on stream_event (subject_id, revision);

  create function refuse_change() returns trigger language plpgsql as $$
  begin
    raise exception '% is append-only: a row of it is never changed', tg_table_name;
  end $$;
  create trigger stream_revision_append_only before update on stream_revision
    for each row execute function refuse_change();
  create trigger stream_event_append_only before update on stream_event
    for each row execute function refuse_change();
`;

/** References carry the group on both ends, so that by constraint none can cross from one group into another. */
const configuration = `
  create table config_entity (
    id uuid primary key,
    runtime_group_id uuid not null references runtime_group (id) on delete cascade,
    kind text not null,
    key_a text,
    key_b text,
    body jsonb not null,
    digest bytea not null,
    created_revision bigint not null,
    revision bigint not null,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint config_entity_group unique (runtime_group_id, id),
    constraint config_entity_key_a unique (runtime_group_id, kind, key_a) deferrable initially immediate,
    constraint config_entity_key_b unique (runtime_group_id, kind, key_b) deferrable initially immediate
  );

  create table config_reference (
    runtime_group_id uuid not null,
    from_id uuid not null,
    field text not null,
    to_id uuid not null,
    primary key (from_id, field, to_id),
    constraint config_reference_from foreign key (runtime_group_id, from_id)
      references config_entity (runtime_group_id, id) on delete cascade deferrable initially deferred,
    constraint config_reference_to foreign key (runtime_group_id, to_id)
      references config_entity (runtime_group_id, id) deferrable initially deferred
  );
  create index config_reference_referrers on config_reference (to_id, field);
`;

/** What an instance is changes rarely; its session and reports change often, and so have narrow rows of their own. */
const instances = `
  create table runtime_instance (
    id uuid primary key,
    runtime_group_id uuid not null references runtime_group (id) on delete cascade,
    hostname text not null,
    ip_address text,
    runtime_version text,
    labels jsonb not null default '{}',
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now()
  );
  create index runtime_instance_group on runtime_instance (runtime_group_id);

  create table replica (
    id uuid primary key,
    started_at timestamptz not null default now(),
    lease_until timestamptz not null
  );

  create table instance_session (
    instance_id uuid primary key references runtime_instance (id) on delete cascade,
    session bigint not null,
    replica_id uuid not null,
    opened_at timestamptz not null,
    closed_at timestamptz,
    last_seen_at timestamptz not null
  ) with (fillfactor = 50);

  create table instance_report (
    instance_id uuid primary key references runtime_instance (id) on delete cascade,
    session bigint not null,
    applied_revision bigint,
    applied_hash bytea,
    applied_at timestamptz,
    rejected_revision bigint,
    rejected_message text,
    rejected_at timestamptz
  ) with (fillfactor = 50);

  create table instance_status (
    instance_id uuid primary key,
    runtime_group_id uuid not null,
    state jsonb not null
  ) with (fillfactor = 50);
  create index instance_status_group on instance_status (runtime_group_id);
`;
