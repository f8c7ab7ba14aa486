import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { adminToken, startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import type { Group } from '../kit/seed.js';

const root = join(import.meta.dirname, '../..');

let plane: TestControlPlane;
let group: Group;

/** Revision 1 has a route with two paths; 2 takes one of them away; 3 adds a plugin that asks for keys. */
beforeAll(async () => {
  plane = await startControlPlane();
  ({ group } = await plane.seed.group());
  const route = await plane.seed.route(group, { name: 'checkout', paths: ['/a', '/b'] });
  await plane.admin.mutate('updateRoute', { id: route.id, paths: ['/a'], reason: 'b is no more' });
  await plane.admin.mutate('createPlugin', { runtimeGroupId: group.id, name: 'key-auth', routeId: route.id });
});
afterAll(() => plane.stop());

async function signalbox(
  ...args: readonly string[]
): Promise<{ code: number | null; out: string; told: string }> {
  const asked = [...args, '--group', group.name, '--server', plane.origin, '--token', adminToken];
  const child = spawn(process.execPath, [join(root, 'bin/signalbox.js'), ...asked], { cwd: root });
  const texts = { out: '', told: '' };
  child.stdout.on('data', (chunk: Buffer) => (texts.out += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (texts.told += String(chunk)));
  await once(child, 'close');
  return { ...texts, code: child.exitCode };
}

describe('signalbox history', () => {
  it('lists who did what and why, the newest first', async () => {
    const { out, code } = await signalbox('history');
    expect(code).toBe(0);
    expect(out).toMatch(/^REVISION +WHEN +WHO +WHAT +WHY$/m);
    expect(out).toMatch(/^ *3 +.* ago +first administrator +Created plugin key-auth$/m);
    expect(out).toMatch(/^ *2 .* Updated route checkout +b is no more$/m);
  });

  it('says how many more there are, and answers programs', async () => {
    const some = await signalbox('history', '--limit', '1');
    expect(some.told).toContain('2 more are kept');
    const { revisions } = JSON.parse((await signalbox('history', '--json')).out) as {
      revisions: { nodes: { revision: number }[] };
    };
    expect(revisions.nodes.map(({ revision }) => revision)).toEqual([3, 2, 1]);
  });

  it('compares two revisions, with what it can break', async () => {
    const { out, code } = await signalbox('history', 'diff', '1', '3');
    expect(code).toBe(0);
    expect(out).toContain(`group “${group.name}” revision 1 → group “${group.name}” revision 3`);
    expect(out).toMatch(/^~ routes checkout +BREAKING$/m);
    expect(out).toMatch(/^ +paths: - "\/b" +BREAKING /m);
    expect(out).toMatch(/^\+ plugins key-auth +BREAKING /m);
    expect(out).toContain('1 created, 1 updated, 0 deleted; at worst BREAKING');
    expect((await signalbox('history', 'diff', '3')).out).toContain('no difference');
  });

  it('refuses what is no revision, and what is to come', async () => {
    expect(await signalbox('history', 'diff', 'yesterday')).toMatchObject({ code: 1, out: '' });
    const { told, code } = await signalbox('history', 'diff', '1', '9');
    expect({ told, code }).toMatchObject({
      code: 1,
      told: expect.stringContaining('still to come') as string,
    });
  });
});

describe('signalbox restore', () => {
  it('shows with --dry-run what it would do, and then does it', async () => {
    const tried = await signalbox('restore', '1', '--dry-run');
    expect(tried.code).toBe(2);
    expect(tried.out).toContain('Nothing was changed: this is what restoring revision 1');
    const done = await signalbox('restore', '1', '--reason', 'too early');
    expect(done.code).toBe(0);
    expect(done.out).toContain(`Restored revision 1 of group “${group.name}” as revision 4.`);
    expect(done.out).toMatch(/^- plugins key-auth/m);
    const { out } = await signalbox('history', '--limit', '1');
    expect(out).toMatch(/Restored revision 1: updated route checkout, deleted 1 +too early$/m);
    expect((await signalbox('restore', '1')).out).toContain('Nothing to change');
  });
});
