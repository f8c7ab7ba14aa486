import { metricsToken, startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { configChanges } from '../kit/streams.js';

let plane: TestControlPlane;
beforeAll(async () => {
  plane = await startControlPlane();
});
afterAll(() => plane.stop());

/** What `/metrics` answers to who presents this. */
async function scrape(authorization?: string): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(`${plane.origin}/metrics`, {
    headers: authorization === undefined ? {} : { authorization },
  });
  const type = response.headers.get('content-type') ?? '';
  return { status: response.status, type, text: await response.text() };
}

/** The sum of all series of a metric whose labels have these; as Prometheus would read it. */
async function valueOf(name: string, labels: Readonly<Record<string, string>> = {}): Promise<number> {
  const { text } = await scrape(`Bearer ${metricsToken}`);
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const series = text
    .split('\n')
    .filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  const matching = series.filter((line) => wanted.every((pair) => line.includes(pair)));
  return matching.reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}

describe('the metrics', () => {
  it('are for whoever has their token, and for nobody else', async () => {
    for (const authorization of [undefined, 'Bearer wrong', `Bearer ${plane.admin.token}`]) {
      const { status, text } = await scrape(authorization);
      expect({ status, text }).toMatchObject({
        status: 401,
        text: expect.stringContaining('METRICS_TOKEN_WRONG'),
      });
      expect(text).not.toContain('signalbox_');
    }
    const { status, type } = await scrape(`Bearer ${metricsToken}`);
    expect({ status, type }).toMatchObject({ status: 200, type: expect.stringContaining('version=0.0.4') });
  });

  it('tell of the runtime', async () => {
    expect(await valueOf('process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(await valueOf('nodejs_eventloop_lag_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('count writes by what came of them, and refusals by their code', async () => {
    const command = 'gateway-config.write';
    const written = { command, outcome: 'committed' };
    const before = await valueOf('signalbox_command_duration_seconds_count', written);
    const { group } = await plane.seed.group();
    await plane.seed.service(group, { name: 'orders' });
    expect(await valueOf('signalbox_command_duration_seconds_count', written)).toBe(before + 1);
    await expect(plane.seed.service(group, { name: 'orders' })).rejects.toThrow('KEY_TAKEN');
    expect(await valueOf('signalbox_command_refusals_total', { code: 'KEY_TAKEN' })).toBe(1);
    expect(await valueOf('signalbox_command_duration_seconds_count', { command, outcome: 'refused' })).toBe(
      1,
    );
  });

  it('count operations by what came of them, over both transports', async () => {
    const name = 'signalbox_graphql_operation_duration_seconds_count';
    const query = '{ runtimeGroups { totalCount } }';
    await plane.admin.send(query);
    const socket = await plane.live(plane.admin);
    for await (const answer of socket.iterate(query, {})) expect(answer.data).toBeDefined();
    await plane.admin.send('{ nothingLikeThis }');
    for (const transport of ['http', 'websocket']) {
      expect(await valueOf(name, { transport, operation: 'query', outcome: 'OK' })).toBeGreaterThan(0);
    }
    expect(await valueOf(name, { transport: 'http', outcome: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
    expect(
      await valueOf('signalbox_http_request_duration_seconds_count', { route: '/graphql', status: '200' }),
    ).toBeGreaterThan(0);
  });

  it('tell of statements by their names, and of composed ones by what they have in common', async () => {
    await plane.admin.gql('{ runtimeGroups { nodes { id } } }');
    const name = 'signalbox_sql_statement_duration_seconds_count';
    expect(await valueOf(name, { statement: 'event_log.append' })).toBeGreaterThan(0);
    const { text } = await scrape(`Bearer ${metricsToken}`);
    const statements = [...text.matchAll(/statement="([^"]+)"/g)].map(([, statement]) => statement);
    expect(statements.filter((statement) => !/^[a-z_.-]+$/.test(statement ?? ''))).toEqual([]);
    expect(await valueOf('signalbox_database_connections', { pool: 'main' })).toBeGreaterThan(0);
  });

  it('tell of streams: who follows, how soon they are told, how they end, what was sent', async () => {
    const topic = { topic: 'config' };
    const { group } = await plane.seed.group();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    await eventually(async () => (await valueOf('signalbox_watchers', { ...topic, state: 'waiting' })) === 1);
    await plane.seed.service(group);
    await stream.nextOf('delta');
    expect(await valueOf('signalbox_delivery_latency_seconds_count', topic)).toBe(1);
    expect(await valueOf('signalbox_snapshots_told_total', topic)).toBe(1);
    expect(await valueOf('signalbox_socket_sent_bytes_total')).toBeGreaterThan(100);
    const { cursor } = stream;
    stream.return();
    await eventually(async () => (await valueOf('signalbox_streams_ended_total', { cause: 'LEFT' })) === 1);
    await plane.sql('update stream_head set revision = 0 where scope_id = $1', [group.id]);
    const resumed = (await plane.live(plane.admin)).open(configChanges(group.id), cursor);
    expect(await resumed.nextOf('resync')).toMatchObject({ reason: 'FUTURE' });
    expect(await valueOf('signalbox_resyncs_total', { ...topic, reason: 'FUTURE' })).toBe(1);
    expect(await valueOf('signalbox_sockets')).toBeGreaterThan(0);
  });

  it('tell how far behind those were who come back', async () => {
    const { group } = await plane.seed.group();
    const stream = (await plane.live(plane.admin)).open(configChanges(group.id));
    await stream.nextOf('snapshot');
    stream.return();
    await stream.ended();
    for (let write = 0; write < 3; write += 1) await plane.seed.service(group);
    const [before, behind] = [
      await valueOf('signalbox_watcher_lag_revisions_count', { topic: 'config' }),
      await valueOf('signalbox_watcher_lag_revisions_sum', { topic: 'config' }),
    ];
    const resumed = (await plane.live(plane.admin)).open(configChanges(group.id), stream.cursor);
    await resumed.nextOf('delta');
    expect(await valueOf('signalbox_watcher_lag_revisions_count', { topic: 'config' })).toBe(before + 1);
    expect(await valueOf('signalbox_watcher_lag_revisions_sum', { topic: 'config' })).toBe(behind + 3);
  });

  it('count instances by the reason of their state', async () => {
    const { group } = await plane.seed.group();
    await plane.seed.instance(group);
    await eventually(async () => (await valueOf('signalbox_instances', { reason: 'NEVER_SEEN' })) > 0);
  });

  it('tell which periodic jobs this replica does, and when it last did them', async () => {
    const job = 'instances.publish-status';
    await eventually(async () => (await valueOf('signalbox_job_held', { job })) === 1);
    await eventually(
      async () => (await valueOf('signalbox_job_last_success_timestamp_seconds', { job })) > 0,
    );
    expect(await valueOf('signalbox_job_duration_seconds_count', { job, outcome: 'failed' })).toBe(0);
  });
});
