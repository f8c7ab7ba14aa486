import { newId } from '../../src/foundation/kernel/id.js';
import { checkGuarantees } from '../guarantees/check-guarantees.js';
import type { Client, Variables } from '../kit/client.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { finalConfiguration, finalStatus } from '../kit/final.js';
import type { LiveStream } from '../kit/live-client.js';
import { unique, type Group } from '../kit/seed.js';
import { configChanges, runtimeConfig, syncStatus, type Stream } from '../kit/streams.js';

let plane: TestControlPlane;
let admin: Client;
let group: Group;
beforeAll(async () => {
  plane = await startControlPlane();
  ({ admin } = plane);
});
beforeEach(async () => {
  ({ group } = await plane.seed.group());
});
afterAll(() => plane.stop());

async function follow(stream: Stream, after: string | null = null, client = admin): Promise<LiveStream> {
  return (await plane.live(client)).open(stream, after);
}

/** Waits until the stream has told this revision, and checks every promise. */
async function checkAt(revision: number, ...streams: readonly LiveStream[]): Promise<void> {
  for (const stream of streams) await stream.until(() => revisionOf(stream) >= revision);
  checkGuarantees(
    streams.map((stream, index) => stream.trace(`watcher ${index}`)),
    await finalConfiguration(plane, group.id),
  );
}

/** The newest revision that the stream has told. */
function revisionOf({ entries }: LiveStream): number {
  return entries.reduce((newest, entry) => {
    if (entry.is === 'snapshot') return entry.revision ?? 0;
    return entry.is === 'delta' ? (entry.revisions.at(-1)?.revision ?? newest) : newest;
  }, 0);
}

/** Cursors are opaque to clients. Tests make some that a restored backup would leave clients with. */
function forge(cursor: string | null, change: (parts: string[]) => string[]): string {
  const parts = Buffer.from(cursor ?? '', 'base64url')
    .toString()
    .split('.');
  return Buffer.from(change(parts).join('.')).toString('base64url');
}

describe('the configuration of a group', () => {
  it('begins with all that is there, and goes on with each write as it commits', async () => {
    const service = await plane.seed.service(group);
    const stream = await follow(configChanges(group.id));
    expect(await stream.next()).toMatchObject({ is: 'snapshot', revision: 1, items: [{ id: service.id }] });
    const route = await plane.seed.route(group, { serviceId: service.id });
    expect(await stream.next()).toMatchObject({
      is: 'delta',
      revisions: [{ revision: 2, changes: [{ id: route.id, operation: 'CREATED', before: null }] }],
    });
    await admin.mutate('updateGatewayService', { id: service.id, port: 81 });
    expect(await stream.next()).toMatchObject({
      changes: [{ id: service.id, operation: 'UPDATED', before: { port: 80 }, after: { port: 81 } }],
    });
    await admin.mutate('deleteGatewayService', { id: service.id, cascade: true });
    expect(await stream.next()).toMatchObject({
      revisions: [
        {
          revision: 4,
          changes: [
            { kind: 'route', after: null },
            { kind: 'gateway_service', after: null },
          ],
        },
      ],
    });
    await checkAt(4, stream);
  });

  it('is empty before the first write', async () => {
    const stream = await follow(configChanges(group.id));
    expect(await stream.next()).toMatchObject({
      revision: 0,
      stateHash: '0'.repeat(64),
      part: 1,
      parts: 1,
      items: [],
    });
  });

  it('is told to all alike, however many write at once', async () => {
    const streams = [await follow(configChanges(group.id)), await follow(configChanges(group.id))];
    await Promise.all(Array.from({ length: 20 }, () => plane.seed.service(group)));
    const late = await follow(configChanges(group.id));
    await Promise.all(Array.from({ length: 20 }, () => plane.seed.route(group)));
    await checkAt(40, ...streams, late);
  });

  it('comes in parts if it is large, which count only together', async () => {
    const document = JSON.stringify({
      _format_version: '3.0',
      consumers: Array.from({ length: 1100 }, (_, index) => ({ username: `consumer-${index}` })),
    });
    await admin.mutate('importConfiguration', {
      runtimeGroupId: group.id,
      documents: [{ name: 'kong.yaml', content: document }],
    });
    const stream = await follow(configChanges(group.id));
    for (const part of [1, 2, 3])
      expect(await stream.next()).toMatchObject({ is: 'snapshot', part, parts: 3 });
    await checkAt(1, stream);
  });

  it('comes in parts if it is heavy, too', async () => {
    const consumers = Array.from({ length: 6 }, () => ({
      username: unique('ann'),
      tags: Array.from({ length: 400 }, (_, index) => `${index}-${'x'.repeat(1_000)}`),
    }));
    const documents = [{ name: 'kong.yaml', content: JSON.stringify({ _format_version: '3.0', consumers }) }];
    await admin.mutate('importConfiguration', { runtimeGroupId: group.id, documents });
    const stream = await follow(configChanges(group.id));
    for (const part of [1, 2, 3])
      expect(await stream.next()).toMatchObject({ is: 'snapshot', part, parts: 3, items: { length: 2 } });
    await checkAt(1, stream);
  });

  it('tells of dry runs and refused writes nothing', async () => {
    const stream = await follow(configChanges(group.id));
    const input = { runtimeGroupId: group.id, host: 'a.internal' };
    await admin.mutate('createGatewayService', { ...input, dryRun: true });
    await admin.attempt('createGatewayService', { ...input, port: -1 });
    const { revision } = await admin.mutate('createGatewayService', input);
    await checkAt(revision, stream);
    expect(stream.entries.map(({ is }) => is)).toEqual(['opened', 'snapshot', 'delta']);
  });

  it('names who wrote, and when', async () => {
    const writer = await plane.seed.token({ role: 'ADMIN', name: 'the pipeline' });
    const query = `subscription ($id: ID!) { message: configChanges(runtimeGroupId: $id) {
      __typename ... on ConfigDelta { fromCursor cursor stateHash revisions { actor command at revision hash stateHash changes { kind collection id operation before after } } }
    } }`;
    const stream = await follow({ of: 'configuration', query, variables: { id: group.id } });
    await stream.next();
    await writer.mutate('createGatewayService', { runtimeGroupId: group.id, host: 'a.internal' });
    expect(await stream.next()).toMatchObject({
      revisions: [
        {
          ...{ actor: 'the pipeline', command: 'gateway-config.write', at: expect.stringMatching(/^20.*Z$/) },
          changes: [{ collection: 'services' }],
        },
      ],
    });
  });
});

