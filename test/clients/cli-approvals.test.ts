import { runCli, type Ended } from '../kit/cli.js';
import type { Client } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import type { Group } from '../kit/seed.js';

let plane: TestControlPlane;
let [ada, bob]: Client[] = [];
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ada = await plane.seed.token({ role: 'ADMIN', name: 'ada' });
  bob = await plane.seed.token({ role: 'ADMIN', name: 'bob' });
  ({ group } = await plane.seed.group());
  const template = { routes: [{ name: 'list', paths: ['/pets'] }] };
  await plane.admin.mutate('createService', { name: 'pets', releasePolicy: 'ONE_LIVE', template });
});
afterAll(() => plane.stop());

function signalbox(by: Client | undefined, ...args: readonly string[]): Promise<Ended> {
  return runCli(plane.origin, by ? [...args, '--token', by.token ?? ''] : args);
}

it('a publication is refused, asked for, looked at, approved by another, and done', async () => {
  const required = await signalbox(undefined, 'approvals', 'require', '1', '--group', group.name);
  expect(required).toMatchObject({ code: 0 });
  expect(required.out).toBe(
    `Group “${group.name}” asks for 1 approval by others; a request is good for 86400 seconds.\n`,
  );

  const publish = ['publish', 'pets', '1.0.0', '--to', group.name, '--url', 'http://pets.internal'];
  const refused = await signalbox(ada, ...publish);
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.told).toContain('1 are missing');
  expect((await signalbox(ada, ...publish, '--dry-run')).out).toContain('1 approvals are missing');

  const asked = await signalbox(ada, ...publish, '--request-approval', '--reason', 'the shop opens');
  expect(asked).toMatchObject({ code: 0, told: '' });
  expect(asked.out).toContain(
    `Asked for approvals in group “${group.name}”: published pets 1.0.0. It needs 1 approval more`,
  );
  const [, id = ''] = /approvals approve (\S+)$/m.exec(asked.out) ?? [];

  const listed = await signalbox(bob, 'approvals', 'list', '--group', group.name);
  expect(listed.out).toMatch(
    new RegExp(`^${id} +PENDING +0 of 1 +${group.name} +published pets 1\\.0\\.0 +ada, .* ago$`, 'm'),
  );
  const shown = await signalbox(bob, 'approvals', 'show', id);
  expect(shown.out).toMatch(/^asked by ada .* ago; expires in .*: the shop opens$/m);
  expect(shown.out).toMatch(/^ {2}\+ routes pets\.list \(service pets\)$/m);

  const own = await signalbox(ada, 'approvals', 'approve', id);
  expect(own).toMatchObject({ code: 1, out: '' });
  expect(own.told).toContain('Somebody else has to approve it.');
  const approved = await signalbox(bob, 'approvals', 'approve', id, '--comment', 'looks good');
  expect(approved).toMatchObject({ code: 0, told: '' });
  expect(approved.out).toBe(
    `published pets 1.0.0 in group “${group.name}” is APPROVED, with 1 of 1 approvals.\n`,
  );
  expect((await signalbox(ada, ...publish)).out).toContain('Published “pets” 1.0.0: it is live');
  const runs = await signalbox(ada, 'runtime', 'pets', '--group', group.name, '--history');
  expect(runs.out).toMatch(/^ada, .* ago +created +hosts, pathPrefix, stripPathPrefix, target, canary$/m);
  expect((await signalbox(ada, 'approvals', 'list')).out).not.toContain(id);
  expect((await signalbox(ada, 'approvals', 'list', '--all')).out).toMatch(new RegExp(`^${id} +SPENT`, 'm'));
});

it('a request is taken back', async () => {
  const publish = ['publish', 'pets', '2.0.0', '--to', group.name, '--request-approval', '--json'];
  const { out } = await signalbox(ada, ...publish);
  const { approvalRequests } = JSON.parse(out) as { approvalRequests: { id: string; state: string }[] };
  expect(approvalRequests).toMatchObject([{ state: 'PENDING' }]);
  const id = approvalRequests[0]?.id ?? '';
  expect((await signalbox(ada, 'approvals', 'reject', id)).out).toContain('is REJECTED');
  expect((await signalbox(bob, 'approvals', 'show', id)).out).toMatch(/^rejected by ada .* ago$/m);
  const unknown = await signalbox(bob, 'approvals', 'show', group.id);
  expect(unknown).toMatchObject({ code: 1, out: '' });
  expect(unknown.told).toContain('There is no request for approvals');
});
