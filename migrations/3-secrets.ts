import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The keys that secrets are sealed with, themselves wrapped by a key that is not in the database. */
export class Secrets1700000000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [refuseSecretsInClear, dataKeys]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table data_key');
  }
}

/** History is never rewritten, so that what is in clear in it would stay so for ever. */
const refuseSecretsInClear = `
  do $$
  begin
    if exists (
      select from stream_event
      where topic = 'config' and (
        kind in ('certificate', 'key', 'keyauth_credential', 'basicauth_credential', 'hmacauth_credential',
          'jwt_secret', 'oauth2_credential')
        or kind in ('plugin', 'vault')
          and concat(before, after) ~ '"[a-z0-9_]*(password|secret|key|token|value|endpoint)[a-z0-9_]*": "[^"]'
      )
    ) then
      raise exception 'This database holds secrets in clear, as builds before the first release stored them.'
        using hint = 'Export its groups with the program that wrote it, and import them into a new database.';
    end if;
  end $$;
`;

const dataKeys = `
  create table data_key (
    id uuid primary key,
    master_key_id text not null,
    wrapped_key bytea not null,
    wrapped_fingerprint_key bytea not null,
    created_at timestamptz not null default clock_timestamp()
  );
`;