describe('a cursor', () => {
  it('lets a watcher go on exactly where it was, after it left or was cut off', async () => {
    const socket = await plane.live(admin);
    const stream = socket.open(configChanges(group.id));
    await stream.next();
    await plane.seed.service(group);
    await stream.next();
    socket.cut();
    expect(await stream.ended()).toMatchObject({ by: 'connection' });
    for (let missed = 0; missed < 3; missed += 1) await plane.seed.service(group);
    const again = await plane.live(admin);
    again.open(configChanges(group.id), stream.cursor, stream);
    await stream.until(() => revisionOf(stream) === 4);
    stream.return();
    await stream.ended();
    await plane.seed.service(group);
    again.open(configChanges(group.id), stream.cursor, stream);
    await checkAt(5, stream);
    expect(stream.entries.filter(({ is }) => is === 'snapshot')).toHaveLength(1);
  });

  it('of a snapshot is as good as one of a delta', async () => {
    await plane.seed.service(group);
    const stream = await follow(configChanges(group.id));
    await stream.next();
    const { cursor } = stream;
    const { id } = await plane.seed.service(group);
    const again = await follow(configChanges(group.id), cursor);
    expect(await again.next()).toMatchObject({ is: 'delta', fromCursor: cursor, changes: [{ id }] });
  });

  it.each<[string, (own: string | null, other: string) => string]>([
    ['no cursor', () => 'nope'],
    ['nothing at all', () => ''],
    ['a damaged one', (own) => `${own?.slice(0, 20)}…`],
    ['one of another group', (_own, other) => other],
    ['one of another sort of stream', (own) => forge(own, ([v = '', , ...rest]) => [v, 'status', ...rest])],
    [
      'one with a revision that is none',
      (own) => forge(own, ([v = '', t = '', s = '', , h = '']) => [v, t, s, '-1', h]),
    ],
    ['one with more than there is', (own) => forge(own, (parts) => [...parts, 'x'])],
  ])('is refused if it is %s', async (_what, make) => {
    const other = (await plane.seed.group()).group;
    const [own, foreign] = [await follow(configChanges(group.id)), await follow(configChanges(other.id))];
    await own.next();
    await foreign.next();
    const stream = await follow(configChanges(group.id), make(own.cursor, foreign.cursor ?? ''));
    expect(await stream.ended()).toMatchObject({
      by: 'refusal',
      errors: [
        {
          extensions: {
            code: 'BAD_USER_INPUT',
            reason: 'STREAM_CURSOR_INVALID',
            problems: [{ path: ['after'] }],
          },
        },
      ],
    });
  });

  it.each<[string, string, (own: string | null) => string]>([
    [
      'ahead of the history',
      'FUTURE',
      (own) => forge(own, ([v = '', t = '', s = '', , h = '']) => [v, t, s, '99', h]),
    ],
    [
      'of another history',
      'DIVERGED',
      (own) => forge(own, (parts) => [...parts.slice(0, 4), '0'.repeat(16)]),
    ],
  ])('that is %s is told so, and a snapshot follows: %s', async (_what, reason, make) => {
    await plane.seed.service(group);
    await plane.seed.service(group);
    const first = await follow(configChanges(group.id));
    await first.next();
    const stream = await follow(configChanges(group.id), make(first.cursor));
    expect(await stream.next()).toMatchObject({ is: 'resync', reason });
    expect(await stream.next()).toMatchObject({ is: 'snapshot', revision: 2, items: [{}, {}] });
    await plane.seed.service(group);
    await checkAt(3, stream);
  });

  it('before the kept history is told so, and a snapshot follows: COMPACTED', async () => {
    await plane.seed.service(group);
    const first = await follow(configChanges(group.id));
    await first.next();
    const { cursor } = first;
    for (let more = 0; more < 2; more += 1) await plane.seed.service(group);
    await plane.sql(`delete from stream_event where scope_id = $1 and revision <= 2`, [group.id]);
    await plane.sql(`delete from stream_revision where scope_id = $1 and revision <= 2`, [group.id]);
    await plane.sql(`update stream_head set floor_revision = 2 where scope_id = $1 and topic = 'config'`, [
      group.id,
    ]);
    const stream = await follow(configChanges(group.id), cursor);
    expect(await stream.next()).toMatchObject({ is: 'resync', reason: 'COMPACTED' });
    expect(await stream.next()).toMatchObject({ is: 'snapshot', revision: 3 });
  });
});

