import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Receivers of an organization's changes, and how the last deliveries went. */
export class Webhooks1700000000018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [webhooks, deliveries]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table webhook_delivery, webhook');
  }
}

/** One that belongs to a group sees what is of that group alone, and goes with it. */
const webhooks = `
  create table webhook (
    id uuid primary key,
    organization_id uuid not null references organization (id),
    runtime_group_id uuid references runtime_group (id) on delete cascade,
    name text not null,
    url text not null,
    filter jsonb not null default '{}',
    secret text not null,
    previous_secret text,
    previous_secret_until timestamptz,
    max_attempts integer not null,
    state text not null default 'ACTIVE',
    state_reason text,
    cursor text not null,
    failures integer not null default 0,
    next_attempt_at timestamptz,
    version integer not null default 1,
    created_at timestamptz not null default clock_timestamp(),
    updated_at timestamptz not null default clock_timestamp(),
    constraint webhook_name unique (organization_id, name)
  );
`;

const deliveries = `
  create table webhook_delivery (
    id uuid primary key,
    webhook_id uuid not null references webhook (id) on delete cascade,
    type text not null,
    number bigint,
    part integer not null,
    delivered boolean not null,
    attempts integer not null default 1,
    status integer,
    error text,
    duration_ms integer not null,
    first_attempt_at timestamptz not null default clock_timestamp(),
    last_attempt_at timestamptz not null default clock_timestamp()
  );
  create index webhook_delivery_last on webhook_delivery (webhook_id, last_attempt_at);
`;
