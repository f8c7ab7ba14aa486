import { startCli } from '../kit/cli-process.js';
import { runCli, type Ended } from '../kit/cli.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { startReceiver, type Receiver } from '../kit/receiver.js';
import type { Group, Seed } from '../kit/seed.js';

let plane: TestControlPlane;
let seed: Seed;
beforeAll(async () => {
  plane = await startControlPlane();
});
beforeEach(async () => {
  seed = await plane.seed.organization();
});
afterAll(() => plane.stop());

function asAdmin(...args: readonly string[]): string[] {
  return [...args, '--token', seed.admin.token ?? ''];
}

describe('signalbox watch', () => {
  /** A shop with a service that was published, and a group beside it with a route that ada wrote. */
  async function happenings(): Promise<Group> {
    const { group: shop } = await seed.group({
      name: 'shop',
      labels: [{ key: 'stage', value: 'live' }],
      reason: 'the opening',
    });
    const { group: lab } = await seed.group({ name: 'lab' });
    const orders = await seed.service(shop, { name: 'orders' });
    await seed.admin.mutate('updateGatewayService', { id: orders.id, retries: 3 });
    const ada = await seed.token({ role: 'ADMIN', name: 'ada' });
    await ada.mutate('createRoute', { runtimeGroupId: lab.id, name: 'trial', paths: ['/trial'] });
    const template = { routes: [{ name: 'list', paths: ['/pets'] }] };
    await seed.admin.mutate('createService', { name: 'pets', releasePolicy: 'ONE_LIVE', template });
    await seed.instance(shop, { hostname: 'gateway-1' });
    return lab;
  }

  /** The lines that are printed until one says this, without their times. */
  async function linesUntil(last: string, ...args: readonly string[]): Promise<string[]> {
    const cli = startCli(plane.origin, 'watch', ...asAdmin(...args));
    await cli.prints(last);
    cli.interrupt();
    const { code, out, told } = await cli.ended();
    const [following, compared = ''] = told.split(/(?<=ends it\.\n)/);
    expect({ code, following }).toEqual({
      code: 0,
      following: `Following the changes on ${plane.origin}/graphql. Ctrl-C ends it.\n`,
    });
    // Of a writer who is not known, nobody can say that there never was one.
    expect(compared).toMatch(
      args.includes('--actor') ? /by a token with the id “ada”, or with that name/ : /^$/,
    );
    return out
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^\d\d:\d\d:\d\d #\d+ /, ''));
  }

  it('--all says in a sentence each what happens in the organization, by whom, and why', async () => {
    await happenings();
    expect(await linesUntil('status changed', '--all', '--from-start')).toEqual([
      'Runtime group shop created by administrator (the opening)',
      'Runtime group lab created by administrator',
      'Gateway service orders created in group shop by administrator',
      'Gateway service orders updated in group shop by administrator',
      '  retries',
      'Access token ada created by administrator',
      'Route trial created in group lab by ada',
      'Service pets created by administrator',
      'Runtime instance gateway-1 created in group shop, and 1 more by administrator',
      '  Runtime instance gateway-1 created in group shop',
      '  Access token instance gateway-1 created in group shop',
      'Runtime instance gateway-1 status changed in group shop by signalbox',
    ]);
  });

  it.each([
    ['--kind', ['--kind', 'route', 'service'], 'pets', ['Route trial', 'Service pets']],
    ['--actor', ['--actor', 'ada'], 'trial', ['Route trial']],
    ['--service', ['--service', 'pets'], 'pets', ['Service pets']],
    ['--group', ['--all', '--group', 'lab'], 'trial', ['Runtime group lab', 'Route trial']],
    ['--label', ['--label', 'stage=live', '--kind', 'runtime_group'], 'shop', ['Runtime group shop']],
    ['--label of any value', ['--label', 'stage', '--kind', 'runtime_group'], 'shop', ['Runtime group shop']],
  ])('%s narrows it', async (_, args, last, begins) => {
    await happenings();
    const lines = await linesUntil(last, ...args, '--from-start');
    expect(lines).toEqual(begins.map((begin) => expect.stringMatching(`^${begin} created`) as string));
  });

  it('begins with what happens from now on, in JSON for programs', async () => {
    const lab = await happenings();
    await plane.settled();
    const cli = startCli(plane.origin, 'watch', ...asAdmin('--all', '--json'));
    await cli.prints('Bookmark');
    await seed.route(lab, { name: 'later' });
    await cli.prints('later');
    cli.interrupt();
    const { code, out } = await cli.ended();
    expect(code).toBe(0);
    const messages = out.trimEnd().split('\n').map(parse);
    expect(messages.flatMap(({ changes = [] }) => changes.map(({ summary }) => summary))).toEqual([
      'Route later created in group lab',
    ]);
  });

  function parse(line: string): { readonly changes?: readonly { readonly summary: string }[] } {
    return JSON.parse(line) as ReturnType<typeof parse>;
  }

  it('--group follows entities of its configuration by kinds and tags, and nothing else', async () => {
    const { group } = await seed.group();
    await seed.service(group, { name: 'before', tags: ['eu'] });
    const asked = ['--group', group.id, '--kind', 'gateway_service', 'consumer', '--tag', 'eu'];
    const cli = startCli(plane.origin, 'watch', ...asAdmin(...asked));
    await cli.prints('revision 1 is where this begins');
    const { id } = await seed.service(group, { name: 'shown' });
    await seed.route(group, { name: 'hidden', tags: ['eu'] });
    await seed.admin.mutate('updateGatewayService', { id, tags: ['eu', 'us'] });
    await cli.prints('shown');
    cli.interrupt();
    const { code, out } = await cli.ended();
    expect(code).toBe(0);
    expect(out).not.toMatch(/hidden|instance|revision [23]/);
    expect(out).toMatch(/revision 4 by administrator/);
  });

  it('says what is wrong with what it is to follow', async () => {
    for (const scope of [['--all'], ['--group', (await seed.group()).group.id]]) {
      const kind = await runCli(plane.origin, asAdmin('watch', ...scope, '--kind', 'rout'));
      expect(kind).toMatchObject({ code: 1, out: '' });
      expect(kind.told).toMatch(/“rout” is no kind of thing that is known here\. Known are .*route/);
    }
    const tag = await runCli(plane.origin, asAdmin('watch', '--all', '--tag', 'eu'));
    expect(tag.told).toContain('--tag is for the configuration of one group.');
    const label = await runCli(plane.origin, asAdmin('watch', '--label', '=live'));
    expect(label.told).toContain('Write it as key=value, or as key for any value.');
    const service = await runCli(plane.origin, asAdmin('watch', '--service', 'nowhere'));
    expect(service).toMatchObject({ code: 1, out: '' });
    expect(service.told).toContain(
      'error: There is no service “nowhere” that this token may see.\nhint:  `signalbox services`',
    );
  });
});