describe('a history that goes back, as after a failover to a standby that had not everything', () => {
  /** Takes the newest revision of the group away, as if it had never been committed. */
  async function loseTheNewest(): Promise<void> {
    await plane.sql(
      `with lost as (delete from stream_event e using stream_head h
         where e.topic = 'config' and e.scope_id = $1 and h.topic = 'config' and h.scope_id = $1 and e.revision = h.revision
         returning e.subject_id)
       delete from config_entity where id in (select subject_id from lost)`,
      [group.id],
    );
    await plane.sql(
      `with lost as (delete from stream_revision r using stream_head h
         where r.topic = 'config' and r.scope_id = $1 and h.topic = 'config' and h.scope_id = $1 and r.revision = h.revision)
       update stream_head h set revision = r.revision, hash = r.hash, state_hash = r.state_hash
       from stream_revision r where h.topic = 'config' and h.scope_id = $1 and r.topic = 'config' and r.scope_id = $1
         and r.revision = h.revision - 1`,
      [group.id],
    );
  }

  it.each([
    ['waits', 0],
    ['has been overtaken by as many revisions', 1],
    ['has been overtaken by more', 3],
  ])('is told to a watcher that %s', async (_what, writes) => {
    await plane.seed.service(group);
    const stream = await follow(configChanges(group.id));
    await stream.next();
    await plane.seed.service(group);
    await stream.next();
    await loseTheNewest();
    for (let write = 0; write < writes; write += 1) await plane.seed.service(group);
    expect(await stream.next()).toMatchObject({ is: 'resync', reason: writes === 0 ? 'FUTURE' : 'DIVERGED' });
    await plane.seed.service(group);
    await checkAt(writes + 2, stream);
  });
});

