import type { MigrationInterface, QueryRunner } from 'typeorm';
import { entitiesBefore } from './2-history.js';

/**
 * Constraints that were checked row by row are kept by whoever writes instead. The entities of a group, their references and
 * the keys of its routes are written by one command at a time, which holds the lock of the group's stream: nothing else
 * writes them, and it has checked that every reference leads to an entity of the same group. What belongs to a group goes
 * with it by a trigger, which costs nothing where rows are added.
 */
export class BulkWrites1700000000012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table config_reference
        drop constraint config_reference_from,
        drop constraint config_reference_to,
        drop constraint config_reference_pkey,
        drop column runtime_group_id,
        add primary key (to_id, field, from_id);
      drop index config_reference_referrers;
      alter table route_key drop constraint route_key_route;
      alter table config_entity drop constraint config_entity_runtime_group_id_fkey;

      -- What was before and after is written once and read as a whole, so that it is kept as text: nothing takes it apart.
      alter table stream_event alter column before type json, alter column after type json;

      create function remove_configuration() returns trigger language plpgsql as $$
      begin
        delete from config_reference r using config_entity e where e.runtime_group_id = old.id and r.to_id = e.id;
        delete from route_key where runtime_group_id = old.id;
        delete from config_entity where runtime_group_id = old.id;
        return null;
      end $$;
      create trigger runtime_group_configuration after delete on runtime_group
        for each row execute function remove_configuration();
    `);
    await runner.query(entitiesBefore('b.before::jsonb'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop trigger runtime_group_configuration on runtime_group;
      drop function remove_configuration();
      alter table stream_event alter column before type jsonb, alter column after type jsonb;

      alter table config_entity add constraint config_entity_runtime_group_id_fkey foreign key (runtime_group_id)
        references runtime_group (id) on delete cascade;
      alter table route_key add constraint route_key_route foreign key (runtime_group_id, route_id)
        references config_entity (runtime_group_id, id) on delete cascade;

      alter table config_reference add column runtime_group_id uuid;
      update config_reference r set runtime_group_id = e.runtime_group_id from config_entity e where e.id = r.from_id;
      alter table config_reference
        alter column runtime_group_id set not null,
        drop constraint config_reference_pkey,
        add primary key (from_id, field, to_id),
        add constraint config_reference_from foreign key (runtime_group_id, from_id)
          references config_entity (runtime_group_id, id) on delete cascade deferrable initially deferred,
        add constraint config_reference_to foreign key (runtime_group_id, to_id)
          references config_entity (runtime_group_id, id) deferrable initially deferred;
      create index config_reference_referrers on config_reference (to_id, field);
    `);
    await runner.query(entitiesBefore('b.before'));
  }
}
