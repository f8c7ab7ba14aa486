import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli, type CliWorld, type Ended } from '../kit/cli.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { unique, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let folder: string;
let group: Group;
let name: string;
beforeAll(async () => {
  plane = await startControlPlane();
  folder = await mkdtemp(join(tmpdir(), 'signalbox-versions-'));
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
  name = unique('pets');
});
afterAll(async () => {
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
});

function signalbox(args: readonly string[], world?: CliWorld): Promise<Ended> {
  return runCli(plane.origin, args, world);
}

async function fileOf(text: string): Promise<string> {
  const file = join(folder, `${unique('file')}.yaml`);
  await writeFile(file, text);
  return file;
}

function routes(path: string): Promise<string> {
  return fileOf(`routes:\n  - name: list\n    paths: [${path}]\n`);
}

const url = ['--url', 'http://api.internal'];

describe('versions that live side by side', () => {
  const here = (): string[] => ['--group', group.name];
  beforeEach(async () => {
    const { code } = await signalbox(['service', 'create', name, '--policy', 'side-by-side']);
    expect(code).toBe(0);
  });

  it('are made, shown, changed, and deleted', async () => {
    for (const number of ['1', '2']) {
      const file = await routes(`/${name}/${number}`);
      const made = await signalbox(['version', 'create', name, number, ...here(), '-f', file, ...url]);
      const out = `Made “${name}” ${number}: it is live in group “${group.name}”.\n`;
      expect(made).toMatchObject({ code: 0, out });
    }
    const shown = await signalbox(['version', 'show', name, '2', ...here()]);
    expect(shown.out).toContain(`paths:\n      - /${name}/2\n`);

    const changed = await fileOf(shown.out.replace(`/${name}/2`, `/${name}/two`));
    const update = ['version', 'update', name, '2', ...here(), '-f', changed];
    const plan = await signalbox([...update, '--dry-run']);
    expect(plan).toMatchObject({ code: 2 });
    expect(plan.out).toContain(`  ~ routes ${name}.2.list: paths\n`);
    const done = await signalbox([...update, '--notes', 'moved']);
    expect(done.out).toBe(`Changed “${name}” 2 in group “${group.name}”.\n`);
    const { out } = await signalbox(['versions', name]);
    expect(out).toMatch(new RegExp(`^${name} +2 .* LIVE .* moved$`, 'm'));

    const remove = ['version', 'delete', name, '1', ...here()];
    const refused = await signalbox(remove);
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.told).toContain('hint:  Nothing was changed.');
    expect((await signalbox([...remove, '--force'])).out).toBe(
      `Deleted “${name}” 1 from group “${group.name}”.\n`,
    );
    expect((await signalbox(['versions', name])).out).not.toMatch(new RegExp(`^${name} +1 `, 'm'));
  });

  it('need to be told what they do and where their API is, and what is to change', async () => {
    const file = await routes(`/${name}`);
    const without = await signalbox(['version', 'create', name, '1', ...here(), '-f', file]);
    expect(without).toMatchObject({
      code: 1,
      told: 'error: Say where the API is, with --url or --runtime.\n',
    });
    const nothing = await signalbox(['version', 'update', name, '1', ...here()]);
    expect(nothing).toMatchObject({
      code: 1,
      told: 'error: Say what is to change, with --file or --notes.\n',
    });
    const template = await signalbox(['service', 'template', name]);
    expect(template.told).toMatch(/^error: Service .* has no template: its versions live side by side/);
  });

  it('are planned with the instances that cannot take them', async () => {
    for (const hostname of ['gw-1', 'gw-2'])
      await plane.seed.instance(group, { hostname, runtimeVersion: '3.4.2' });
    await plane.seed.instance(group, { hostname: 'gw-3', runtimeVersion: '3.9.1' });
    await plane.seed.instance(group);
    const file = await fileOf(
      `routes:\n- {name: list, paths: [/${name}]}\nplugins:\n- {name: redirect, config: {location: "https://example.com"}}\n`,
    );
    const asked = ['version', 'create', name, '1', ...here(), '-f', file, ...url, '--dry-run'];
    const { out } = await signalbox(asked);
    expect(out).toContain(
      '  ! 2 of 4 instances cannot take it: gw-1, gw-2. Version 3.4.2 of the gateway does not have redirect (since 3.9).\n',
    );
    expect(out).toContain('  ? 1 of 4 instances may not take it: the version of the gateway is not known\n');
    const { plan } = JSON.parse((await signalbox([...asked, '--json'])).out) as { plan: object };
    const incompatible = [{ runtimeVersion: '3.4.2', count: 2, hostnames: ['gw-1', 'gw-2'] }];
    expect(plan).toMatchObject({ groups: [{ instances: { total: 4, versionUnknown: 1, incompatible } }] });
  });
});

describe('a template', () => {
  const edit = (editor: string): Promise<Ended> =>
    signalbox(['service', 'edit', name], { environment: { EDITOR: editor, VISUAL: '' } });
  beforeEach(async () => {
    const file = await routes(`/${name}`);
    await signalbox(['service', 'create', name, '--policy', 'one-live', '--template', file]);
    await signalbox(['publish', name, '1', '--to', group.name, ...url]);
  });

  it('is shown as a file that changes nothing when it is given back', async () => {
    const { out } = await signalbox(['service', 'template', name]);
    const back = await signalbox(['service', 'template', name, '-f', await fileOf(out)]);
    expect(back.out).toContain('(template version 1)');
  });

  it('is edited, compared with what is live, and reset to it', async () => {
    const compare = ['service', 'compare', name, '--group', group.name];
    expect((await edit(`sed -i s,/${name},/animals,`)).out).toContain('is changed (template version 2).');
    const differs = await signalbox(compare);
    expect(differs).toMatchObject({ code: 2 });
    expect(differs.out).toMatch(new RegExp(`^~ routes ${name}.list +BREAKING$`, 'm'));
    expect((await signalbox([...compare, '--number', '1'])).out).toBe(differs.out);
    const reset = await signalbox(['service', 'reset', name, '--to', '1', '--group', group.name]);
    expect(reset.out).toBe(`The template of service “${name}” is what version 1 is.\n`);
    const same = `The template of service “${name}” does not differ from what is live in group “${group.name}”.\n`;
    expect(await signalbox(compare)).toMatchObject({ code: 0, out: same });
  });

  it('stays as it is where the editor leaves it so, fails, or writes what cannot be', async () => {
    expect((await edit('true')).told).toContain('Nothing was changed: the file was left as it was.');
    expect((await edit('false')).told).toContain('error: The editor “false” ended with 1.');
    const wrong = await edit(`sed -i 's,name: list,name: "",'`);
    expect(wrong).toMatchObject({ code: 1 });
    const [, kept = ''] = /^What you wrote is still in (\S+)\.$/m.exec(wrong.told) ?? [];
    expect((await signalbox(['service', 'template', name, '-f', kept])).code).toBe(1);
    await rm(join(kept, '..'), { recursive: true });
    expect((await signalbox(['service', 'compare', name, '--group', group.name])).code).toBe(0);
  });
});