describe('the end of a stream', () => {
  it('comes with the deletion of the group', async () => {
    const { instance, client } = await plane.seed.instance(group);
    const streams = [
      await follow(configChanges(group.id)),
      await follow(syncStatus(group.id)),
      await follow(runtimeConfig(), null, client),
    ];
    for (const stream of streams) await stream.nextOf('snapshot');
    await admin.mutate('deleteRuntimeGroup', { id: group.id, force: true });
    for (const stream of streams) expect(await stream.ended()).toMatchObject({ by: 'refusal' });
    expect(JSON.stringify(await streams[0]?.ended())).toContain('STREAM_REMOVED');
    expect(await admin.gql('query ($id: ID!) { node(id: $id) { id } }', { id: instance.id })).toEqual({
      node: null,
    });
  });

  it('comes with the revocation of the token: nothing that is written later is told', async () => {
    const viewer = await plane.seed.token({ role: 'VIEWER' });
    const stream = await follow(configChanges(group.id), null, viewer);
    await stream.next();
    await admin.mutate('revokeAccessToken', { id: viewer.id });
    await eventually(async () => (await viewer.send('{ organization { id } }')).status === 401);
    await plane.seed.service(group);
    expect(JSON.stringify(await stream.ended())).toContain('TOKEN_REVOKED');
    expect(stream.entries.map(({ is }) => is)).toEqual(['opened', 'snapshot', 'closed']);
  });

  it('comes within two and a half seconds for a withdrawn token, even if nothing is written', async () => {
    const viewer = await plane.seed.token({ role: 'VIEWER' });
    const { instance, client } = await plane.seed.instance(group);
    const watcher = await follow(configChanges(group.id), null, viewer);
    const running = await follow(runtimeConfig(), null, client);
    for (const stream of [watcher, running]) await stream.nextOf('snapshot');
    const began = performance.now();
    await admin.mutate('revokeAccessToken', { id: viewer.id });
    await admin.mutate('deleteRuntimeInstance', { id: instance.id });
    expect(JSON.stringify(await watcher.ended())).toContain('TOKEN_REVOKED');
    await running.ended();
    expect(performance.now() - began).toBeLessThan(2_500);
  });

  it('comes when the token has other rights, which the stream was not opened with', async () => {
    const viewer = await plane.seed.token({ role: 'VIEWER' });
    const stream = await follow(configChanges(group.id), null, viewer);
    await stream.nextOf('snapshot');
    await plane.sql(`update access_token set role = 'ADMIN' where id = $1`, [viewer.id]);
    expect(JSON.stringify(await stream.ended())).toContain('RIGHTS_CHANGED');
  });

  it('comes with the expiry of the token', async () => {
    const viewer = await plane.seed.token({ role: 'VIEWER', expiresAt: '2999-01-01T00:00:00Z' });
    const stream = await follow(configChanges(group.id), null, viewer);
    await stream.next();
    await plane.sql('update access_token set expires_at = now() where id = $1', [viewer.id]);
    await eventually(async () => (await viewer.send('{ organization { id } }')).status === 401);
    await plane.seed.service(group);
    expect(JSON.stringify(await stream.ended())).toContain('TOKEN_EXPIRED');
  });

  it('comes with a goodbye when the server stops, and the cursor is good for the next one', async () => {
    const database = { url: plane.databaseUrl, close: () => Promise.resolve() };
    const leaving = await startControlPlane({ database });
    const stream = (await leaving.live(leaving.admin)).open(configChanges(group.id));
    await stream.next();
    const stopped = leaving.stop();
    expect(await stream.nextOf('goodbye')).toMatchObject({
      cause: 'DRAINING',
      retryAfterMs: expect.any(Number),
    });
    await stopped;
    const service = await plane.seed.service(group);
    (await plane.live(admin)).open(configChanges(group.id), stream.cursor, stream);
    expect(await stream.nextOf('delta')).toMatchObject({ changes: [{ id: service.id }] });
    await checkAt(1, stream);
  });

  it('comes at once when the watcher leaves, and others on its socket go on', async () => {
    const socket = await plane.live(admin);
    const [stream, other] = [socket.open(configChanges(group.id)), socket.open(configChanges(group.id))];
    await stream.next();
    await other.next();
    stream.return();
    await plane.seed.service(group);
    expect(await other.next()).toMatchObject({ is: 'delta' });
    expect(stream.entries.map(({ is }) => is)).toEqual(['opened', 'snapshot', 'closed']);
  });
});

