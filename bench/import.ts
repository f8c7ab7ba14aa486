import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId } from '../src/foundation/kernel/id.js';
import { startControlPlane, type TestControlPlane } from '../test/kit/control-plane.js';
import { median } from './median.js';
import { platformFile } from './platform.js';

const entities = 10_000;
const rounds = 7;
const warming = 5;

/** An import of 10,000 entities over GraphQL, beside a COPY of the rows that it made into a table without indexes. */
export async function run(): Promise<string> {
  const plane = await startControlPlane();
  try {
    const times: { readonly imported: number; readonly inserted: number; readonly copied: number }[] = [];
    for (let round = 0; round < warming + rounds; round += 1) times.push(await measure(plane));
    // PostgreSQL is warm from the beginning; what the program takes to get warm is told, and not counted.
    const counted = times.slice(warming);
    const imported = median(counted.map((each) => each.imported));
    const inserted = median(counted.map((each) => each.inserted));
    const copied = median(counted.map((each) => each.copied));
    const first = times.slice(0, warming).map((each) => each.imported.toFixed(0));
    return [
      `import of ${entities} entities, one revision: ${imported.toFixed(0)} ms`,
      `the same rows by INSERT … SELECT:       ${inserted.toFixed(0)} ms, with indexes and foreign keys; ratio to COPY: ${(inserted / copied).toFixed(1)}`,
      `COPY of the same rows:                  ${copied.toFixed(0)} ms`,
      `ratio: ${(imported / copied).toFixed(1)} (medians of ${rounds} rounds, side by side)`,
      `the first imports of the process, one by one: ${first.join(', ')} ms`,
    ].join('\n');
  } finally {
    await plane.stop();
  }
}

async function measure(
  plane: TestControlPlane,
): Promise<{ imported: number; inserted: number; copied: number }> {
  const { group, admin } = await plane.seed.group();
  const input = {
    runtimeGroupId: group.id,
    documents: [{ name: 'platform.yaml', content: platformFile(entities) }],
  };
  const selection = 'summary { created }';
  const imported = await timed(() => admin.mutate('importConfiguration', input, selection));
  const copied = await copyOf(plane, group.id);
  const inserted = await insertOf(plane, group.id);
  return { imported, inserted, copied };
}

/** What PostgreSQL alone takes for the rows that an import makes, in the tables that they belong in: no import takes less. */
async function insertOf(plane: TestControlPlane, from: string): Promise<number> {
  const { group } = await plane.seed.group();
  const id = (column: string): string => `md5(${column} || '${group.id}')::uuid`;
  const ofGroup = `where runtime_group_id = '${from}'`;
  const statements = [
    `insert into config_entity (id, runtime_group_id, kind, key_a, key_b, body, digest, created_revision, revision)
     select ${id('id')}, '${group.id}', kind, key_a, key_b, body, digest, 1, 1 from config_entity ${ofGroup}`,
    `insert into config_reference (to_id, field, from_id)
     select ${id('r.to_id')}, r.field, ${id('r.from_id')}
     from config_entity join config_reference r on r.from_id = config_entity.id ${ofGroup}`,
    `insert into route_key (runtime_group_id, key, route_id)
     select '${group.id}', key, ${id('route_id')} from route_key ${ofGroup}`,
    `insert into stream_event (topic, scope_id, revision, ordinal, type, kind, subject_id, operation, before, after)
     select topic, '${group.id}', revision, ordinal, type, kind, ${id('subject_id')}, operation, before, after
     from stream_event where topic = 'config' and scope_id = '${from}'`,
  ];
  return timed(() => plane.sql(statements.join(';')));
}

/** The server writes the rows into a file and reads them back: COPY as fast as it can be. */
async function copyOf(plane: TestControlPlane, groupId: string): Promise<number> {
  const file = join(tmpdir(), `signalbox-bench-${newId()}.copy`);
  const table = `bench_${newId().replaceAll('-', '')}`;
  try {
    await plane.sql(`copy (select * from config_entity where runtime_group_id = '${groupId}') to '${file}'`);
    await plane.sql(`create table ${table} (like config_entity)`);
    return await timed(() => plane.sql(`copy ${table} from '${file}'`));
  } finally {
    await plane.sql(`drop table if exists ${table}`);
    await rm(file, { force: true });
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
