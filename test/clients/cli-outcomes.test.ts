import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import pg from 'pg';
import { runCli, type Ended } from '../kit/cli.js';
import { startControlPlane, type TestControlPlane } from '../kit/control-plane.js';
import { eventually } from '../kit/eventually.js';
import { unique, type Group } from '../kit/seed.js';

let plane: TestControlPlane;
let name: string;
let serviceId: string;
beforeAll(async () => {
  plane = await startControlPlane();
});
beforeEach(async () => {
  name = unique('pets');
  const input = { name, releasePolicy: 'ONE_LIVE', template: pets('/one') };
  const asked = 'service { id }';
  const { service } = await plane.admin.mutate<{ service: { id: string } }>('createService', input, asked);
  serviceId = service.id;
});
afterAll(() => plane.stop());

function pets(path: string): object {
  return { routes: [{ name: 'pets', paths: [`/${name}${path}`] }] };
}

function publish(origin: string, groups: readonly Group[], ...more: readonly string[]): Promise<Ended> {
  const to = groups.map((group) => group.name).join(',');
  return runCli(origin, ['publish', name, '1', '--to', to, '--url', 'http://pets.internal', ...more]);
}

async function revisionOf({ id }: Group): Promise<number> {
  const query = 'query ($id: ID!) { runtimeGroup(id: $id) { revision } }';
  return (await plane.admin.gql<{ runtimeGroup: { revision: number } }>(query, { id })).runtimeGroup.revision;
}

describe('a write whose answer is lost', () => {
  it('is repeated under the same key, and done once', async () => {
    const { group } = await plane.seed.group();
    const { origin, stop, keys } = await losing(2);
    try {
      const done = await publish(origin, [group]);
      expect(done).toMatchObject({ code: 0 });
      expect(done.told.match(/Whether the write was done is not known: asking again\./g)).toHaveLength(2);
      expect(done.out).toContain(`Published “${name}” 1: it is live in group “${group.name}” (revision 1).`);
      expect(keys()).toHaveLength(3);
      expect(new Set(keys()).size).toBe(1);
      expect(await revisionOf(group)).toBe(1);
    } finally {
      await stop();
    }
  });

  it('is given up after some time, with the key to repeat it', async () => {
    const { group } = await plane.seed.group();
    const { origin, stop } = await losing(Infinity);
    try {
      const lost = await publish(origin, [group]);
      expect(lost).toMatchObject({ code: 1, out: '' });
      const [, key = ''] = /Repeat it with --idempotency-key (\S+),/.exec(lost.told) ?? [];
      const again = await publish(plane.origin, [group], '--idempotency-key', key);
      expect(again).toMatchObject({ code: 0 });
      expect(await revisionOf(group)).toBe(1);
    } finally {
      await stop();
    }
  });

  it('is not repeated if it was never sent', async () => {
    const { group } = await plane.seed.group();
    const { origin, stop } = await losing(0);
    await stop();
    const unreached = await publish(origin, [group]);
    expect(unreached).toMatchObject({ code: 1 });
    expect(unreached.told).not.toContain('asking again');
  });
});

it('of several groups, those are told that were done before one refused', async () => {
  const [{ group: first }, { group: second }] = [await plane.seed.group(), await plane.seed.group()];
  const [one, two] = [await holderOf(second), await holderOf(first)];
  await one.hold();
  const publishing = publish(plane.origin, [first, second]);
  // It tries the first group, and waits for the second; then it begins with the first.
  await one.holdsUp(1);
  await two.hold();
  await one.release();
  await two.holdsUp(1);
  const update = { serviceId, implementation: pets('/two') };
  const updating = plane.admin.mutate('updateServiceTemplate', update, 'service { id }');
  await waiting(2);
  await two.release();
  await updating;
  const refused = await publishing;
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.told).toMatch(/^error: .*\b1\b/);
  expect(refused.told).toContain(
    `hint:  It is done in group “${first.name}” (revision 1), and was not tried in the groups after the one that refused it.`,
  );
  expect([await revisionOf(first), await revisionOf(second)]).toEqual([1, 0]);
});

/** A way to the server on which the answers to the first writes are lost. */
async function losing(answers: number): Promise<{
  readonly origin: string;
  readonly stop: () => Promise<void>;
  /** The idempotency keys of all writes that came. */
  readonly keys: () => readonly string[];
}> {
  const keys: string[] = [];
  const server: Server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      const [, key] = /"idempotencyKey":"([^"]+)"/.exec(body) ?? [];
      if (key !== undefined) keys.push(key);
      const { authorization = '' } = request.headers;
      const headers = { 'content-type': 'application/json', authorization };
      const answer = await fetch(`${plane.origin}${request.url ?? ''}`, { method: 'POST', headers, body });
      if (key !== undefined && keys.length <= answers) return request.socket.destroy();
      response.writeHead(answer.status, { 'content-type': 'application/json' });
      return response.end(await answer.text());
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.close();
    server.closeAllConnections();
    await once(server, 'close');
  };
  return { origin: `http://127.0.0.1:${port}`, stop, keys: () => keys };
}

interface Holder {
  hold(): Promise<void>;
  /** Resolves when so many transactions wait for it. */
  holdsUp(count: number): Promise<void>;
  release(): Promise<void>;
}

/** Holds the configuration of a group, so that writes to it wait. */
async function holderOf({ id }: Group): Promise<Holder> {
  const client = new pg.Client({ connectionString: plane.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
  const held = `select count(*)::int from pg_stat_activity where ${rows[0]?.pid ?? 0} = any(pg_blocking_pids(pid))`;
  const lock = `select from stream_head where topic = 'config' and scope_id = $1 for update`;
  return {
    hold: async () => {
      await client.query('begin');
      await client.query(lock, [id]);
    },
    holdsUp: (count) => counted(held, count),
    release: async () => {
      await client.query('commit');
      await client.end();
    },
  };
}

/** Resolves when so many transactions wait for others. */
function waiting(count: number): Promise<void> {
  const all = `select count(*)::int from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`;
  return counted(all, count);
}

async function counted(query: string, count: number): Promise<void> {
  await eventually(async () => {
    expect((await plane.sql<{ count: number }>(query))[0]?.count).toBe(count);
  });
}