describe('a stream that cannot be opened', () => {
  it.each<[string, (group: Group) => Stream]>([
    ['configChanges', () => configChanges(newId())],
    ['configChanges', () => configChanges('nope')],
    ['syncStatus', () => syncStatus(newId())],
    ['syncStatus', () => syncStatus('nope')],
  ])('says why: %s of a group that is not there', async (_name, make) => {
    expect(await (await follow(make(group))).ended()).toMatchObject({
      by: 'refusal',
      errors: [{ extensions: { code: 'NOT_FOUND', reason: 'RUNTIME_GROUP_NOT_FOUND' } }],
    });
  });

  it('leaves the others on its socket alone', async () => {
    const socket = await plane.live(admin);
    const stream = socket.open(configChanges(group.id));
    await stream.next();
    await socket.open(configChanges('nope')).ended();
    await plane.seed.service(group);
    expect(await stream.next()).toMatchObject({ is: 'delta' });
  });

  it('may name its group in capitals', async () => {
    const stream = await follow(configChanges(group.id.toUpperCase()));
    await stream.next();
    await plane.seed.service(group);
    await checkAt(1, stream);
  });
});

describe('the status of the instances of a group', () => {
  interface Running {
    readonly client: Client;
    readonly stream: LiveStream;
    readonly session: number;
  }

  async function start(client: Client): Promise<Running> {
    const stream = await follow(runtimeConfig(), null, client);
    const { session } = await stream.nextOf('session');
    await stream.nextOf('snapshot');
    return { client, stream, session };
  }

  async function report({ client, stream, session }: Running, more: Variables = {}): Promise<void> {
    await client.mutate('reportSync', { session, cursor: stream.cursor, outcome: 'APPLIED', ...more });
  }

  /** Waits until an instance was told to be so. */
  async function told(stream: LiveStream, status: Variables): Promise<void> {
    const isTold = (): boolean => {
      const last = stream.entries.flatMap((entry) => (entry.is === 'delta' ? entry.changes : [])).at(-1);
      return Object.entries(status).every(([name, value]) => last?.after?.[name] === value);
    };
    await stream.until(isTold);
  }

  it('begins with all of them, and tells every state that one comes to rest in', async () => {
    const { instance, client } = await plane.seed.instance(group);
    const stream = await eventually(async () => {
      const opened = await follow(syncStatus(group.id));
      return (await opened.nextOf('snapshot')).items.length === 1 && opened;
    });
    const running = await start(client);
    await told(stream, { connection: 'CONNECTED' });
    await report(running);
    await told(stream, { syncReason: 'APPLIED', appliedRevision: 0 });
    await plane.seed.service(group);
    await running.stream.nextOf('delta');
    await report(running, { outcome: 'REJECTED', message: 'no' });
    await told(stream, { syncReason: 'REJECTED' });
    await report(running);
    await told(stream, { syncReason: 'APPLIED', appliedRevision: 1 });
    running.stream.return();
    await told(stream, { connection: 'DISCONNECTED' });
    checkGuarantees([stream.trace()], await finalStatus(plane, group.id));
    await admin.mutate('deleteRuntimeInstance', { id: instance.id });
    await stream.until(() =>
      stream.entries.some((entry) => entry.is === 'delta' && entry.changes.some(isGone)),
    );
    checkGuarantees([stream.trace()], await finalStatus(plane, group.id));
  });

  const isGone = ({ after }: { readonly after: unknown }): boolean => after === null;

  it('goes on from a cursor, and tells nothing twice', async () => {
    const socket = await plane.live(admin);
    const stream = socket.open(syncStatus(group.id));
    await stream.next();
    const { client } = await plane.seed.instance(group);
    await told(stream, { syncReason: 'NEVER_SEEN' });
    socket.cut();
    await stream.ended();
    const running = await start(client);
    await report(running);
    (await plane.live(admin)).open(syncStatus(group.id), stream.cursor, stream);
    await told(stream, { syncReason: 'APPLIED', connection: 'CONNECTED' });
    checkGuarantees([stream.trace()], await finalStatus(plane, group.id));
  });

  it('is renamed with its instance', async () => {
    const stream = await follow(syncStatus(group.id));
    const { instance } = await plane.seed.instance(group);
    await told(stream, { hostname: instance.hostname });
    const hostname = unique('renamed');
    await admin.mutate('updateRuntimeInstance', { id: instance.id, hostname });
    await told(stream, { hostname });
  });
});
