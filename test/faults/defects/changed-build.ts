import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cluster } from '../world/cluster.js';

const root = join(import.meta.dirname, '../../..');

/** A text of a built file, and what stands in its place instead. */
export interface Edit {
  /** From `dist`. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** What was built, changed. */
export interface ChangedBuild {
  readonly dist: string;
  remove(): Promise<void>;
}

/** Copies what was built, and changes the copy. Fails if a text is not there, or not once: then the list is out of date. */
export async function changedBuild(edits: readonly Edit[], from = join(root, 'dist')): Promise<ChangedBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'signalbox-build-'));
  const dist = join(folder, 'dist');
  await mkdir(dist);
  for (const part of ['src', 'migrations']) await cp(join(from, part), join(dist, part), { recursive: true });
  for (const part of ['node_modules', 'package.json', 'dist/graphiql'])
    await symlink(join(root, part), join(folder, part));
  for (const edit of edits) await change(dist, edit);
  return { dist, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function change(dist: string, { file, find, replace }: Edit): Promise<void> {
  const path = join(dist, file);
  const text = await readFile(path, 'utf8');
  const times = text.split(find).length - 1;
  if (times !== 1) throw new Error(`${file} has this ${times} times, and once was due: ${find}`);
  await writeFile(
    path,
    text.replace(find, () => replace),
  );
}

const migration = 'Newer9999999999999';

/** The next version: it has one migration more. */
export async function nextBuild(
  from: string,
): Promise<ChangedBuild & { undo(cluster: Cluster): Promise<void> }> {
  const build = await changedBuild(
    [
      {
        file: 'src/app/migrations.js',
        find: 'export const migrations = [',
        replace: `import { ${migration} } from '../../migrations/newer.js';\nexport const migrations = [\n    ${migration},`,
      },
    ],
    from,
  );
  await writeFile(join(build.dist, 'migrations/newer.js'), newerMigration);
  return {
    ...build,
    undo: async (cluster) => {
      await cluster.query('alter table stream_event drop column if exists newer');
      await cluster.query(`delete from schema_migration where name = '${migration}'`);
    },
  };
}

const newerMigration = `export class ${migration} {
  name = '${migration}';
  async up(runner) { await runner.query('alter table stream_event add column newer text'); }
  async down(runner) { await runner.query('alter table stream_event drop column newer'); }
}
`;
