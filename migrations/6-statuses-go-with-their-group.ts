import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was told of the instances of a group goes with the group. It stayed for ever. */
export class StatusesGoWithTheirGroup1700000000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from instance_status s where not exists (select from runtime_group g where g.id = s.runtime_group_id);
      alter table instance_status add constraint instance_status_of_group
        foreign key (runtime_group_id) references runtime_group (id) on delete cascade;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table instance_status drop constraint instance_status_of_group');
  }
}
