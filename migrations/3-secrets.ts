import type { MigrationInterface, QueryRunner } from 'typeorm';
import { StartupError } from '../src/foundation/kernel/startup-error.js';

/** The keys that secrets are sealed with, themselves wrapped by a key that is not in the database. */
export class Secrets1700000000003 implements MigrationInterface {
  /** History is never rewritten, so that what is in clear in it would stay so for ever. */
  async up(runner: QueryRunner): Promise<void> {
    if (await finds(runner, secretsInClear)) {
      throw new StartupError(
        'This database holds secrets in clear, as builds before the first release stored them.',
        'Export its groups with the program that wrote it, and import them into a new database, with the secrets.',
      );
    }
    await runner.query(dataKeys);
  }

  async down(runner: QueryRunner): Promise<void> {
    if (await finds(runner, sealedSecrets)) {
      throw new StartupError(
        'The database holds encrypted secrets; without the data keys, which this would drop, nobody could read them again.',
        'Keep the migration, or begin with a new database.',
      );
    }
    await runner.query('drop table data_key');
  }
}

async function finds(runner: QueryRunner, condition: string): Promise<boolean> {
  const rows = (await runner.query(
    `select from stream_event where topic = 'config' and ${condition} limit 1`,
  )) as unknown[];
  return rows.length > 0;
}

/** Kinds that always have secrets; and the others whose settings look as if they had. */
const secretsInClear = `(
  kind in ('certificate', 'key', 'keyauth_credential', 'basicauth_credential', 'hmacauth_credential', 'jwt_secret',
    'oauth2_credential')
  or kind in ('plugin', 'vault')
    and concat(before, after) ~ '"[a-z0-9_]*(password|secret|key|token|value|endpoint)[a-z0-9_]*": "[^"]'
)`;

const sealedSecrets = `strpos(concat(before, after), '"sealed:v1:') > 0`;

const dataKeys = `
  create table data_key (
    id uuid primary key,
    master_key_id text not null,
    wrapped_key bytea not null,
    wrapped_fingerprint_key bytea not null,
    created_at timestamptz not null default clock_timestamp()
  );
`;
