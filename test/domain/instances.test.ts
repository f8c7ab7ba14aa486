import pg from 'pg';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import { expectRefused, type Client, type Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalStatus } from '../kit/final.js';
import { unique, type Group, type Instance } from '../kit/seed.js';
import { configChanges, runtimeConfig, syncStatus } from '../kit/streams.js';
import type { SnapshotPart } from '../kit/trace.js';

let plane: TestControlPlane;
let admin: Client;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
afterAll(() => plane.stop());

interface Status {
  readonly hostname: string;
  readonly connection: string;
  readonly syncStatus: string;
  readonly syncReason: string;
  readonly syncMessage: string;
  readonly targetRevision: number;
  readonly appliedRevision: number | null;
  readonly ipAddress: string | null;
  readonly runtimeVersion: string | null;
  readonly lastSeenAt: string | null;
}

async function statusOf({ id }: Instance): Promise<Status | null> {
  const query = `query ($id: ID!) { runtimeInstance(id: $id) {
    hostname connection syncStatus syncReason syncMessage targetRevision appliedRevision ipAddress runtimeVersion lastSeenAt
  } }`;
  return (await admin.gql<{ runtimeInstance: Status | null }>(query, { id })).runtimeInstance;
}

interface Token {
  readonly id: string;
  readonly role: string;
  readonly state: string;
}

/** The tokens of an instance, the oldest first. */
async function tokensOf({ id }: Instance): Promise<readonly Token[]> {
  const query = `query ($id: ID!) {
    accessTokens(filter: { runtimeInstanceId: { eq: $id } }, orderBy: [{ field: CREATED_AT }]) { nodes { id role state } }
  }`;
  return (await admin.gql<{ accessTokens: { nodes: Token[] } }>(query, { id })).accessTokens.nodes;
}

/** A group with one revision, and an instance of it that follows its configuration. */
async function aRunningInstance() {
  const { group } = await plane.seed.group();
  const service = await plane.seed.service(group);
  const { instance, client } = await plane.seed.instance(group);
  const running = await start(client);
  return { group, service, instance, client, ...running };
}

/** Connects as this instance, and reads what it is to run. */
async function start(client: Client) {
  const socket = await plane.live(client);
  const stream = socket.open(runtimeConfig({ runtimeVersion: '3.9.1' }));
  const { session } = await stream.nextOf('session');
  const snapshot = await stream.nextOf('snapshot');
  return { socket, stream, session, snapshot };
}

interface Reported {
  readonly accepted: boolean;
}

function report(client: Client, input: Variables): Promise<Reported> {
  return client.mutate<Reported>('reportSync', { outcome: 'APPLIED', ...input });
}

function applied({ session, snapshot }: { session: number; snapshot: SnapshotPart }): Variables {
  return { session, cursor: snapshot.cursor, stateHash: snapshot.stateHash };
}

