import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { appliedQuery, askApplied, BarrierWatcher, type Asked } from '../kit/applied.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { migratedDatabase } from '../kit/migrated-database.js';
import { eventually } from '../kit/eventually.js';
import type { LiveStream } from '../kit/live-client.js';
import type { Group, Instance } from '../kit/seed.js';
import { runtimeConfig } from '../kit/streams.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

/** An instance that is connected, and applies what it is told to, when it is told to. */
class Gateway {
  private constructor(
    readonly instance: Instance,
    private readonly client: Client,
    private readonly stream: LiveStream,
    private readonly session: number,
  ) {}

  static async start(group: Group): Promise<Gateway> {
    const { instance, client } = await plane.seed.instance(group);
    return Gateway.connect(instance, client);
  }

  static async connect(instance: Instance, client: Client): Promise<Gateway> {
    const stream = (await plane.live(client)).open(runtimeConfig());
    const { session } = await stream.nextOf('session');
    await stream.nextOf('snapshot');
    return new Gateway(instance, client, stream, session);
  }

  /** Takes over what it was sent up to a revision, which is the newest. */
  async apply(revision: number, change: Variables = {}): Promise<void> {
    await this.report(revision, { outcome: 'APPLIED', stateHash: await this.hashOf(revision), ...change });
  }

  async reject(revision: number, message: string): Promise<void> {
    await this.hashOf(revision);
    await this.report(revision, { outcome: 'REJECTED', message });
  }

  /** Goes, and comes back as the same instance. */
  async leave(): Promise<void> {
    this.stream.return();
    await eventually(async () => {
      const query = 'query ($id: ID!) { runtimeInstance(id: $id) { connection } }';
      const { runtimeInstance } = await admin.gql<{ runtimeInstance: { connection: string } }>(query, {
        id: this.instance.id,
      });
      return runtimeInstance.connection === 'DISCONNECTED';
    });
  }

  back(): Promise<Gateway> {
    return Gateway.connect(this.instance, this.client);
  }

  private async report(revision: number, input: Variables): Promise<void> {
    const cursor = this.stream.cursor;
    const report = { session: this.session, cursor, ...input };
    const { accepted } = await this.client.mutate<{ accepted: boolean }>('reportSync', report);
    if (!accepted) throw new Error(`The report about revision ${revision} was not accepted.`);
  }

  private async hashOf(revision: number): Promise<string | null> {
    const told = (): { revision: number; stateHash: string | null } | undefined =>
      this.stream.entries
        .flatMap((entry) => {
          if (entry.is === 'snapshot') return { revision: entry.revision ?? 0, stateHash: entry.stateHash };
          return entry.is === 'delta' ? entry.revisions : [];
        })
        .findLast((each) => each.revision === revision);
    await this.stream.until(() => told() !== undefined);
    return told()?.stateHash ?? null;
  }
}

/** A group at revision 1. */
async function aGroup(): Promise<{ group: Group; asked: Asked }> {
  const { group } = await plane.seed.group();
  await plane.seed.service(group);
  return { group, asked: { runtimeGroupId: group.id, revision: 1 } };
}

async function watch(asked: Asked, client = admin): Promise<BarrierWatcher> {
  return new BarrierWatcher(await plane.live(client), asked);
}

/** Puts what an instance last showed of itself into the past. */
async function age({ id }: Instance, seconds: number): Promise<void> {
  await plane.sql(
    `update instance_session set last_seen_at = now() - make_interval(secs => $2) where instance_id = $1`,
    [id, seconds],
  );
}

