import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type CliWorld, type Ended } from '../kit/cli.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique } from '../kit/seed.js';

let plane: TestControlPlane;
let place: string;
beforeAll(async () => {
  plane = await startControlPlane();
  place = await mkdtemp(join(tmpdir(), 'signalbox-files-'));
});
afterAll(async () => {
  await plane.stop();
  await rm(place, { recursive: true });
});

/** Command lines about one group of their own. */
async function newGroup(): Promise<{
  readonly group: string;
  run(line: string, world?: CliWorld): Promise<Ended>;
}> {
  const { name: group } = (await plane.seed.group()).group;
  const run = (line: string, world?: CliWorld): Promise<Ended> =>
    runCli(plane.origin, [...line.split(' '), '--group', group], world);
  return { group, run };
}

async function fileWith(content: string, folder = place): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${unique('file')}.yaml`);
  await writeFile(path, content);
  return path;
}

const teams = 'examples/teams';

describe('signalbox apply', () => {
  it('brings the example platform in as one revision, and says so once more that there is nothing to change', async () => {
    const { group, run } = await newGroup();
    const first = await run('apply examples/petstore-platform.yaml');
    expect(first).toMatchObject({ code: 0, told: '' });
    expect(first.out).toContain(
      `Brought examples/petstore-platform.yaml into group “${group}” as revision 1.`,
    );
    expect(first.out).toMatch(/^services +31 +0 +0$/m);
    const again = await run('apply examples/petstore-platform.yaml');
    expect(again.out).toContain('Nothing to change');
  });

  it('says of each mistake where it is, and changes nothing', async () => {
    const { run } = await newGroup();
    const { code, out, told } = await run('apply examples/broken.yaml');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(told).toMatch(
      /^error: examples\/broken\.yaml:\d+:\d+: services\[1\]\.port \(gateway service “payments”\): /m,
    );
    expect(told).toMatch(/^error: examples\/broken\.yaml:\d+:\d+: routes\[0\]\.service .*“invoicing”/m);
    expect(told).toContain('Nothing was changed.');
    expect(told).not.toMatch(/^ +at /m);
    expect((await run('export')).out).toBe('_format_version: "3.0"\n');
  });

  it('adds and changes, and deletes nothing', async () => {
    const { run } = await newGroup();
    await run(`apply ${await fileWith('services: [{ name: a, host: a }, { name: b, host: b }]')}`);
    const after = await fileWith('services: [{ name: a, host: changed }]');
    const plan = await run(`apply ${after} --dry-run`);
    expect(plan).toMatchObject({ code: 2, told: '' });
    expect(plan.out).toMatch(
      /^~ services a\n {4}host: "a" → "changed"\n\n0 to create, 1 to change, 0 to delete; 0 unchanged\. /,
    );
    expect(await run(`apply ${after}`)).toMatchObject({ code: 0 });
    expect((await run('export')).out).toContain('name: b');
  });

  it('names a file that is not there, and a folder without files', async () => {
    const empty = join(place, unique('empty'));
    await mkdir(empty);
    const { run } = await newGroup();
    expect(await run('apply nowhere.yaml')).toMatchObject({
      code: 1,
      told: 'error: Cannot read nowhere.yaml: there is no such file.\n',
    });
    expect((await run(`apply ${empty}`)).told).toContain(
      'There is no .yaml, .yml or .json file in the folder',
    );
  });
});

describe('signalbox diff and sync', () => {
  it('end with 2 and the plan where there are differences, with 0 where there are none, with 1 on errors', async () => {
    const { group, run } = await newGroup();
    await run(
      `apply ${await fileWith('services: [{ name: orders, host: a, port: 80 }]\nconsumers: [{ username: ana }]')}`,
    );
    const after = await fileWith(
      'services: [{ name: orders, host: a, port: 81, routes: [{ name: list, paths: [/a] }] }]\nplugins: [{ name: key-auth, service: orders }]',
    );
    const plan = await run(`diff ${after}`);
    expect(plan).toMatchObject({ code: 2, told: '' });
    expect(plan.out).toBe(
      [
        '~ services orders',
        '    port: 80 → 81',
        '+ routes list (service orders)',
        '+ plugins key-auth (service orders)',
        '- consumers ana',
        '',
        `2 to create, 1 to change, 1 to delete; 0 unchanged. That is what sync would do to group “${group}” (revision 1); nothing was changed.`,
        '',
      ].join('\n'),
    );
    expect(await run(`sync ${after} --dry-run`)).toEqual(plan);
    expect(await run(`sync ${after}`)).toMatchObject({ code: 0, told: '' });
    expect(await run(`diff ${after}`)).toMatchObject({ code: 0 });
    expect(await run('diff examples/broken.yaml')).toMatchObject({ code: 1, out: '' });
  });

  it('call what stays as it is by its name, too', async () => {
    const { run } = await newGroup();
    await run(`apply ${await fileWith('services: [{ name: orders, host: a }]')}`);
    const { out } = await run(
      `apply --dry-run ${await fileWith('plugins: [{ name: key-auth, service: orders }]')}`,
    );
    expect(out).toMatch(/^\+ plugins key-auth \(service orders\)$/m);
  });

  it('take folders, several files and the standard input as one', async () => {
    const { run } = await newGroup();
    const folder = join(place, unique('folder'));
    await fileWith('services: [{ name: a, host: a }]', folder);
    await fileWith('routes: [{ name: r, paths: [/r], service: c }]', join(folder, 'deeper'));
    await writeFile(join(folder, 'README.md'), 'not a file of configuration');
    const done = await run(`sync ${folder} -`, {
      input: 'services: [{ name: c, host: c, plugins: [{ name: cors }] }]',
    });
    expect(done).toMatchObject({ code: 0, told: '' });
    expect(done.out).toContain('Brought 3 files into group');
    const wrong = await run('sync -', { input: 'services: [{ name: c }]' });
    expect(wrong.told).toMatch(/^error: stdin:1:12: services\[0\]\.host/);
  });

  it('answer programs in JSON, refusals too', async () => {
    const { run } = await newGroup();
    const file = await fileWith('services: [{ name: a, host: a }]\n_workspace: default');
    const plan = await run(`diff ${file} --json`);
    expect(plan).toMatchObject({ code: 2, told: '' });
    expect(JSON.parse(plan.out)).toMatchObject({
      changes: [{ operation: 'CREATED', collection: 'services', after: { name: 'a' } }],
      warnings: [
        { code: 'FIELD_READ_OVER', message: expect.stringContaining('_workspace was read over') as string },
      ],
    });
    const refused = await run(`sync ${await fileWith('services: [{ name: a }]')} --json`);
    expect(refused).toMatchObject({ code: 1, told: '' });
    expect(JSON.parse(refused.out)).toMatchObject({ problems: [{ code: 'FIELD_REQUIRED' }] });
  });

  it('warn of what is read over', async () => {
    const { run } = await newGroup();
    const { told, code } = await run(`diff ${await fileWith('_konnect: { control_plane_name: prod }')}`);
    expect({ told, code }).toEqual({
      told: expect.stringMatching(/^warning: .+\.yaml: _konnect was read over: /),
      code: 0,
    });
  });

  it('let two teams synchronize in turn, each by its tags', async () => {
    const { run } = await newGroup();
    const environment = { DECK_MOBILE_APP_KEY: unique('key') };
    for (const team of ['platform', 'orders', 'shipping']) {
      expect(await run(`sync ${teams}/${team}.yaml`, { environment })).toMatchObject({ code: 0, told: '' });
    }
    for (const team of ['orders', 'shipping', 'platform']) {
      expect(await run(`diff ${teams}/${team}.yaml`, { environment })).toMatchObject({ code: 0 });
    }
    const before = (await run('export --select-tag team-orders')).out;
    const nothing = await fileWith('{}');
    const gone = await run(`sync ${nothing} --select-tag team-shipping`);
    expect(gone.out).toMatch(/^total +0 +0 +5$/m);
    expect((await run('export --select-tag team-orders')).out).toBe(before);
  });
});

describe('signalbox validate', () => {
  it('says whether a server would take the files, and changes nothing', async () => {
    const { group, run } = await newGroup();
    const file = await fileWith('services: [{ name: a, host: a }]');
    expect(await run(`validate ${file}`)).toEqual({
      code: 0,
      out: `Nothing is wrong with ${file} for group “${group}”.\n`,
      told: '',
    });
    expect(await run('validate examples/broken.yaml')).toMatchObject({ code: 1, out: '' });
    expect((await run('export')).out).toBe('_format_version: "3.0"\n');
  });
});

describe('the environment in files', () => {
  it('is filled in before the file is sent, and every problem keeps its line', async () => {
    const { run } = await newGroup();
    const file = await fileWith(
      [
        'services:',
        '- name: a # ${{ env "DECK_NOT_ASKED_FOR" }}',
        '  host: "${{ env "DECK_HOST" }}.internal"',
        '  port: ${{ env "DECK_PORT" }}',
        '  routes: [{ name: r, paths: [/r], preserve_host: ${{ env "DECK_KEEP" | toBool }} }]',
      ].join('\n'),
    );
    const environment = { DECK_HOST: 'orders', DECK_PORT: '8080', DECK_KEEP: 'true' };
    expect(await run(`sync ${file}`, { environment })).toMatchObject({ code: 0, told: '' });
    const { out } = await run('export');
    expect(out).toContain('host: orders.internal');
    expect(out).toContain('port: 8080');
    expect(out).toContain('preserve_host: true');
    const hostile = { ...environment, DECK_HOST: 'a\n  wrong: true' };
    const { told } = await run(`sync ${file}`, { environment: hostile });
    expect(told).toMatch(/^error: \S+:3:3: services\[0\]\.host \(gateway service “a”\): /);
    expect(told).not.toContain('no field');
  });

  it('is asked for all at once, with the place of each variable that is not there', async () => {
    const { run } = await newGroup();
    const file = await fileWith(
      'services:\n- name: a\n  host: ${{ env "DECK_ABSENT" }}\n  port: ${{ env "HOME" }}\n  retries: ${{ env "DECK_WORD" | toInt }}\n',
    );
    const { code, told } = await run(`apply ${file}`, { environment: { DECK_WORD: 'secret' } });
    expect(code).toBe(1);
    expect(told.replaceAll(file, 'file').split('\n')).toEqual([
      'error: file:3:9: ${{ env "DECK_ABSENT" }} cannot be filled in: DECK_ABSENT is not set.',
      'error: file:4:9: ${{ env "HOME" }} is not filled in: only variables whose names begin with DECK_ are.',
      'error: file:5:12: ${{ env "DECK_WORD" | toInt }} cannot be filled in: the value of DECK_WORD is none for toInt.',
      '',
    ]);
  });
});

describe('signalbox export', () => {
  it('writes the same file wherever it goes, and one that an empty group takes in as it was', async () => {
    const [one, other] = [await newGroup(), await newGroup()];
    await one.run('apply examples/petstore-platform.yaml');
    const out = join(place, `${unique('exported')}.yaml`);
    await one.run(`export --out ${out}`);
    const text = await readFile(out, 'utf8');
    expect((await one.run('export')).out).toBe(text);
    expect(text).toContain('_format_version: "3.0"\n');
    expect(text).not.toMatch(/^ *(?:- )?id: /m);
    expect((await one.run(`sync ${out}`)).out).toContain('Nothing to change');
    expect(await other.run(`sync ${out}`)).toMatchObject({ code: 0, told: '' });
    expect((await other.run('export')).out).toBe(text);
  });

  it('writes with --flat what a gateway loads, and the group takes it in again without a change', async () => {
    const { run } = await newGroup();
    await run('apply examples/petstore-platform.yaml');
    const out = join(place, `${unique('flat')}.yaml`);
    await run(`export --flat --out ${out}`);
    expect(await readFile(out, 'utf8')).toContain('  - id: ');
    expect((await run(`sync ${out}`)).out).toContain('Nothing to change');
  });
});