describe('enrolling an instance', () => {
  it('makes it in its group, with a token that is shown once', async () => {
    const { group } = await plane.seed.group();
    const labels = [{ key: 'zone', value: 'eu-1' }];
    const input = { runtimeGroupId: group.id, hostname: 'gw-1', labels, idempotencyKey: unique('key') };
    const selection =
      'token runtimeInstance { id hostname syncReason labels { key value } runtimeGroup { id } }';
    const first = await admin.mutate('createRuntimeInstance', input, selection);
    expect(first).toMatchObject({
      token: expect.stringMatching(/^sbx_\S{43}$/),
      runtimeInstance: { hostname: 'gw-1', syncReason: 'NEVER_SEEN', labels, runtimeGroup: { id: group.id } },
    });
    expect(await admin.mutate('createRuntimeInstance', input, selection)).toEqual({ ...first, token: null });
  });

  it.each(['', 'a b', 'x'.repeat(254), 'a\n'])('is refused for what is no hostname: %j', async (hostname) => {
    const { group } = await plane.seed.group();
    const input = { runtimeGroupId: group.id, hostname };
    const { path } = await expectRefused(admin.attempt('createRuntimeInstance', input), 'HOSTNAME_INVALID');
    expect(path).toEqual(['hostname']);
  });

  it.each(['01a1fbc6-342c-766e-a0ad-b084a456ef02', 'nope'])(
    'is refused for a group that is not there: %s',
    async (id) => {
      const input = { runtimeGroupId: id, hostname: 'gw-1' };
      const { path } = await expectRefused(
        admin.attempt('createRuntimeInstance', input),
        'RUNTIME_GROUP_NOT_FOUND',
      );
      expect(path).toEqual(['runtimeGroupId']);
    },
  );

  it.each<[string, Variables, string]>([
    ['an address that is none', { ipAddress: 'not an address' }, 'IP_ADDRESS_INVALID'],
    ['an empty version', { runtimeVersion: '' }, 'RUNTIME_VERSION_INVALID'],
    ['a version without end', { runtimeVersion: 'x'.repeat(101) }, 'RUNTIME_VERSION_INVALID'],
    ['a version that cannot be stored', { runtimeVersion: '3\u0000' }, 'RUNTIME_VERSION_INVALID'],
    [
      'a label that comes twice',
      { labels: ['1', '2'].map((value) => ({ key: 'a', value })) },
      'LABEL_INVALID',
    ],
    ['a label that is none', { labels: [{ key: '', value: 'x' }] }, 'LABEL_INVALID'],
  ])('is refused with %s', async (_what, input, code) => {
    const { group } = await plane.seed.group();
    const { path } = await expectRefused(
      admin.attempt('createRuntimeInstance', { runtimeGroupId: group.id, hostname: 'gw-1', ...input }),
      code,
    );
    expect(path).toEqual([Object.keys(input)[0]]);
  });

  it('keeps no token that could be read', async () => {
    const { group } = await plane.seed.group();
    const { client } = await plane.seed.instance(group);
    const tables = await plane.sql<{ row: string }>(
      'select t::text as row from access_token t union all select i::text from idempotency_key i union all select e::text from stream_event e',
    );
    expect(tables.filter(({ row }) => row.includes(client.token ?? ''))).toEqual([]);
  });
});