describe('how far a revision has come', () => {
  it('is told with who is missing, why and since when, until it is everywhere', async () => {
    const { group, asked } = await aGroup();
    const [first, second] = [await Gateway.start(group), await Gateway.start(group)];
    expect(await askApplied(admin, asked)).toMatchObject({
      ...{ revision: 1, required: 'PRESENT', everywhere: false, everywhereSince: null },
      ...{ totalCount: 2, appliedCount: 0, missingByReason: [{ syncReason: 'SYNCING', count: 2 }] },
    });
    await first.apply(1);
    expect(await askApplied(admin, asked)).toMatchObject({
      appliedCount: 1,
      missing: [
        {
          ...{ hostname: second.instance.hostname, appliedRevision: null, syncReason: 'SYNCING' },
          syncMessage: 'It runs no revision yet and is on its way to revision 1.',
        },
      ],
    });
    await second.apply(1);
    const { committedAt, everywhereSince, ...status } = await askApplied(admin, asked);
    expect(status).toMatchObject({ everywhere: true, appliedCount: 2, missingCount: 0, missing: [] });
    expect(Date.parse(everywhereSince ?? '')).toBeGreaterThanOrEqual(Date.parse(committedAt ?? ''));
  });

  it('leads to the group and to the missing instances', async () => {
    const { group } = await aGroup();
    const { instance } = await Gateway.start(group);
    const query = `query ($id: ID!) { applied(runtimeGroupId: $id, revision: 1) {
      runtimeGroup { name } missing(first: 1) { runtimeInstance { id } }
    } }`;
    expect(await admin.gql(query, { id: group.id })).toEqual({
      applied: { runtimeGroup: { name: group.name }, missing: [{ runtimeInstance: { id: instance.id } }] },
    });
  });

  it('counts an instance that runs a later revision', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    await plane.seed.route(group);
    await gateway.apply(2);
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: true });
    await plane.seed.route(group);
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: true });
    expect(await askApplied(admin, { ...asked, revision: 3 })).toMatchObject({ everywhere: false });
  });

  it('does not count an instance whose content is another one', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    await gateway.apply(1, { stateHash: 'ab'.repeat(32) });
    expect(await askApplied(admin, asked)).toMatchObject({
      ...{ everywhere: false, missing: [{ syncReason: 'DIVERGED', appliedRevision: 1 }] },
    });
  });

  it('does not count an instance that says it runs what is still to come, as after a restore', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    await gateway.apply(1, { stateHash: null });
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: true });
    await plane.sql('update instance_report set applied_revision = 9 where instance_id = $1', [
      gateway.instance.id,
    ]);
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: false });
  });

  it('says in the gateway’s own words why it refused', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    await gateway.reject(1, 'no such plugin: x');
    const { missing, missingByReason } = await askApplied(admin, asked);
    expect(missingByReason).toEqual([{ syncReason: 'REJECTED', count: 1 }]);
    expect(missing[0]?.syncMessage).toContain('It refused revision 1');
    expect(missing[0]?.syncMessage).toContain('no such plugin: x');
  });

  it('keeps the time since which it is everywhere when instances only say it again', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    await gateway.apply(1);
    const { everywhereSince } = await askApplied(admin, asked);
    await gateway.apply(1);
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: true, everywhereSince });
  });

  it('keeps the time since which an instance refuses when it only refuses again', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    await gateway.reject(1, 'no such plugin: x');
    const [first] = (await askApplied(admin, asked)).missing;
    await gateway.reject(1, 'still no such plugin: x');
    const [again] = (await askApplied(admin, asked)).missing;
    expect(again).toMatchObject({ since: first?.since, syncMessage: expect.stringContaining('still no') });
  });

  it('is known of the empty group too', async () => {
    const { group } = await plane.seed.group();
    const gateway = await Gateway.start(group);
    const asked = { runtimeGroupId: group.id, revision: 0 };
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: false, committedAt: null });
    await gateway.apply(0);
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: true, committedAt: null });
  });

  it('names at most 200 of the missing, and counts them all', async () => {
    const { group, asked } = await aGroup();
    await plane.sql(
      `insert into runtime_instance (id, runtime_group_id, hostname)
       select gen_random_uuid(), $1, 'gw-' || n from generate_series(1, 205) n`,
      [group.id],
    );
    const status = await askApplied(admin, { ...asked, required: 'ALL' });
    expect(status).toMatchObject({ totalCount: 205, missingCount: 205 });
    expect(status.missing).toHaveLength(200);
    const query = `query ($id: ID!, $first: Int) {
      applied(runtimeGroupId: $id, revision: 1, required: ALL) { missing(first: $first) { hostname } }
    }`;
    expect(await admin.gql(query, { id: group.id })).toMatchObject({ applied: { missing: { length: 20 } } });
    await expectRefused(admin.send(query, { id: group.id, first: 201 }), 'PAGE_TOO_LARGE');
  });
});

