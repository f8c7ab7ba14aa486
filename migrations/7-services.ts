import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Services with their versions, what they run with, and whose entities of the configuration are. */
export class Services1700000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [owners, services, versions, runtimeConfigurations, streams]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from stream_event where topic = 'services';
      delete from stream_revision where topic = 'services';
      delete from stream_head where topic = 'services';
      drop table runtime_configuration, service_version, service_seal, service;
      alter table config_entity drop column owner_id, drop column owner_name;
      alter table stream_revision drop column effect_revision;
    `);
  }
}

const owners = `
  alter table config_entity add column owner_id uuid, add column owner_name text;
  create index config_entity_owner on config_entity (owner_id) where owner_id is not null;
`;

/** A number stands for one content for ever: its seal stays, even when no version with the number is left. */
const services = `
  create table service (
    id uuid primary key,
    organization_id uuid not null references organization (id),
    name text not null,
    description text not null default '',
    labels jsonb not null default '{}',
    release_policy text not null,
    template jsonb,
    template_digest bytea,
    template_version integer not null default 1,
    version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint service_name unique (organization_id, name)
  );

  create table service_seal (
    service_id uuid not null references service (id) on delete cascade,
    number text not null,
    digest bytea not null,
    primary key (service_id, number)
  );
`;

const versions = `
  create table service_version (
    id uuid primary key,
    service_id uuid not null references service (id) on delete cascade,
    runtime_group_id uuid not null references runtime_group (id) on delete cascade,
    number text not null,
    number_rank text collate "C" not null,
    implementation jsonb not null,
    digest bytea not null,
    one_live boolean not null,
    stage text not null,
    state text not null default 'PUBLISHED',
    deprecation jsonb,
    notes text not null default '',
    last_runtime_configuration jsonb,
    published_at timestamptz not null default clock_timestamp(),
    published_by text not null,
    version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint service_version_number unique (service_id, runtime_group_id, number)
  );
  create unique index service_version_one_live on service_version (service_id, runtime_group_id)
    where stage = 'LIVE' and one_live;
  create index service_version_group on service_version (runtime_group_id);
`;

/** Of a service in a group, or of one version, by the service's release policy. It owns the entities that come of it. */
const runtimeConfigurations = `
  create table runtime_configuration (
    id uuid primary key,
    service_id uuid not null references service (id) on delete cascade,
    runtime_group_id uuid not null references runtime_group (id) on delete cascade,
    service_version_id uuid references service_version (id) on delete cascade,
    document jsonb not null,
    canary jsonb,
    version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp()
  );
  create unique index runtime_configuration_place
    on runtime_configuration (service_id, runtime_group_id, coalesce(service_version_id, service_id));
  create index runtime_configuration_group on runtime_configuration (runtime_group_id);
`;

/** The story of services says which revision of a configuration came of it. */
const streams = `
  alter table stream_revision add column effect_revision bigint;
  insert into stream_head (topic, scope_id, hash, state_hash)
  select 'services', id, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex') from organization;
`;
