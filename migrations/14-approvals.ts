import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Approvals: what groups demand of publications, who asked for them, and what others said; and who made a token. */
export class Approvals1700000000014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [policies, makers, requests]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table approval_decision, approval_request;
      alter table access_token drop column made_by;
      alter table runtime_group drop column approvals_required, drop column approvals_expire_after_seconds;
    `);
  }
}

const policies = `
  alter table runtime_group
    add column approvals_required integer not null default 0,
    add column approvals_expire_after_seconds integer not null default 86400;
`;

/** Nobody made the first one. Who made those that are there, the log says as far as it is kept. */
const makers = `
  alter table access_token add column made_by uuid;
  update access_token t set made_by = r.actor_id
  from stream_event e join stream_revision r using (topic, scope_id, revision)
  where e.subject_id = t.id and e.type = 'access-token.created';
`;

const requests = `
  create table approval_request (
    id uuid primary key,
    runtime_group_id uuid not null references runtime_group (id) on delete cascade,
    command text not null,
    plan_token text not null,
    plan jsonb not null,
    subjects uuid[] not null,
    config_revision bigint not null,
    services_revision bigint not null,
    reason text,
    requested_by uuid not null,
    requested_by_name text not null,
    closed_as text,
    closed_at timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    expires_at timestamptz not null
  );
  create index approval_request_plan on approval_request (runtime_group_id, plan_token);

  create table approval_decision (
    request_id uuid not null references approval_request (id) on delete cascade,
    token_id uuid not null,
    token_name text not null,
    verdict text not null,
    comment text not null,
    at timestamptz not null default clock_timestamp(),
    primary key (request_id, token_id)
  );
`;