describe('a question about a revision', () => {
  it.each<[string, Variables, string]>([
    ['that is still to come', { revision: 2 }, 'REVISION_IN_FUTURE'],
    ['below 0', { revision: -1 }, 'REVISION_NEGATIVE'],
    [
      'of a group that is not there',
      { runtimeGroupId: '01a1fbc6-342c-766e-a0ad-b084a456ef02' },
      'RUNTIME_GROUP_NOT_FOUND',
    ],
    ['of what is no group', { runtimeGroupId: 'nope' }, 'RUNTIME_GROUP_NOT_FOUND'],
  ])('is refused for one %s, once and as a stream', async (_what, change, code) => {
    const { asked } = await aGroup();
    await expectRefused(admin.send(appliedQuery, { ...asked, ...change }), code);
    const watcher = await watch({ ...asked, ...change });
    await expect(watcher.next()).rejects.toMatchObject([{ extensions: { reason: code } }]);
  });

  it('says what the newest is if it is refused', async () => {
    const { asked } = await aGroup();
    const { message, path } = await expectRefused(
      admin.send(appliedQuery, { ...asked, revision: 7 }),
      'REVISION_IN_FUTURE',
    );
    expect(message).toContain('the newest revision of the group is 1');
    expect(path).toEqual(['revision']);
  });

  it('may be asked by viewers of the group, and by nobody of another', async () => {
    const { group, asked } = await aGroup();
    const { group: other } = await plane.seed.group();
    expect(await askApplied(await plane.seed.viewer(group), asked)).toMatchObject({ totalCount: 0 });
    const stranger = await plane.seed.viewer(other);
    await expectRefused(
      stranger.send(appliedQuery, asked as unknown as Variables),
      'RUNTIME_GROUP_NOT_FOUND',
    );
    const watcher = await watch(asked, stranger);
    await expect(watcher.next()).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('is answered about a revision that is no longer kept', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    await plane.seed.route(group);
    await gateway.apply(2);
    await plane.sql(`delete from stream_revision where topic = 'config' and scope_id = $1 and revision = 1`, [
      group.id,
    ]);
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: true, committedAt: null });
  });
});

