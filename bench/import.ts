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

/**
 * An import of 10,000 entities over GraphQL, beside a COPY of the rows that it made into tables without indexes: all of them,
 * and those of the entities alone.
 */
export async function run(): Promise<string> {
  const plane = await startControlPlane();
  try {
    const times: Times[] = [];
    for (let round = 0; round < warming + rounds; round += 1) times.push(await measure(plane));
    // PostgreSQL is warm from the beginning; what the program takes to get warm is told, and not counted.
    const counted = times.slice(warming);
    const middle = (of: keyof Times): number => median(counted.map((each) => each[of]));
    const line = (what: string, of: keyof Times, beside = ''): string =>
      `${what.padEnd(52)} ${middle(of).toFixed(0).padStart(5)} ms${beside}`;
    const ratioTo = (of: keyof Times): string =>
      `; the import takes ${(middle('imported') / middle(of)).toFixed(1)} x as long`;
    const first = times.slice(0, warming).map(({ imported }) => imported.toFixed(0));
    return [
      line(`import of ${entities} entities, one revision`, 'imported'),
      line('COPY of all the rows that it made', 'copied', ratioTo('copied')),
      line('COPY of the rows of the entities alone', 'copiedEntities', ratioTo('copiedEntities')),
      line('all rows by INSERT … SELECT, with indexes and keys', 'inserted', ratioTo('inserted')),
      `medians of ${rounds} rounds, side by side; the first imports of the process, one by one: ${first.join(', ')} ms`,
    ].join('\n');
  } finally {
    await plane.stop();
  }
}

/** Milliseconds. */
interface Times {
  readonly imported: number;
  readonly copied: number;
  readonly copiedEntities: number;
  readonly inserted: number;
}

async function measure(plane: TestControlPlane): Promise<Times> {
  const { group, admin } = await plane.seed.group();
  const input = {
    runtimeGroupId: group.id,
    documents: [{ name: 'platform.yaml', content: platformFile(entities) }],
  };
  const selection = 'summary { created }';
  const imported = await timed(() => admin.mutate('importConfiguration', input, selection));
  const copiedEntities = await copyOf(plane, 'config_entity', `runtime_group_id = '${group.id}'`);
  const copied = copiedEntities + (await copyOfOthers(plane, group.id));
  const inserted = await insertOf(plane, group.id);
  return { imported, copied, copiedEntities, inserted };
}

/** The rows beside those of the entities themselves: what refers to what, what routes match, and what was told. */
async function copyOfOthers(plane: TestControlPlane, groupId: string): Promise<number> {
  const ofGroup = `runtime_group_id = '${groupId}'`;
  const references = `from_id in (select id from config_entity where ${ofGroup})`;
  return (
    (await copyOf(plane, 'config_reference', references)) +
    (await copyOf(plane, 'route_key', ofGroup)) +
    (await copyOf(plane, 'stream_event', `topic = 'config' and scope_id = '${groupId}'`))
  );
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
async function copyOf(plane: TestControlPlane, from: string, where: string): Promise<number> {
  const file = join(tmpdir(), `signalbox-bench-${newId()}.copy`);
  const table = `bench_${newId().replaceAll('-', '')}`;
  try {
    await plane.sql(`copy (select * from ${from} where ${where}) to '${file}'`);
    await plane.sql(`create table ${table} (like ${from})`);
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
