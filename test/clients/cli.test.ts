import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminToken, startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

const root = join(import.meta.dirname, '../..');

let plane: TestControlPlane;
let place: string;
beforeAll(async () => {
  plane = await startControlPlane();
  place = await mkdtemp(join(tmpdir(), 'signalbox-cli-'));
});
afterAll(async () => {
  await plane.stop();
  await rm(place, { recursive: true });
});

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly told: string;
}

/** Runs one command line against the control plane, as the administrator unless another token is given. */
async function signalbox(...args: readonly string[]): Promise<Ended> {
  const asWhom = args.includes('--token') ? [] : ['--token', adminToken];
  const command = [join(root, 'bin/signalbox.js'), ...args, '--server', plane.origin, ...asWhom];
  const child = spawn(process.execPath, command, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const texts = { out: '', told: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (texts.told += String(chunk)));
  await once(child, 'close');
  return { ...texts, code: child.exitCode };
}

async function newGroup(): Promise<string> {
  const { group } = await plane.seed.group();
  return group.name;
}

async function fileWith(content: string): Promise<string> {
  const path = join(place, `${Math.trunc(performance.now() * 1_000)}.yaml`);
  await writeFile(path, content);
  return path;
}

describe('signalbox import', () => {
  it('brings the example platform in as one revision, and says so once more that there is nothing to change', async () => {
    const group = await newGroup();
    const first = await signalbox('import', 'examples/petstore-platform.yaml', '--group', group);
    expect(first).toMatchObject({ code: 0, told: '' });
    expect(first.out).toContain(
      `Imported examples/petstore-platform.yaml into group “${group}” as revision 1.`,
    );
    expect(first.out).toMatch(/^services +31 +0 +0$/m);
    const again = await signalbox('import', 'examples/petstore-platform.yaml', '--group', group);
    expect(again.out).toContain('Nothing to change');
  });

  it('says of each mistake where it is, and changes nothing', async () => {
    const group = await newGroup();
    const { code, out, told } = await signalbox('import', 'examples/broken.yaml', '--group', group);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(told).toMatch(
      /^error: examples\/broken\.yaml:\d+:\d+: services\[1\]\.port \(gateway service “payments”\): /m,
    );
    expect(told).toContain('Nothing was changed.');
    expect(told).not.toMatch(/^ +at /m);
    const groups = JSON.parse((await signalbox('groups', '--json')).out) as {
      name: string;
      revision: number;
    }[];
    expect(groups.find(({ name }) => name === group)?.revision).toBe(0);
  });

  it('shows with --dry-run what would change, and ends with 2 if there is something', async () => {
    const group = await newGroup();
    const before = await fileWith(
      'services: [{ name: orders, host: a.internal, routes: [{ name: list, paths: [/a] }] }]',
    );
    const after = await fileWith(
      'services: [{ name: orders, host: b.internal, routes: [{ name: list, paths: [/a] }] }]',
    );
    const plan = await signalbox('import', before, '--group', group, '--dry-run');
    expect(plan).toMatchObject({ code: 2 });
    expect(plan.out).toContain('+ services orders\n+ routes list (service orders)\n');
    await signalbox('import', before, '--group', group);
    expect((await signalbox('import', after, '--group', group, '--dry-run')).out).toContain(
      '~ services orders: host\n',
    );
    expect(await signalbox('import', before, '--group', group, '--dry-run')).toMatchObject({ code: 0 });
  });

  it('names a file that is not there', async () => {
    const { code, told } = await signalbox('import', 'nowhere.yaml');
    expect({ code, told }).toEqual({
      code: 1,
      told: 'error: Cannot read nowhere.yaml: there is no such file.\n',
    });
  });
});

describe('signalbox export', () => {
  it('writes the same file wherever it goes, and one that the group takes in again without a change', async () => {
    const group = await newGroup();
    await signalbox('import', 'examples/petstore-platform.yaml', '--group', group);
    const out = join(place, 'exported.yml');
    await signalbox('export', '--group', group, '--out', out);
    const text = await readFile(out, 'utf8');
    const shown = await signalbox('export', '--group', group);
    expect(shown.out).toBe(text);
    expect(text).toContain('_format_version: "3.0"\n');
    expect((await signalbox('import', out, '--group', group)).out).toContain('Nothing to change');
  });
});

describe('signalbox', () => {
  it('lists groups, and instances with what they run', async () => {
    const group = await newGroup();
    expect((await signalbox('groups')).out).toMatch(
      new RegExp(`^${group} +KONG_GATEWAY +0 +0 of 0 +[0-9a-f-]{36}$`, 'm'),
    );
    expect((await signalbox('instances', '--group', group)).out).toContain('There are no instances.');
  });

  it('makes a token that lets its holder in, and shows nothing but it to programs', async () => {
    const { code, out, told } = await signalbox(
      'token',
      'create',
      '--name',
      'ci',
      '--role',
      'viewer',
      '--expires',
      '12h',
    );
    expect(code).toBe(0);
    expect(told).toMatch(/^Token “ci” \(VIEWER, until .+\)\. It is shown only now:$/m);
    expect(await signalbox('groups', '--token', out.trim())).toMatchObject({ code: 0, told: '' });
  });

  it('lists tokens, and withdraws one', async () => {
    const { id, token } = await plane.seed.token({ role: 'VIEWER', name: 'for the pipeline' });
    expect((await signalbox('token', 'list')).out).toMatch(
      new RegExp(`^for the pipeline +VIEWER +GOOD +all +never +${id}$`, 'm'),
    );
    expect(await signalbox('token', 'revoke', id)).toMatchObject({
      ...{ code: 0, out: '', told: 'The token “for the pipeline” lets nobody in any more.\n' },
    });
    expect((await signalbox('groups', '--token', token ?? '')).told).toContain('This token was revoked.');
    expect((await signalbox('token', 'list')).out).toMatch(
      new RegExp(`^for the pipeline +VIEWER +REVOKED.*${id}$`, 'm'),
    );
  });

  it('says in a sentence and a hint why the server refuses, without a stack', async () => {
    const { code, told } = await signalbox('groups', '--token', 'sbx_wrong');
    expect(code).toBe(1);
    expect(told).toMatch(/^error: .+\nhint: +.+\n$/);
  });

  it('names the groups’ command when a group is not there', async () => {
    const { code, told } = await signalbox('export', '--group', 'nowhere');
    expect(code).toBe(1);
    expect(told).toContain(
      'error: There is no runtime group “nowhere” that this token may see.\nhint:  `signalbox groups`',
    );
  });
});