describe('which instances count', () => {
  it('none: what nothing runs is not everywhere', async () => {
    const { group, asked } = await aGroup();
    for (const required of ['CONNECTED', 'PRESENT', 'ALL']) {
      expect(await askApplied(admin, { ...asked, required })).toMatchObject({
        ...{ required, everywhere: false, totalCount: 0, missing: [] },
      });
    }
    await plane.seed.instance(group);
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: false, totalCount: 0 });
    expect(await askApplied(admin, { ...asked, required: 'ALL' })).toMatchObject({
      ...{ everywhere: false, totalCount: 1, missing: [{ syncReason: 'NEVER_SEEN' }] },
    });
  });

  it('one that fell silent after the commit does, unless only the connected ones are required', async () => {
    const { group, asked } = await aGroup();
    const [good, silent] = [await Gateway.start(group), await Gateway.start(group)];
    await good.apply(1);
    await silent.leave();
    expect(await askApplied(admin, asked)).toMatchObject({
      ...{ everywhere: false, totalCount: 2, missing: [{ hostname: silent.instance.hostname }] },
    });
    expect(await askApplied(admin, { ...asked, required: 'CONNECTED' })).toMatchObject({
      ...{ everywhere: true, totalCount: 1 },
    });
  });

  it('one that was gone before the commit does not, until it is back; of all, it does', async () => {
    const { group } = await aGroup();
    const [good, gone] = [await Gateway.start(group), await Gateway.start(group)];
    await good.apply(1);
    await gone.apply(1);
    await gone.leave();
    await age(gone.instance, 60);
    await plane.seed.route(group);
    await good.apply(2);
    const asked = { runtimeGroupId: group.id, revision: 2 };
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: true, totalCount: 1 });
    expect(await askApplied(admin, { ...asked, required: 'ALL' })).toMatchObject({
      everywhere: false,
      missing: [{ syncReason: 'OFFLINE', appliedRevision: 1, hostname: gone.instance.hostname }],
    });
    await gone.back();
    expect(await askApplied(admin, asked)).toMatchObject({ everywhere: false, totalCount: 2 });
  });

  it('one whose tokens were all withdrawn does not, but of all it does', async () => {
    const { group, asked } = await aGroup();
    const [good, revoked] = [await Gateway.start(group), await Gateway.start(group)];
    await good.apply(1);
    const [token] = await plane.sql<{ id: string }>(
      'select id from access_token where runtime_instance_id = $1',
      [revoked.instance.id],
    );
    await admin.mutate('revokeAccessToken', { id: token?.id });
    for (const required of ['CONNECTED', 'PRESENT']) {
      expect(await askApplied(admin, { ...asked, required })).toMatchObject({ everywhere: true });
    }
    expect(await askApplied(admin, { ...asked, required: 'ALL' })).toMatchObject({
      ...{ everywhere: false, missing: [{ syncReason: 'REVOKED' }] },
    });
  });

  it('one that was removed is missed no more', async () => {
    const { group, asked } = await aGroup();
    const [good, removed] = [await Gateway.start(group), await Gateway.start(group)];
    await good.apply(1);
    const watcher = await watch(asked);
    expect(await watcher.next()).toMatchObject({ totalCount: 2, everywhere: false });
    await admin.mutate('deleteRuntimeInstance', { id: removed.instance.id });
    expect((await watcher.completed()).at(-1)).toMatchObject({ totalCount: 1, everywhere: true });
  });
});