describe('an instance', () => {
  it('can be renamed and labelled, and what changes nothing is no event', async () => {
    const { group } = await plane.seed.group();
    const { instance } = await plane.seed.instance(group);
    const change = { id: instance.id, hostname: 'renamed', labels: [{ key: 'a', value: 'b' }] };
    const first = await admin.mutate(
      'updateRuntimeInstance',
      change,
      'runtimeInstance { hostname labels { key } }',
    );
    expect(first).toMatchObject({ runtimeInstance: { hostname: 'renamed', labels: [{ key: 'a' }] } });
    expect(await admin.mutate('updateRuntimeInstance', change)).toMatchObject({ revision: first.revision });
    await expectRefused(
      admin.attempt('updateRuntimeInstance', { ...change, hostname: ' ' }),
      'HOSTNAME_INVALID',
    );
  });

  it('is let in no more once it is removed, and is told nothing more', async () => {
    const { group, instance, client, stream } = await aRunningInstance();
    await admin.mutate('deleteRuntimeInstance', { id: instance.id });
    expect(await statusOf(instance)).toBeNull();
    await eventually(() => expectRefused(client.send('{ organization { id } }'), 'TOKEN_UNKNOWN'));
    await expectRefused(
      admin.attempt('deleteRuntimeInstance', { id: instance.id }),
      'RUNTIME_INSTANCE_NOT_FOUND',
    );
    expect(await stream.ended()).toMatchObject({ by: 'refusal' });
    await plane.seed.route(group);
    expect(stream.entries.map(({ is }) => is)).toEqual(['opened', 'session', 'snapshot', 'closed']);
  });

  it.each([
    ['updateRuntimeInstance', 'id'],
    ['deleteRuntimeInstance', 'id'],
    ['createRuntimeInstanceToken', 'runtimeInstanceId'],
  ])('is refused if it is not there: %s', async (mutation, field) => {
    for (const id of ['01a1fbc6-342c-766e-a0ad-b084a456ef02', 'nope']) {
      await expectRefused(admin.attempt(mutation, { [field]: id }), 'RUNTIME_INSTANCE_NOT_FOUND');
    }
  });

  it('may follow and report for itself, and nothing else', async () => {
    const { group, instance, client, service } = await aRunningInstance();
    const attempts: [string, Variables][] = [
      ['createRoute', { runtimeGroupId: group.id, paths: ['/x'] }],
      ['deleteGatewayService', { id: service.id }],
      [
        'importConfiguration',
        { runtimeGroupId: group.id, documents: [{ name: 'kong.yaml', content: '{}' }] },
      ],
      ['updateRuntimeGroup', { id: group.id, name: unique('group') }],
      ['deleteRuntimeGroup', { id: group.id }],
      ['createRuntimeGroup', { name: unique('group') }],
      ['createRuntimeInstance', { runtimeGroupId: group.id, hostname: 'x' }],
      ['updateRuntimeInstance', { id: instance.id, hostname: 'x' }],
      ['deleteRuntimeInstance', { id: instance.id }],
      ['createAccessToken', { name: 'x', role: 'ADMIN' }],
      ['createRuntimeInstanceToken', { runtimeInstanceId: instance.id }],
    ];
    for (const [mutation, input] of attempts)
      await expectRefused(client.attempt(mutation, input), 'ACTION_DENIED');
    await expectRefused(client.send('{ accessTokens { nodes { id } } }'), 'ACTION_DENIED');
  });

  it('is the only one that may follow and report as it', async () => {
    const { session, snapshot } = await aRunningInstance();
    const viewer = await plane.seed.viewer();
    for (const stranger of [admin, viewer]) {
      const answer = stranger.attempt('reportSync', {
        ...applied({ session, snapshot }),
        outcome: 'APPLIED',
      });
      await expectRefused(answer, 'NOT_AN_INSTANCE');
      const ended = await (await plane.live(stranger)).open(runtimeConfig()).ended();
      expect(JSON.stringify(ended)).toContain('NOT_AN_INSTANCE');
    }
  });

  it('is told that it is gone, if it is removed while it reports', async () => {
    const { instance, client, ...running } = await aRunningInstance();
    const remover = new pg.Client({ connectionString: plane.databaseUrl });
    await remover.connect();
    await remover.query('begin');
    await remover.query('delete from runtime_instance where id = $1', [instance.id]);
    const answer = client.attempt('reportSync', { ...applied(running), outcome: 'APPLIED' });
    await eventually(async () => {
      const waiting = `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
      return (await plane.sql(waiting)).length > 0;
    });
    await remover.query('commit');
    await remover.end();
    await expectRefused(answer, 'RUNTIME_INSTANCE_NOT_FOUND');
  });

  it('cannot report with the session of another one', async () => {
    const { group, instance, client, session, snapshot } = await aRunningInstance();
    const other = await plane.seed.instance(group);
    await start(other.client);
    const late = await start(other.client);
    expect(await report(client, { ...applied({ session, snapshot }), session: late.session })).toEqual({
      ...{ accepted: false, userErrors: [] },
    });
    expect(await statusOf(instance)).toMatchObject({ appliedRevision: null });
  });
});

describe('the status of an instance', () => {
  it('is NEVER_SEEN until it connects', async () => {
    const { group } = await plane.seed.group();
    const { instance } = await plane.seed.instance(group);
    expect(await statusOf(instance)).toMatchObject({
      ...{ connection: 'DISCONNECTED', syncStatus: 'OUT_OF_SYNC', syncReason: 'NEVER_SEEN' },
      ...{
        appliedRevision: null,
        lastSeenAt: null,
        syncMessage: 'It is enrolled, and has not connected yet.',
      },
    });
  });

  it('is SYNCING from the moment it connects, APPLIED once it says so, and SYNCING again after a write', async () => {
    const { group, instance, client, stream, ...running } = await aRunningInstance();
    expect(await statusOf(instance)).toMatchObject({
      ...{ connection: 'CONNECTED', syncStatus: 'OUT_OF_SYNC', syncReason: 'SYNCING', targetRevision: 1 },
      ...{ runtimeVersion: '3.9.1', ipAddress: '127.0.0.1', lastSeenAt: expect.any(String) },
    });
    expect(await report(client, applied(running))).toMatchObject({ accepted: true });
    expect(await statusOf(instance)).toMatchObject({
      ...{ syncStatus: 'IN_SYNC', syncReason: 'APPLIED', appliedRevision: 1 },
      syncMessage: 'It runs revision 1, the newest.',
    });
    await plane.seed.route(group);
    expect(await statusOf(instance)).toMatchObject({
      syncReason: 'SYNCING',
      appliedRevision: 1,
      targetRevision: 2,
    });
    const { cursor, stateHash } = await stream.nextOf('delta');
    await report(client, { session: running.session, cursor, stateHash });
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'APPLIED', appliedRevision: 2 });
  });

  it('is REJECTED, in its own words, if it refuses the target; the last good one runs on', async () => {
    const { group, instance, client, stream, ...running } = await aRunningInstance();
    await report(client, applied(running));
    await plane.seed.route(group);
    const { cursor } = await stream.nextOf('delta');
    const refused = { session: running.session, cursor, outcome: 'REJECTED', message: 'no such plugin: x' };
    await report(client, {
      ...refused,
      runningCursor: running.snapshot.cursor,
      stateHash: running.snapshot.stateHash,
    });
    expect(await statusOf(instance)).toMatchObject({
      ...{ syncStatus: 'OUT_OF_SYNC', syncReason: 'REJECTED', appliedRevision: 1, targetRevision: 2 },
      syncMessage: 'It refused revision 2 and still runs revision 1: no such plugin: x.',
    });
    await plane.seed.route(group);
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'SYNCING', targetRevision: 3 });
  });

  it('is DIVERGED if what it runs is not what that revision is', async () => {
    const { instance, client, ...running } = await aRunningInstance();
    await report(client, { ...applied(running), stateHash: 'ab'.repeat(32) });
    expect(await statusOf(instance)).toMatchObject({ syncStatus: 'OUT_OF_SYNC', syncReason: 'DIVERGED' });
    await report(client, applied(running));
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'APPLIED' });
  });

  it('is APPLIED in an empty group too', async () => {
    const { group } = await plane.seed.group();
    const { instance, client } = await plane.seed.instance(group);
    const running = await start(client);
    expect(running.snapshot).toMatchObject({ revision: 0, stateHash: '0'.repeat(64), items: [] });
    await report(client, applied(running));
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'APPLIED', appliedRevision: 0 });
  });

  it('is LAGGING after thirty seconds without progress', async () => {
    const { instance } = await aRunningInstance();
    await plane.sql(
      `update instance_session set opened_at = now() - interval '31 seconds' where instance_id = $1`,
      [instance.id],
    );
    expect(await statusOf(instance)).toMatchObject({
      ...{ connection: 'CONNECTED', syncReason: 'LAGGING' },
      syncMessage: expect.stringContaining('should have reached revision 1 more than 30 seconds ago'),
    });
  });

  it('is disconnected at once when it leaves or is cut off, and OFFLINE after thirty seconds', async () => {
    const { instance, client, socket, ...running } = await aRunningInstance();
    await report(client, applied(running));
    socket.cut();
    const left = await eventually(async () => {
      const status = await statusOf(instance);
      return status?.connection === 'DISCONNECTED' && status;
    });
    expect(left).toMatchObject({ syncReason: 'APPLIED' });
    await plane.sql(
      `update instance_session set last_seen_at = now() - interval '31 seconds' where instance_id = $1`,
      [instance.id],
    );
    expect(await statusOf(instance)).toMatchObject({ syncStatus: 'OUT_OF_SYNC', syncReason: 'OFFLINE' });
    await start(client);
    expect(await statusOf(instance)).toMatchObject({ connection: 'CONNECTED', syncReason: 'APPLIED' });
  });

  it('is told again when it is REJECTED for another reason', async () => {
    const { group, client, session, snapshot } = await aRunningInstance();
    const told = (await plane.live(admin)).open(syncStatus(group.id));
    const rejections = (entries: readonly object[]): number =>
      entries.filter((entry) => JSON.stringify(entry).includes('"syncReason":"REJECTED"')).length;
    for (const [index, message] of ['no such plugin', 'no such certificate'].entries()) {
      const outcome = { session, cursor: snapshot.cursor, outcome: 'REJECTED', message };
      await client.mutate('reportSync', outcome);
      await told.until((entries) => rejections(entries) === index + 1);
    }
    checkGuarantees([told.trace()], await finalStatus(plane, group.id));
  });

  it('leaves nothing behind when its group is deleted', async () => {
    const { group } = await aRunningInstance();
    const kept = () => plane.sql('select from instance_status where runtime_group_id = $1', [group.id]);
    await eventually(async () => (await kept()).length === 1);
    await admin.mutate('deleteRuntimeGroup', { id: group.id, force: true });
    expect(await kept()).toEqual([]);
  });

  it('is told of a new hostname, even if nobody was told to look', async () => {
    const { group, instance } = await aRunningInstance();
    const told = (await plane.live(admin)).open(syncStatus(group.id));
    await plane.sql('update runtime_instance set hostname = $2 where id = $1', [
      instance.id,
      'renamed-silently',
    ]);
    await told.until((entries) => JSON.stringify(entries.at(-1)).includes('renamed-silently'));
    checkGuarantees([told.trace()], await finalStatus(plane, group.id));
  });

  it('is REVOKED once its token is withdrawn, which ends its session', async () => {
    const { group, instance, client, stream } = await aRunningInstance();
    const told = (await plane.live(admin)).open(syncStatus(group.id));
    const [token] = await tokensOf(instance);
    expect(token).toMatchObject({ role: 'INSTANCE', state: 'GOOD' });
    await admin.mutate('revokeAccessToken', { id: token?.id });
    expect(await statusOf(instance)).toMatchObject({ syncStatus: 'OUT_OF_SYNC', syncReason: 'REVOKED' });
    expect(JSON.stringify(await stream.ended())).toContain('TOKEN_REVOKED');
    await expectRefused(client.send('{ organization { id } }'), 'TOKEN_REVOKED');
    await told.until((entries) =>
      entries.some(
        (entry) =>
          entry.is === 'delta' &&
          entry.changes.at(-1)?.after?.['syncReason'] === 'REVOKED' &&
          entry.changes.at(-1)?.after?.['connection'] === 'DISCONNECTED',
      ),
    );
    checkGuarantees([told.trace()], await finalStatus(plane, group.id));
  });

  it('is what it was as soon as it comes with another token', async () => {
    const { instance, client, ...running } = await aRunningInstance();
    await report(client, applied(running));
    const [old] = await tokensOf(instance);
    const input = { runtimeInstanceId: instance.id, idempotencyKey: unique('key') };
    const selection = 'accessToken { id role runtimeInstanceId } secret';
    const made = await admin.mutate<{ secret: string }>('createRuntimeInstanceToken', input, selection);
    expect(made).toMatchObject({ accessToken: { role: 'INSTANCE', runtimeInstanceId: instance.id } });
    expect(await admin.mutate('createRuntimeInstanceToken', input, selection)).toEqual({
      ...made,
      secret: null,
    });
    await admin.mutate('revokeAccessToken', { id: old?.id });
    await running.stream.ended();
    await start(plane.as(made.secret));
    expect(await statusOf(instance)).toMatchObject({ connection: 'CONNECTED', syncReason: 'APPLIED' });
    expect((await tokensOf(instance)).map(({ state }) => state)).toEqual(['REVOKED', 'GOOD']);
  });

  it('counts as active in its group only if it is connected and in sync', async () => {
    const { group, client, stream, ...running } = await aRunningInstance();
    const active = async (): Promise<number> => {
      const query = 'query ($id: ID!) { runtimeGroup(id: $id) { activeInstanceCount } }';
      const answer = await admin.gql<{ runtimeGroup: { activeInstanceCount: number } }>(query, {
        id: group.id,
      });
      return answer.runtimeGroup.activeInstanceCount;
    };
    expect(await active()).toBe(0);
    await report(client, applied(running));
    expect(await active()).toBe(1);
    stream.return();
    await eventually(async () => (await active()) === 0);
  });
});

describe('the session of an instance', () => {
  it('is fenced off by a newer one: the older is told, and its reports change nothing', async () => {
    const { group, instance, client, ...older } = await aRunningInstance();
    const newer = await start(client);
    expect(newer.session).toBeGreaterThan(older.session);
    expect(await older.stream.nextOf('goodbye')).toMatchObject({ cause: 'REPLACED', retryAfterMs: 60_000 });
    expect(await older.stream.ended()).toEqual({ by: 'complete' });
    expect(await report(client, applied(older))).toMatchObject({ accepted: false });
    expect(await statusOf(instance)).toMatchObject({ connection: 'CONNECTED', appliedRevision: null });
    await plane.seed.route(group);
    expect(await newer.stream.nextOf('delta')).toMatchObject({ revisions: [{ revision: 2 }] });
    expect(await report(client, applied(newer))).toMatchObject({ accepted: true });
    expect(await statusOf(instance)).toMatchObject({ connection: 'CONNECTED', appliedRevision: 1 });
  });

  it('goes on from a cursor, without a snapshot', async () => {
    const { group, client, socket, stream } = await aRunningInstance();
    const { cursor } = stream;
    socket.close();
    const route = await plane.seed.route(group);
    const again = (await plane.live(client)).open(runtimeConfig(), cursor);
    expect(await again.nextOf('session')).toBeDefined();
    expect(await again.next()).toMatchObject({
      is: 'delta',
      fromCursor: cursor,
      changes: [{ id: route.id }],
    });
  });

  it('carries exactly what those see who follow the group', async () => {
    const { group, stream } = await aRunningInstance();
    const watcher = (await plane.live(admin)).open(configChanges(group.id));
    await watcher.nextOf('snapshot');
    await plane.seed.route(group);
    const [own, seen] = [await stream.nextOf('delta'), await watcher.nextOf('delta')];
    expect({ revisions: own.revisions, cursor: own.cursor }).toEqual({
      revisions: seen.revisions,
      cursor: seen.cursor,
    });
  });
});

describe('a report', () => {
  it.each<[string, (running: { group: Group; other: string }) => Variables, string]>([
    ['a hash that is none', () => ({ stateHash: 'XYZ' }), 'REPORT_INVALID'],
    ['a cursor that is none', () => ({ cursor: 'nope' }), 'STREAM_CURSOR_INVALID'],
    ['a cursor of another group', ({ other }) => ({ cursor: other }), 'STREAM_CURSOR_INVALID'],
    [
      'a running cursor that is none',
      () => ({ outcome: 'REJECTED', runningCursor: '' }),
      'STREAM_CURSOR_INVALID',
    ],
  ])('is refused with %s', async (_what, change, code) => {
    const { group, client, instance, ...running } = await aRunningInstance();
    const other = await aRunningInstance();
    const input = {
      outcome: 'APPLIED',
      ...applied(running),
      ...change({ group, other: other.snapshot.cursor }),
    };
    await expectRefused(client.attempt('reportSync', input), code);
    expect(await statusOf(instance)).toMatchObject({ appliedRevision: null });
  });

  it('of an older revision than is known changes nothing', async () => {
    const { group, client, instance, stream, ...running } = await aRunningInstance();
    await plane.seed.route(group);
    const { cursor, stateHash } = await stream.nextOf('delta');
    await report(client, { session: running.session, cursor, stateHash });
    expect(await report(client, applied(running))).toMatchObject({ accepted: false });
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'APPLIED', appliedRevision: 2 });
  });

  it('of the history that there is now counts, even if a later revision was known before', async () => {
    const { client, instance, ...running } = await aRunningInstance();
    const ahead = Buffer.from(running.snapshot.cursor, 'base64url').toString().replace(/\.1\./, '.9.');
    await report(client, { ...applied(running), cursor: Buffer.from(ahead).toString('base64url') });
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'DIVERGED', appliedRevision: 9 });
    expect(await report(client, applied(running))).toMatchObject({ accepted: true });
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'APPLIED', appliedRevision: 1 });
  });

  it('is kept in whatever words it comes', async () => {
    const { client, instance, ...running } = await aRunningInstance();
    await report(client, { ...applied(running), outcome: 'REJECTED', message: 'a\u0000b – ü' });
    expect(await statusOf(instance)).toMatchObject({
      syncMessage: 'It refused revision 1 and still runs no revision yet: ab – ü.',
    });
  });

  it('may be repeated', async () => {
    const { client, instance, ...running } = await aRunningInstance();
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await report(client, applied(running))).toMatchObject({ accepted: true });
    }
    expect(await statusOf(instance)).toMatchObject({ syncReason: 'APPLIED' });
  });
});