describe('signalbox webhooks', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.goAway());

  function webhooks(...args: readonly string[]): Promise<Ended> {
    return runCli(plane.origin, asAdmin('webhooks', ...args));
  }

  const id = '[0-9a-f-]{36}';

  it('makes a receiver that is told of what it asked for, shows its secret once, and lists it', async () => {
    expect(await webhooks('list')).toMatchObject({ code: 0, out: 'There are no webhooks.\n' });
    await seed.group({ name: 'shop' });
    const create = ['create', '--name', 'chat', '--url', receiver.url];
    const made = await webhooks(...create, '--kind', 'runtime_group', '--from-start', '--max-attempts', '9');
    expect(made).toMatchObject({
      code: 0,
      told: `Webhook “chat” tells ${receiver.url}. Its secret is shown only now:\n`,
    });
    expect(made.out).toMatch(/^whsec_\S+\n$/);
    expect((await webhooks('list')).out).toMatch(
      new RegExp(`^chat +ACTIVE +0 +${receiver.url} +${id}$`, 'm'),
    );
    const [listed] = JSON.parse((await webhooks('list', '--json')).out) as object[];
    expect(listed).toMatchObject({ name: 'chat', state: 'ACTIVE', maxAttempts: 9 });
    await eventually(() => receiver.received.length > 0);
    await eventually(async () => {
      expect((await webhooks('deliveries', 'chat')).out).toMatch(
        new RegExp(`^change +1 +delivered +1 +\\d+ s ago +${id}$`, 'm'),
      );
    }, 30_000);
  });

  it('tries a receiver, tells it something once more, and says how that went', async () => {
    await webhooks('create', '--name', 'chat', '--url', receiver.url, '--kind', 'runtime_group');
    expect((await webhooks('deliveries', 'chat')).told).toBe('Nothing was delivered yet.\n');
    expect((await webhooks('test', 'chat')).told).toMatch(/^“chat” was told, in \d+ ms\.\n$/);
    await seed.group();
    const [, delivery = ''] = await eventually(async () => {
      const { out } = await webhooks('deliveries', 'chat');
      expect(out).toMatch(new RegExp(`^test +delivered +1 +.* ago +${id}$`, 'm'));
      return new RegExp(`^change +\\d+ +delivered +1 +.* ago +(${id})$`, 'm').exec(out) ?? false;
    }, 30_000);
    expect((await webhooks('redeliver', delivery)).told).toMatch(/^The receiver was told, in \d+ ms\.\n$/);
    expect(receiver.received.filter((each) => each.id === delivery)).toHaveLength(2);
    receiver.answer(500);
    expect(await webhooks('test', 'chat')).toMatchObject({
      ...{ code: 1, out: '', told: 'error: “chat” was not told. The receiver answered 500.\n' },
    });
  });

  it('pauses, resumes, renews the secret of and deletes a receiver, and says so', async () => {
    await webhooks('create', '--name', 'chat', '--url', receiver.url);
    expect((await webhooks('pause', 'chat')).told).toBe('Webhook “chat” is told nothing for now.\n');
    expect((await webhooks('list')).out).toMatch(/^chat +PAUSED/m);
    expect((await webhooks('resume', 'chat')).told).toBe(
      'Webhook “chat” is told of changes again, from where it was.\n',
    );
    const rotated = await webhooks('rotate-secret', 'chat');
    expect(rotated).toMatchObject({ code: 0, told: expect.stringContaining('is shown only now') as string });
    expect(rotated.out).toMatch(/^whsec_\S+\n$/);
    expect((await webhooks('delete', 'chat')).told).toBe('Webhook “chat” is told nothing any more.\n');
    expect(await webhooks('delete', 'chat')).toMatchObject({
      code: 1,
      told: 'error: There is no webhook “chat” that this token may see.\nhint:  `signalbox webhooks list` lists them.\n',
    });
  });

  it('says why a receiver cannot be', async () => {
    await webhooks('create', '--name', 'chat', '--url', receiver.url);
    const taken = await webhooks('create', '--name', 'chat', '--url', receiver.url);
    expect(taken.told).toContain('error: There is a webhook with the name “chat” already.');
    const hidden = await webhooks('create', '--name', 'hidden', '--url', 'http://10.0.0.1/');
    expect(hidden.told).toContain('error: Nothing is sent from the control plane to 10.0.0.1');
    const count = await webhooks(
      'create',
      '--name',
      'often',
      '--url',
      receiver.url,
      '--max-attempts',
      'many',
    );
    expect(count.told).toContain('It is a whole number.');
    expect([taken, hidden, count].map(({ code }) => code)).toEqual([1, 1, 1]);
  });
});