describe('the stream of a revision', () => {
  it('tells the state at once, then each change, and completes once it is everywhere', async () => {
    const { group, asked } = await aGroup();
    const gateways = [await Gateway.start(group), await Gateway.start(group), await Gateway.start(group)];
    const watcher = await watch(asked);
    expect(await watcher.next()).toMatchObject({ appliedCount: 0, totalCount: 3 });
    for (const [index, gateway] of gateways.entries()) {
      await gateway.apply(1);
      expect(await watcher.next()).toMatchObject({ appliedCount: index + 1, totalCount: 3 });
    }
    await watcher.completed();
  });

  it('completes at once if it is everywhere already', async () => {
    const { group, asked } = await aGroup();
    await (await Gateway.start(group)).apply(1);
    expect(await (await watch(asked)).completed()).toMatchObject([{ everywhere: true }]);
  });

  it('tells of a refusal, and goes on: another revision may mend it', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    const watcher = await watch(asked);
    await watcher.next();
    await gateway.reject(1, 'no such plugin: x');
    const refused = await watcher.until(
      ({ missingByReason }) => missingByReason[0]?.syncReason === 'REJECTED',
    );
    expect(refused.missing[0]?.syncMessage).toContain('no such plugin: x');
    await plane.seed.route(group);
    await gateway.apply(2);
    expect((await watcher.completed()).at(-1)).toMatchObject({ revision: 1, everywhere: true });
  });

  it('waits while nothing runs it, and counts who comes', async () => {
    const { group, asked } = await aGroup();
    const watcher = await watch(asked);
    expect(await watcher.next()).toMatchObject({ totalCount: 0, everywhere: false });
    const gateway = await Gateway.start(group);
    expect(await watcher.next()).toMatchObject({ totalCount: 1, missingCount: 1 });
    await gateway.apply(1);
    await watcher.completed();
  });

  it('tells one who was cut off the present state when it comes back', async () => {
    const { group, asked } = await aGroup();
    const [first, second] = [await Gateway.start(group), await Gateway.start(group)];
    const socket = await plane.live(admin);
    const before = new BarrierWatcher(socket, asked);
    expect(await before.next()).toMatchObject({ appliedCount: 0 });
    socket.cut();
    await before.leave();
    await first.apply(1);
    const after = await watch(asked);
    expect(await after.next()).toMatchObject({ appliedCount: 1 });
    await second.apply(1);
    await after.completed();
  });

  it('says nothing while what changes is nothing to it', async () => {
    const { group, asked } = await aGroup();
    const [done, due] = [await Gateway.start(group), await Gateway.start(group)];
    await done.apply(1);
    const watcher = await watch(asked);
    expect(await watcher.next()).toMatchObject({ appliedCount: 1 });
    await admin.mutate('updateRuntimeInstance', { id: done.instance.id, hostname: 'renamed' });
    await eventually(async () => {
      const [told] = await plane.sql<{ state: { hostname: string } }>(
        'select state from instance_status where instance_id = $1',
        [done.instance.id],
      );
      return told?.state.hostname === 'renamed';
    });
    await due.apply(1);
    expect(await watcher.completed()).toMatchObject([{ appliedCount: 1 }, { everywhere: true }]);
  });

  it('tells each of ten watchers', async () => {
    const { group, asked } = await aGroup();
    const gateway = await Gateway.start(group);
    const watchers = await Promise.all(Array.from({ length: 10 }, () => watch(asked)));
    await Promise.all(watchers.map((watcher) => watcher.next()));
    await gateway.apply(1);
    for (const watcher of watchers)
      expect(await watcher.completed()).toMatchObject([{}, { everywhere: true }]);
  });

  it('ends with a refusal when its token is withdrawn, or its group is deleted', async () => {
    const { group, asked } = await aGroup();
    const viewer = await plane.seed.token({ role: 'VIEWER' });
    const [own, other] = [await watch(asked, viewer), await watch(asked)];
    await own.next();
    await other.next();
    await admin.mutate('revokeAccessToken', { id: viewer.id });
    await expect(own.next()).rejects.toMatchObject([{ extensions: { reason: 'TOKEN_REVOKED' } }]);
    await admin.mutate('deleteRuntimeGroup', { id: group.id });
    await expect(other.next()).rejects.toMatchObject([{ extensions: { reason: 'STREAM_REMOVED' } }]);
  });

  it('says goodbye when the server stops, and does not pass for done', async () => {
    const database = await migratedDatabase();
    const stopping = await startControlPlane({ database });
    const { group } = await stopping.seed.group();
    await stopping.seed.service(group);
    const asked = { runtimeGroupId: group.id, revision: 1 };
    const watcher = new BarrierWatcher(await stopping.live(stopping.admin), asked);
    await watcher.next();
    const stopped = stopping.stop();
    await watcher.completed();
    expect(watcher).toMatchObject({ goodbye: 'DRAINING', states: [{ everywhere: false }] });
    await stopped;
    await database.close();
  });

  it('is told on another replica as well', async () => {
    const database = await migratedDatabase();
    const [one, two] = [await startControlPlane({ database }), await startControlPlane({ database })];
    const { group } = await one.seed.group();
    await one.seed.service(group);
    const { client } = await one.seed.instance(group);
    const stream = (await one.live(client)).open(runtimeConfig());
    const { session } = await stream.nextOf('session');
    const { cursor, stateHash } = await stream.nextOf('snapshot');
    const watcher = new BarrierWatcher(await two.live(two.admin), { runtimeGroupId: group.id, revision: 1 });
    expect(await watcher.next()).toMatchObject({ missingCount: 1 });
    await client.mutate('reportSync', { outcome: 'APPLIED', session, cursor, stateHash });
    await watcher.completed();
    await Promise.all([one.stop(), two.stop()]);
    await database.close();
  });
});
