import type { MigrationInterface, QueryRunner } from 'typeorm';

/** By which routes are found that might get the same requests. */
export class RouteKeys1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(table);
    await runner.query(keysOfStoredRoutes);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table route_key');
  }
}

const table = `
  create table route_key (
    runtime_group_id uuid not null,
    key text not null,
    route_id uuid not null,
    primary key (runtime_group_id, key, route_id),
    constraint route_key_route foreign key (runtime_group_id, route_id)
      references config_entity (runtime_group_id, id) on delete cascade
  );
  create index route_key_route on route_key (route_id);
`;

/** A server and a path for each pair of them that a route has; “*” where it is for several servers, nothing for any path. */
const keysOfStoredRoutes = `
  insert into route_key (runtime_group_id, key, route_id)
  select runtime_group_id, case when length(key) > 600 then
    'sha256:' || encode(sha256(convert_to(key, 'UTF8')), 'hex') else key end, id
  from (
    select r.runtime_group_id, r.id, server.name || ' ' || path.text as key,
      row_number() over (partition by r.id order by server.place, path.place) as place
    from config_entity r
    cross join lateral (
      select case when r.body->'hosts' is not null then r.body->'hosts'
        when r.body->'protocols'->>0 in ('tcp', 'tls', 'tls_passthrough', 'udp')
          and r.body->'sources' is null and r.body->'destinations' is null then r.body->'snis'
        end as names
    ) named
    cross join lateral (
      select regexp_replace(n.name, ':\\d+$', '') as name, min(n.place) as place
      from jsonb_array_elements_text(case when named.names is null or named.names::text like '%*%'
        then '["*"]'::jsonb else named.names end) with ordinality as n(name, place) group by 1
    ) server
    cross join lateral (
      select p.text, min(p.place) as place
      from jsonb_array_elements_text(coalesce(r.body->'paths', '[""]'::jsonb)) with ordinality as p(text, place)
      group by 1
    ) path
    where r.kind = 'route'
  ) keys
  where place <= 1000
  on conflict do nothing
`;
