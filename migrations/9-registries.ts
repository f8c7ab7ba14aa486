import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Service registries of groups, and what was last found in them. */
export class Registries1700000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [registries, lookups, users]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index runtime_configuration_discovers;
      drop table registry_lookup, service_registry;
    `);
  }
}

const registries = `
  create table service_registry (
    id uuid primary key,
    runtime_group_id uuid not null references runtime_group (id) on delete cascade,
    name text not null,
    type text not null,
    address text not null,
    datacenter text,
    token text,
    health text not null default 'CONNECTING',
    health_message text,
    health_since timestamptz not null default clock_timestamp(),
    last_success_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint service_registry_name unique (runtime_group_id, name)
  );
`;

/** A lookup that nobody uses any more is kept with its registry: whoever goes back to it begins with what was last known. */
const lookups = `
  create table registry_lookup (
    id uuid primary key,
    registry_id uuid not null references service_registry (id) on delete cascade,
    nodes jsonb not null,
    found_at timestamptz not null default clock_timestamp()
  );
  create index registry_lookup_registry on registry_lookup (registry_id);
`;

const users = `
  create index runtime_configuration_discovers on runtime_configuration (runtime_group_id)
    where document->'target' ? 'registry' or canary->'target' ? 'registry';
`;
