import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The order of everything that happens in an organization: a stream of its own, and how far each other stream has its place there. */
export class Changes1700000000017 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const text of [numbering, streams]) await runner.query(text);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from stream_event where topic = 'changes';
      delete from stream_revision where topic = 'changes';
      delete from stream_head where topic = 'changes';
      drop table stream_numbering;
    `);
  }
}

/** A row is made with its stream, and stays after it until all that the stream had is numbered. */
const numbering = `
  create table stream_numbering (
    topic text not null,
    scope_id uuid not null,
    organization_id uuid not null references organization (id),
    revision bigint not null default 0,
    primary key (topic, scope_id)
  ) with (fillfactor = 50);
  create index stream_numbering_organization on stream_numbering (organization_id);
`;

/** What is there already is numbered when the first server starts, as far as it is kept. */
const streams = `
  insert into stream_head (topic, scope_id, hash, state_hash)
  select 'changes', id, decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex') from organization;
  insert into stream_numbering (topic, scope_id, organization_id, revision)
  select h.topic, h.scope_id, coalesce(g.organization_id, o.id), greatest(h.floor_revision - 1, 0)
  from stream_head h
  left join runtime_group g on g.id = h.scope_id
  left join organization o on o.id = h.scope_id
  where h.topic <> 'changes' and coalesce(g.organization_id, o.id) is not null;
`;
