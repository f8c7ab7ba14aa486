import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAgentProcess } from '../kit/agent-process.js';
import { runCli, type Ended } from '../kit/cli.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';

let plane: TestControlPlane;
let folder: string;
beforeAll(async () => {
  plane = await startControlPlane();
  folder = await mkdtemp(join(tmpdir(), 'signalbox-services-'));
});
afterAll(async () => {
  await plane.stop();
  await rm(folder, { recursive: true, force: true });
});

function signalbox(...args: readonly string[]): Promise<Ended> {
  return runCli(plane.origin, args);
}

/** Writes the template of a service with one route of this path. */
async function templateFile(path: string): Promise<string> {
  const file = join(folder, 'template.yaml');
  await writeFile(file, `routes:\n  - name: list\n    paths: [${path}]\n`);
  return file;
}

async function newService(name: string): Promise<void> {
  const file = await templateFile(`/${name}`);
  const made = await signalbox('service', 'create', name, '--policy', 'one-live', '--template', file);
  expect(made).toMatchObject({ code: 0, out: `Made the service “${name}”, one-live.\n` });
}

const url = ['--url', 'http://api.internal:8080'];

describe('a service, from its template to a rollback', () => {
  it('is planned, published as planned, waited for, and taken back', async () => {
    await newService('pets');
    const agent = startAgentProcess(plane.origin, join(folder, 'kong.yml'));
    try {
      const plan = await signalbox('publish', 'pets', '1.0.0', '--to', 'default', ...url, '--dry-run');
      expect(plan).toMatchObject({ code: 2, told: '' });
      expect(plan.out).toMatch(/^group “default” \(revision 0\)$/m);
      expect(plan.out).toMatch(/^ {2}\+ routes pets\.list \(service pets\)$/m);
      const [, token = ''] = /--plan (\S+)$/m.exec(plan.out) ?? [];
      const asPlanned = ['publish', 'pets', '1.0.0', '--to', 'default', '--plan', token, '--wait'];
      const published = await signalbox(...asPlanned, ...url);
      expect(published).toMatchObject({ code: 0 });
      expect(published.out).toContain('Published “pets” 1.0.0: it is live in group “default” (revision 1).');
      expect(published.out).toContain('Revision 1 of group “default” is everywhere. 1 of 1 instances');

      await signalbox('service', 'template', 'pets', '-f', await templateFile('/animals'));
      expect((await signalbox('publish', 'pets', '2.0.0', '--to', 'default')).code).toBe(0);
      const back = await signalbox('rollback', 'pets', '--group', 'default', '--to', '1.0.0', '--wait');
      expect(back).toMatchObject({ code: 0 });
      expect(back.out).toContain('Took “pets” back to 1.0.0: it is live in group “default” (revision 3).');
      const { out } = await signalbox('versions', 'pets', '--group', 'default');
      expect(out).toMatch(/^pets +2\.0\.0 +default +HISTORY +PUBLISHED .* ago +first administrator/m);
      expect(out).toMatch(/^pets +1\.0\.0 +default +LIVE +PUBLISHED /m);
      expect((await signalbox('services')).out).toMatch(/^pets +one-live +default: 1\.0\.0 +2 +\S{36}$/m);
    } finally {
      await agent.end('SIGTERM');
    }
  });

  it('is not done if the plan is no longer what would be done', async () => {
    const { group } = await plane.seed.group();
    await newService('orders');
    const asked = ['publish', 'orders', '1', '--to', group.name, ...url];
    const { plan } = JSON.parse((await signalbox(...asked, '--dry-run', '--json')).out) as {
      plan: { token: string };
    };
    await signalbox('service', 'template', 'orders', '-f', await templateFile('/other'));
    const late = await signalbox(...asked, '--plan', plan.token);
    expect(late).toMatchObject({ code: 1, out: '' });
    expect(late.told).toContain('hint:  Nothing was changed.');
    expect((await signalbox('versions', 'orders')).out).toBe('There are no versions.\n');
  });

  it('is promoted to several groups, and ends with 2 where nobody runs it in time', async () => {
    const [{ group: from }, { group: one }, { group: two }] = [
      await plane.seed.group(),
      await plane.seed.group(),
      await plane.seed.group(),
    ];
    await newService('carts');
    await signalbox('publish', 'carts', '1', '--to', from.name, ...url);
    const asked = ['promote', 'carts', '--from', from.name, '--to', `${one.name},${two.name}`, ...url];
    const done = await signalbox(...asked, '--wait', '--timeout', '1s');
    expect(done.code).toBe(2);
    for (const { name } of [one, two])
      expect(done.out).toContain(`Revision 1 of group “${name}” is not everywhere after 1s.`);
    expect((await signalbox(...asked, '--dry-run')).code).toBe(0);
  });
});

describe('what is live', () => {
  it('is deprecated, split with a canary, and moved, all by its name', async () => {
    const { group } = await plane.seed.group();
    await newService('carts-api');
    await signalbox('publish', 'carts-api', '1', '--to', group.name, ...url);
    const here = ['--group', group.name];
    const deprecated = await signalbox('deprecate', 'carts-api', '1', ...here, '--date', '2027-01-31');
    expect(deprecated.out).toBe(`Deprecated “carts-api” 1 in group “${group.name}”.\n`);
    expect((await signalbox('versions', 'carts-api')).out).toMatch(/^carts-api +1 .* LIVE +DEPRECATED /m);
    const next = ['--url', 'http://next.internal:8080', '--when', 'cookie:tester=yes', '--weight', '10'];
    expect(await signalbox('canary', 'start', 'carts-api', ...here, ...next)).toMatchObject({ code: 0 });
    const { out } = await signalbox('runtime', 'carts-api', ...here, '--json');
    expect(JSON.parse(out)).toMatchObject({
      target: { address: { host: 'api.internal' } },
      canary: { weight: 10, conditions: [{ source: 'COOKIE', name: 'tester', value: 'yes' }] },
    });
    expect(await signalbox('canary', 'promote', 'carts-api', ...here)).toMatchObject({ code: 0 });
    const moved = await signalbox(
      'runtime',
      'carts-api',
      ...here,
      '--url',
      'http://new.internal',
      '--dry-run',
    );
    expect(moved).toMatchObject({ code: 2 });
    expect(moved.out).toMatch(/^ {2}~ services carts-api: .*host/m);
  });
});

describe('what cannot be done', () => {
  it('is said in a sentence, and changes nothing', async () => {
    const unknown = await signalbox('publish', 'nothing', '1', '--to', 'default');
    expect(unknown).toMatchObject({ code: 1, out: '' });
    expect(unknown.told).toMatch(/^error: There is no service “nothing” .*\nhint: .*signalbox services/);
    await newService('idle');
    const notLive = await signalbox('promote', 'idle', '--from', 'default', '--to', 'default');
    expect(notLive.told).toContain('No version of service “idle” is live in group “default”.');
    expect((await signalbox('service', 'delete', 'idle')).out).toContain('Deleted the service “idle”');
  });
});
